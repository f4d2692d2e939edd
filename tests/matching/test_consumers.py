"""What facts of intake and screening ask of matching."""

from typing import Any

import pytest

from contracts.fact import Fact
from contracts.intake import Withdrawn
from contracts.screening import EligibilityDecided
from services.matching.consumers import reactions
from services.matching.domain import CloseMatching, OpenMatching, RankSections
from tests.deciding import at
from tests.intake.sample import MONDAY, SUBMITTED, recorded
from tests.matching.sample import EDITION, SERVICE, case

LATER = at("2023-09-01 09:00")


def asked(fact: Fact) -> list[tuple[str, Any]]:
    return list(reactions()[type(fact)](recorded(fact, "elsewhere", "C01", on=MONDAY), LATER))


def decided(decision: str) -> EligibilityDecided:
    return EligibilityDecided.model_validate(
        {
            "decision": decision,
            "clauses": [],
            "answers": [],
            "edition": EDITION.id,
            "municipality": "112089",
            "as_of": "2023-08-25",
            "decided_by": "H-01",
        }
    )


def test_a_submitted_proposal_is_ranked_with_reasons() -> None:
    [(id_, command)] = asked(SUBMITTED)
    assert (id_, command.actor, command.at) == ("C01", SERVICE, LATER)
    assert isinstance(command, RankSections)
    assert command.candidates[0].section == "S14"
    assert (command.edition, command.scorer) == (EDITION.id, "duty-words/1")


def test_an_eligible_case_looks_for_its_section_under_its_edition() -> None:
    [(_, command)] = asked(decided("eligible"))
    assert isinstance(command, OpenMatching)
    assert (command.edition, command.reply_days, len(command.sections)) == (EDITION.id, 10, 30)


def test_an_ineligible_case_looks_for_nobody() -> None:
    assert asked(decided("ineligible")) == []


def test_a_withdrawn_case_is_closed() -> None:
    [(id_, command)] = asked(Withdrawn())
    assert id_ == "C01"
    assert isinstance(command, CloseMatching)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["ranked first", "eligible first"])
def test_two_topics_lead_to_the_same_offer_in_either_order(order: tuple[int, int]) -> None:
    both = [asked(SUBMITTED)[0][1], asked(decided("eligible"))[0][1]]
    stream = case.after(*(both[n] for n in order))
    assert stream.state.offered_to == "S14"
