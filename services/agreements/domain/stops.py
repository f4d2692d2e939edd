"""A case in which an adverse fact was found: stopped, its place remembered, and it goes on or ends (GL7, V32).

What other services tell may come late, twice, or before the match: then nothing follows.
"""

from __future__ import annotations

from contracts.agreements import (
    GuidelineFollowed,
    PartnershipEnded,
    PartnershipResumed,
    PartnershipSuspended,
)
from services.agreements.domain.standing import ENDS, is_over
from services.agreements.domain.state import Partnership
from services.agreements.domain.told import EndPartnership, FollowGuideline


def suspend(state: Partnership) -> list[PartnershipSuspended]:
    """Also before the match: a section that takes the case on meanwhile finds it stopped."""
    if is_over(state) or state.halt is not None:
        return []
    return [PartnershipSuspended()]


def resume(state: Partnership) -> list[PartnershipResumed]:
    """Where it was. Also after its end, where the decision that ended it was revoked (V34)."""
    return [] if state.halt is None or state.phase in ENDS else [PartnershipResumed()]


def end(command: EndPartnership, state: Partnership) -> list[PartnershipEnded]:
    """Only a case that was stopped ends here; one that was never eligible has not come here."""
    if state.halt != "suspended" or is_over(state):
        return []
    return [PartnershipEnded(clauses=command.clauses)]


def follow(command: FollowGuideline, state: Partnership) -> list[GuidelineFollowed]:
    """V32: a case keeps its edition unless it is migrated, with a reason that the office gave. Also after it ended for
    a clause that applied: that may be revoked, and it goes on under the edition it was migrated to meanwhile.
    """
    told = GuidelineFollowed(
        edition=command.edition,
        municipality=command.municipality,
        zone=command.zone,
        screening_valid_days=command.screening_valid_days,
    )
    return [] if state.phase in ENDS or told == state.followed else [told]
