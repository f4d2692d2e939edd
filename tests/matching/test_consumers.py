"""What facts of others, and its own about other cases, ask of matching: on a real database, with the real ranking."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.agreements import (
    AgreementSigned,
    AwardedToOther,
    EvaluationOpened,
    OutcomeDecided,
    PartnershipClosed,
    PilotJudgedUnnecessary,
    PilotPlanned,
)
from contracts.agreements import RematchRequested as AskedForAnother
from contracts.fact import Fact
from contracts.intake import GuidelineMigrated, Withdrawn
from contracts.matching import (
    CapacitySet,
    GuidelineFollowed,
    LeadFreed,
    LeadSettled,
    LeftToOffice,
    Matched,
    MatchingClosed,
    MatchingEnded,
    MatchingOpened,
    MatchingResumed,
    MatchingSuspended,
    MatchProposed,
    PartnerNoted,
    RematchRequested,
    SectionOffered,
    SectionsRanked,
)
from contracts.screening import RescreenRequired
from guidelines import editions
from services.matching.ranking import SCORER
from tests.deciding import at
from tests.matching.hall import Hall, eligible, received
from tests.matching.sample import EDITION, FIRM, NOT_OURS, accept, propose

LATER = at("2023-09-05 09:00")


def kinds(facts: list[Fact]) -> list[type[Fact]]:
    return [type(fact) for fact in facts]


async def test_a_received_proposal_is_ranked_with_reasons_that_can_be_made_again(hall: Hall) -> None:
    noted, ranked = await hall.hear(received())
    assert noted == PartnerNoted(partner=FIRM)
    assert isinstance(ranked, SectionsRanked)
    assert ranked.candidates[0].section == "S14"
    assert ranked.candidates[0].terms
    assert ranked.candidates[0].nearest
    assert ranked.basis is not None
    assert (ranked.edition, ranked.scorer, ranked.basis.rule) == (EDITION.id, SCORER, "ranking")
    assert ranked.fingerprint


async def test_a_theme_leads_to_the_section_that_set_it(hall: Hall) -> None:
    [_, ranked] = await hall.hear(received(theme="T-2024-01", theme_section="S28"))
    assert isinstance(ranked, SectionsRanked)
    assert ranked.candidates[0].section == "S28"
    assert not ranked.none_fits


async def test_a_record_without_its_words_is_not_ranked(hall: Hall) -> None:
    assert kinds(await hall.hear(received(title=None, body=None))) == [PartnerNoted]
    assert kinds(await hall.hear(eligible())) == [MatchingOpened]
    assert kinds(await hall.do(("C01", propose("S30")))) == [MatchProposed]


async def test_an_eligible_case_looks_for_its_section_under_its_edition(hall: Hall) -> None:
    await hall.hear(received())
    opened, proposed = await hall.hear(eligible())
    assert isinstance(opened, MatchingOpened)
    assert (opened.edition, opened.reply_days, len(opened.sections)) == (EDITION.id, 10, 30)
    assert opened.calendar == EDITION.calendar
    assert isinstance(proposed, MatchProposed)
    assert proposed.offered_to == "S14"


async def test_two_topics_lead_to_the_same_offer_in_either_order(hall: Hall) -> None:
    await hall.hear(eligible())
    assert kinds(await hall.hear(received())) == [PartnerNoted, SectionsRanked, MatchProposed]


async def test_a_case_that_was_never_eligible_ends_nowhere(hall: Hall) -> None:
    await hall.hear(received())
    assert await hall.hear(eligible(decision="ineligible", clauses=["GL7-A2"])) == []


async def test_a_case_is_stopped_and_goes_on_or_ends(hall: Hall) -> None:
    await hall.hear(received())
    await hall.hear(eligible())
    stop = RescreenRequired.model_validate({"clause": "GL7-A2", "reason": "入札参加停止措置が始まった"})
    assert kinds(await hall.hear(stop)) == [MatchingSuspended]
    assert kinds(await hall.hear(eligible(resumes=True))) == [MatchingResumed]
    await hall.hear(stop)
    [ended] = await hall.hear(eligible(decision="ineligible", clauses=["GL7-A2"]))
    assert ended == MatchingEnded(clauses=("GL7-A2",))


async def test_v32_a_migrated_case_follows_its_new_edition(hall: Hall) -> None:
    await hall.hear(received())
    await hall.hear(eligible())
    migrated = GuidelineMigrated(from_edition=EDITION.id, to_edition=editions()[0], reason="改定による")
    followed, *_ = await hall.hear(migrated)
    assert isinstance(followed, GuidelineFollowed)
    assert followed.edition == editions()[0]


async def test_a_withdrawn_case_is_closed(hall: Hall) -> None:
    await hall.hear(received())
    assert await hall.hear(Withdrawn()) == [MatchingClosed(reason="withdrawn")]


async def matched(hall: Hall, case: str = "C01") -> None:
    await hall.hear(received(), case)
    await hall.hear(eligible(), case)
    assert kinds(await hall.do((case, accept()))) == [Matched]


async def test_when_the_talks_are_over_the_next_section_is_asked(hall: Hall) -> None:
    await matched(hall)
    asked = await hall.hear(AskedForAnother(section="S14", reason=NOT_OURS))
    assert asked[0] == RematchRequested(section="S14", reason=NOT_OURS)
    assert isinstance(asked[1], SectionOffered)


OUTCOME: dict[str, Any] = {"reasons": "効果が見込めない", "decided_by": "H-01"}
SIGNED: dict[str, Any] = {
    "form": "individual_agreement",
    "signed_on": "2024-08-01",
    "title": "見守り協定",
    "partner_signatory": "架空 一郎",
    "screening_as_of": "2024-07-31",
    "cost_class": "none",
    "term_from": "2024-08-01",
}


AWARDED_TO_OTHER: dict[str, Any] = {
    "method": "general_bidding",
    "kind": "other",
    "purpose": "集団健診の受付",
    "organisation": {"name": "架空株式会社"},
    "amount_yen": 1,
    "contract_date": "2024-08-01",
    "idea_protected": True,
    "reasons": "価格による",
    "clauses": ["GL6-1"],
    "edition": "tokorozawa/2023-07",
    "decided_by": "K-01",
    "awarded_on": "2024-07-31",
}


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        (AgreementSigned.model_validate(SIGNED), "signed"),
        (PartnershipClosed(reason="withdrawn"), "closed"),
        (
            OutcomeDecided.model_validate(
                {**OUTCOME, "outcome": "not_established", "next": "not_established"}
            ),
            "not_established",
        ),
        (AwardedToOther.model_validate(AWARDED_TO_OTHER), "not_established"),
    ],
    ids=["signed", "closed", "not established", "awarded to another"],
)
async def test_a_case_of_which_all_is_decided_frees_its_section(hall: Hall, fact: Fact, reason: str) -> None:
    await matched(hall)
    [freed] = await hall.hear(fact)
    assert isinstance(freed, LeadFreed)
    assert (freed.section, freed.reason) == ("S14", reason)
    assert (await hall.get("work/S14")).json()["running"] == 0


async def test_an_outcome_that_leads_on_frees_nobody(hall: Hall) -> None:
    await matched(hall)
    on = {"outcome": "individual_agreement", "next": "agreement_prep"}
    assert await hall.hear(OutcomeDecided.model_validate({**OUTCOME, **on})) == []


@pytest.mark.parametrize(
    "fact",
    [
        PilotPlanned(),
        PilotJudgedUnnecessary.model_validate({"reason": "既に実績がある"}),
        EvaluationOpened.model_validate(
            {
                "criteria": [{"name": "効果", "weight": 100}],
                "min_total": 60,
                "reviewers": ["R-1"],
                "quorum": 1,
            }
        ),
    ],
    ids=["pilot planned", "no pilot", "evaluation"],
)
async def test_a_case_past_the_dialogue_keeps_its_lead(hall: Hall, fact: Fact) -> None:
    await matched(hall)
    assert await hall.hear(fact) == [LeadSettled(section="S14")]


async def test_a_section_that_gets_room_is_asked_by_the_cases_that_waited(hall: Hall) -> None:
    await hall.hear(received())
    candidates = (await hall.get("matching/C01")).json()["candidates"]
    for each in candidates:
        section = each["section"]
        answer = await hall.post(f"section/{section}/set-capacity", f"section:U:{section}", capacity=0)
        assert answer.status == 200, answer.text
    [_, told] = await hall.hear(eligible())
    assert isinstance(told, LeftToOffice)
    assert (told.why, len(told.left_out)) == ("no_room", len(candidates))
    await hall.post("section/S14/set-capacity", "section:U:S14", capacity=1)
    [proposed] = await hall.hear(CapacitySet(section="S14", capacity=1), "S14", "section")
    assert isinstance(proposed, MatchProposed)
    assert proposed.offered_to == "S14"


async def test_v22_a_day_that_passes_without_an_answer_is_said(hall: Hall) -> None:
    await hall.hear(received())
    [*_, proposed] = await hall.hear(eligible())
    assert isinstance(proposed, MatchProposed)
    assert str(proposed.respond_by) == "2023-09-19"
    assert await hall.issue(at("2023-09-19 23:59")) == 0
    assert await hall.issue(at("2023-09-20 00:00")) == 1
    shown = (await hall.get("matching/C01")).json()
    assert (shown["status"], shown["offered_to"], shown["overdue"]) == ("offered", "S14", True)
    assert kinds(await hall.do(("C01", accept()))) == [Matched]
    assert await hall.issue(at("2024-09-20 00:00")) == 0
