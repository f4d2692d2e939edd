"""Read models of matching, and what is asked of them.

`matchings`   where each case stands on its way to a section, and why: for the office and the sections
`leads`       who leads which case, narrow enough to be counted often
`capacities`  sections that said themselves how many cases they can lead
`interests`   who would be partial about which organisation
`lessons`     what sections said to cases, for the ranking; rebuilt by replay like the others

No idea, and no reason that people wrote, stands in any of them; of an idea only the fingerprint that cases like it
are found by, which nobody is shown.
"""

from services.matching.projections.capacities import CAPACITIES, LEADS, capacity
from services.matching.projections.cases import (
    concerning,
    led,
    matching,
    offered,
    steps,
    waiting_for_office,
    without_room,
)
from services.matching.projections.interests import INTERESTS, interest, interests
from services.matching.projections.lessons import AT_MOST, LESSONS, Learnt
from services.matching.projections.matchings import MATCHINGS
from services.matching.projections.standing import Standing, of_case, of_partner

__all__ = [
    "AT_MOST",
    "CAPACITIES",
    "INTERESTS",
    "LEADS",
    "LESSONS",
    "MATCHINGS",
    "Learnt",
    "Standing",
    "capacity",
    "concerning",
    "interest",
    "interests",
    "led",
    "matching",
    "of_case",
    "of_partner",
    "offered",
    "steps",
    "waiting_for_office",
    "without_room",
]
