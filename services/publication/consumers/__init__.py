"""What publication does about facts of others.

cases      whose case it is, and what it came to
listings   what is public as it is: themes, data sets, procurements
"""

from datetime import datetime

from chassis.decider import Recorded
from chassis.inbox import Following, Reaction
from contracts.agreements import AgreementSigned
from contracts.fact import Fact
from services.publication.consumers.cases import note_signature, of_cases
from services.publication.consumers.listings import of_lists, release

__all__ = ["reactions"]


def reactions() -> dict[type[Fact], Reaction]:
    """Fact of another service → the commands that follow from it here."""
    return {**of_cases(), **of_lists(), AgreementSigned: _signed}


def _signed(recorded: Recorded, at: datetime) -> Following:
    """A signature lets a case be published, and may conclude a procurement."""
    return [*note_signature(recorded, at), *release(recorded, at)]
