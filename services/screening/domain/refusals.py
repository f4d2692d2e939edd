"""What stands in the way of a screening, whatever its answers are."""

from __future__ import annotations

from chassis.decider import NotYours, Refused


class NotTheProposer(NotYours):
    """Only who proposed may do this; join the proposal first, with the secret of its receipt (JoinProposal)."""


class ScreeningNotOpen(Refused):
    """This proposal is not being screened; it was not accepted yet, or it was withdrawn."""


class AlreadyDecided(Refused):
    """Eligibility is decided; what is wrong with it is a matter of reconsideration."""


class CaseHasEnded(Refused):
    """This case came to its end elsewhere; nothing is screened any more."""


class StillScreened(Refused):
    """This case is being screened just now; record what was found with the answers."""


class NothingToReconsider(Refused):
    """Only a proposal that was declared ineligible can be looked at again, and once."""


class ReconsiderationOverdue(Refused):
    """The period for asking for reconsideration is over; a new proposal may be submitted at any time."""


class NotUnderReconsideration(Refused):
    """Nobody asked for reconsideration of this decision."""


class SameDecider(Refused):
    """Reconsideration is decided by somebody who took no part in the first decision; ask another."""
