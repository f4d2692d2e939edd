"""Facts of other services, where they take a case, and whom they let read its idea."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pytest

from chassis.decider import Command
from contracts import agreements, matching
from contracts.agreements import (
    AgreementSigned,
    EvaluationOpened,
    OutcomeDecided,
    PartnershipEnded,
    PilotAborted,
    PilotCompleted,
    PilotJudgedUnnecessary,
    PilotPlanned,
    PilotResumed,
    PilotStarted,
    PilotSuspended,
    ReviewerNamed,
    ReviewerRecused,
    WithdrawalRefused,
)
from contracts.fact import Fact
from contracts.intake import AccessClosed, AccessOpened, Stage, WithdrawalCameTooLate, Withdrawn
from contracts.matching import (
    ConflictFound,
    MatchDeclined,
    Matched,
    MatchingEnded,
    MatchProposed,
    NoMatchConcluded,
    RematchRequested,
    SectionOffered,
)
from contracts.screening import (
    DecisionRevoked,
    DecisionUpheld,
    EligibilityDecided,
    ReconsiderationRequested,
    RescreenRequired,
)
from services.intake.consumers import reactions
from services.intake.domain import LearnWithdrawalTooLate, ReachStage, ResumeCase, StopCase
from services.intake.domain.access import ACCESS
from tests.deciding import Deciding, at
from tests.intake.sample import MONDAY, RECEIVED, SUBMITTED, case, recorded

LATER = at("2023-09-01 09:00")
REACTIONS = reactions(cast(Any, None), cast(Any, None))  # none of those tried here looks anything up
access = Deciding(ACCESS)

WHERE_IT_LEADS: list[tuple[type[Fact], dict[str, Any], Stage]] = [
    (EligibilityDecided, {"decision": "ineligible"}, Stage.INELIGIBLE),
    (ReconsiderationRequested, {}, Stage.RECONSIDERATION),
    (DecisionUpheld, {}, Stage.INELIGIBLE),
    (DecisionRevoked, {}, Stage.SCREENING),
    (Matched, {"lead": "S14", "supporting": ()}, Stage.DIALOGUE),
    (RematchRequested, {}, Stage.MATCHING),
    (NoMatchConcluded, {}, Stage.NOT_ESTABLISHED),
    (PilotCompleted, {}, Stage.EVALUATION),
    (PilotAborted, {}, Stage.EVALUATION),
    (PilotJudgedUnnecessary, {}, Stage.EVALUATION),
    (EvaluationOpened, {"reviewers": ("REV-01",)}, Stage.EVALUATION),
    (OutcomeDecided, {"next": "agreement_prep"}, Stage.AGREEMENT_PREP),
    (OutcomeDecided, {"next": "procurement"}, Stage.PROCUREMENT),
    (OutcomeDecided, {"next": "not_established"}, Stage.NOT_ESTABLISHED),
    (agreements.ProcurementOpened, {}, Stage.PROCUREMENT),
    (agreements.ProcurementAbandoned, {}, Stage.DIALOGUE),
    (agreements.Awarded, {}, Stage.AGREEMENT_PREP),
    (agreements.AwardedToOther, {}, Stage.NOT_ESTABLISHED),
    (AgreementSigned, {}, Stage.AGREED),
    (matching.ReconsiderationRequested, {}, Stage.RECONSIDERATION),
    (matching.DecisionUpheld, {}, Stage.NOT_ESTABLISHED),
    (matching.DecisionRevoked, {}, Stage.MATCHING),
    (agreements.ReconsiderationRequested, {}, Stage.RECONSIDERATION),
    (agreements.DecisionUpheld, {}, Stage.NOT_ESTABLISHED),
    (agreements.DecisionRevoked, {}, Stage.EVALUATION),
]


def following(kind: type[Fact], **fields: Any) -> Sequence[Command]:
    """The commands after such a fact of C01; of the fact, only what its reaction looks at."""
    told = recorded(kind.model_construct(**fields), "elsewhere", "C01", on=MONDAY)
    commands = cast(Sequence[tuple[str, Command]], REACTIONS[kind](told, LATER))
    assert {id_ for id_, _ in commands} <= {"C01"}
    assert all(command.at == LATER for _, command in commands)
    return [command for _, command in commands]


@pytest.mark.parametrize(
    ("kind", "fields", "stage"), WHERE_IT_LEADS, ids=lambda value: getattr(value, "__name__", str(value))
)
def test_a_fact_leads_to_its_stage(kind: type[Fact], fields: dict[str, Any], stage: Stage) -> None:
    [command] = [each for each in following(kind, **fields) if isinstance(each, ReachStage)]
    assert (command.stage, command.since) == (stage, MONDAY)


def test_an_eligible_case_goes_on_from_where_it_was() -> None:
    [command] = following(EligibilityDecided, decision="eligible")
    assert isinstance(command, ResumeCase)
    assert case.given(SUBMITTED, RECEIVED).after(command).state.stage == Stage.MATCHING


def test_an_adverse_fact_stops_a_case_unless_it_is_signed() -> None:
    [command] = following(RescreenRequired, agreed=False)
    assert isinstance(command, StopCase)
    assert following(RescreenRequired, agreed=True) == []


def test_a_refused_withdrawal_is_learned() -> None:
    [command] = following(WithdrawalRefused)
    assert isinstance(command, LearnWithdrawalTooLate)
    assert case.given(SUBMITTED, RECEIVED, Withdrawn()).when(command) == [WithdrawalCameTooLate()]


def test_the_idea_is_open_to_the_section_that_is_asked_and_to_no_other() -> None:
    asked = access.after(*following(MatchProposed, offered_to="S14"))
    assert asked.history == (AccessOpened(section="S14"),)
    after_a_no = asked.after(*following(MatchDeclined, section="S14"))
    assert after_a_no.history[-1] == AccessClosed(section="S14", reason="over")
    assert after_a_no.after(*following(SectionOffered, section="S07")).state.working == {"section/S07"}


def test_the_idea_is_open_to_the_lead_and_to_those_that_support_it() -> None:
    asked = access.after(*following(MatchProposed, offered_to="S14"))
    matched = [
        each
        for each in following(Matched, lead="S14", supporting=("S07",))
        if not isinstance(each, ReachStage)
    ]
    assert asked.after(*matched).state.working == {"section/S14", "section/S07"}


@pytest.mark.parametrize("kind", [RematchRequested, NoMatchConcluded, MatchingEnded, PartnershipEnded])
def test_when_the_work_is_over_no_section_reads_on(kind: type[Fact]) -> None:
    at_work = access.given(AccessOpened(section="S14"), AccessOpened(section="S07"))
    closing = [each for each in following(kind) if not isinstance(each, ReachStage)]
    assert at_work.after(*closing).state.working == frozenset()


def test_reviewers_read_until_they_are_recused() -> None:
    opened = [
        each for each in following(EvaluationOpened, reviewers=("REV-01", "REV-03"))
        if not isinstance(each, ReachStage)
    ]  # fmt: skip
    reviewing = access.after(*opened)
    assert reviewing.state.working == {"REV-01", "REV-03"}
    assert reviewing.after(*following(ReviewerRecused, reviewer="REV-03")).state.working == {"REV-01"}


def test_v19_who_is_found_partial_is_barred() -> None:
    person = following(ConflictFound, person="U-7", section="S14", whole_section=False)
    assert access.after(*person).history == (AccessClosed(person="U-7", reason="conflict"),)
    section = following(ConflictFound, person=None, section="S14", whole_section=True)
    assert access.after(*section).history == (AccessClosed(section="S14", reason="conflict"),)


def test_v33_what_is_withdrawn_stays_confidential_and_opens_again_where_that_was_too_late() -> None:
    at_work = access.given(AccessOpened(section="S14"), AccessClosed(section="S07", reason="over"))
    withdrawn = at_work.after(*following(Withdrawn))
    assert withdrawn.state.working == frozenset()
    assert withdrawn.after(*following(WithdrawalCameTooLate)).state.working == {"section/S14"}


@pytest.mark.parametrize(
    ("kind", "pilot"),
    [
        (PilotPlanned, "planned"),
        (PilotStarted, "running"),
        (PilotSuspended, "suspended"),
        (PilotResumed, "running"),
    ],
)
def test_a_proposer_is_told_how_far_the_pilot_is(kind: type[Fact], pilot: str) -> None:
    [command] = following(kind)
    assert isinstance(command, ReachStage)
    assert (command.stage, command.pilot) == (Stage.DIALOGUE, pilot)


def test_who_is_named_a_reviewer_later_reads_the_idea_too() -> None:
    [command] = following(ReviewerNamed, reviewer="REV-05")
    [opened] = access.when(command)
    assert isinstance(opened, AccessOpened)
    assert opened.person == "REV-05"
