"""What publication does about facts of others.

cases      whose case it is, and what it came to
listings   what is public as it is: themes, data sets, procurements
following  who acts here, and the shape of what follows
"""

from datetime import datetime

from chassis.decider import Recorded
from chassis.inbox import Reaction
from contracts.fact import Fact
from services.publication.consumers.cases import of_cases
from services.publication.consumers.following import Following, Says
from services.publication.consumers.listings import of_lists

__all__ = ["reactions"]


def reactions() -> dict[type[Fact], Reaction]:
    """Fact of another service → the commands that follow from it here."""
    cases, lists = of_cases(), of_lists()
    both = {fact: _joined(cases[fact], lists[fact]) for fact in cases.keys() & lists.keys()}
    return {**cases, **lists, **both}


def _joined(of_case: Says, of_list: Says) -> Says:
    """A signature lets a case be published, and may conclude a procurement; so do other facts both."""

    def react(recorded: Recorded, at: datetime) -> Following:
        return [*of_case(recorded, at), *of_list(recorded, at)]

    return react
