"""How a case goes on elsewhere, as far as screening has to know: only what runs is stopped."""

from typing import Any

import pytest

from contracts import agreements, matching
from contracts.agreements import (
    AgreementExpired,
    AgreementSigned,
    AgreementTerminated,
    OutcomeDecided,
    WithdrawalRefused,
)
from contracts.fact import Fact
from contracts.matching import NoMatchConcluded
from services.screening.consumers import reactions
from services.screening.domain import NoteCourse
from tests.intake.sample import recorded
from tests.screening.sample import JULY_31

OUTCOME = {
    "outcome": "individual_agreement",
    "next": "agreement_prep",
    "reasons": "理由",
    "decided_by": "H-01",
}
SIGNED = {
    "form": "individual_agreement",
    "signed_on": "2024-07-31",
    "title": "協定",
    "partner_signatory": "架空 一郎",
    "screening_as_of": "2024-07-30",
    "cost_class": "none",
    "term_from": "2024-08-01",
}
TERMINATED = {
    "ground": "breach",
    "by": "city",
    "reasons": "理由",
    "edition": "tokorozawa/2023-07",
    "terminated_on": "2025-07-31",
}

AWARDED_TO_OTHER = {
    "method": "general_bidding", "kind": "other", "purpose": "集団健診の受付", "organisation": {"name": "架空株式会社"},
    "amount_yen": 1, "contract_date": "2024-08-01", "idea_protected": True, "reasons": "価格による",
    "clauses": ["GL6-1"], "edition": "tokorozawa/2023-07", "decided_by": "K-01", "awarded_on": "2024-07-31",
}  # fmt: skip
COURSES: list[tuple[type[Fact], dict[str, Any], str]] = [
    (NoMatchConcluded, {"reasons": "理由", "candidates": [], "declined": []}, "not_established"),
    (OutcomeDecided, {**OUTCOME, "outcome": "not_established", "next": "not_established"}, "not_established"),
    (OutcomeDecided, OUTCOME, "running"),
    (agreements.AwardedToOther, AWARDED_TO_OTHER, "not_established"),
    (AgreementSigned, SIGNED, "agreed"),
    (AgreementExpired, {"term_to": "2025-07-31", "reason": "notice"}, "ended"),
    (AgreementTerminated, TERMINATED, "ended"),
    (WithdrawalRefused, {"signed_on": "2024-07-31"}, "agreed"),
    (matching.DecisionRevoked, {"reasons": "理由"}, "running"),
    (agreements.DecisionRevoked, {"reasons": "理由", "decided_by": "M-01"}, "running"),
]


class NoDatabase:
    """Nothing of this is looked up."""

    async def fetch(self, query: str, *args: Any) -> list[Any]:
        raise AssertionError(query)

    async def fetchrow(self, query: str, *args: Any) -> Any:
        raise AssertionError(query)


@pytest.mark.parametrize(("type_", "said", "course"), COURSES)
def test_what_comes_of_a_case_elsewhere_is_noted(
    type_: type[Fact], said: dict[str, Any], course: str
) -> None:
    fact = type_.model_validate(said)
    following: Any = reactions(NoDatabase())[type_](recorded(fact, "elsewhere", "C04"), JULY_31)
    [(id_, command)] = following
    assert id_ == "C04"
    assert isinstance(command, NoteCourse)
    assert command.course == course
