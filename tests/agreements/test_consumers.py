"""What facts of intake, screening and matching ask of agreements."""

from typing import Any

from contracts.agreements import PartnershipEnded
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import GuidelineMigrated, ProposalReceived, TurnedFree, Withdrawn
from contracts.matching import ConflictFound, RematchRequested
from contracts.screening import EligibilityDecided, PartnerScreened, RescreenRequired
from services.agreements.consumers import reactions
from services.agreements.domain import (
    CloseForWithdrawal,
    FollowGuideline,
    NotePartnerScreening,
    OpenDialogue,
    ReleaseLead,
)
from tests.agreements.sample import EDITION, SERVICE, TODAY, case, matched, recorded
from tests.deciding import at

LATER = at("2023-10-02 09:00")
REMATCH = RematchRequested(section="S14", reason=Confidential("所管が異なるため"))


def asked(fact: Fact) -> Any:
    [(id_, command)] = reactions()[type(fact)](recorded(fact, "elsewhere/C01"), LATER)
    assert (id_, command.actor, command.at) == ("C01", SERVICE, LATER)
    return command


def test_a_match_opens_the_talks_under_the_edition_of_the_case() -> None:
    command = asked(matched("S14", supporting=("S07",)))
    assert isinstance(command, OpenDialogue)
    assert (command.lead, command.supporting) == ("S14", ("S07",))
    assert (command.edition, command.zone, command.screening_valid_days) == (EDITION.id, "Asia/Tokyo", 30)


def test_a_screening_of_the_partner_is_noted() -> None:
    command = asked(PartnerScreened(answers=(), as_of=TODAY, clear=False))
    assert isinstance(command, NotePartnerScreening)
    assert (command.as_of, command.clear) == (TODAY, False)


def test_a_withdrawal_closes_the_case() -> None:
    assert isinstance(asked(Withdrawn()), CloseForWithdrawal)


def test_v32_a_migrated_case_follows_the_edition_it_was_migrated_to() -> None:
    migrated = GuidelineMigrated(
        from_edition="kakuu-minato/2024-04", to_edition=EDITION.id, reason="改定のため"
    )
    command = asked(migrated)
    assert isinstance(command, FollowGuideline)
    assert (command.edition, command.municipality) == (EDITION.id, EDITION.municipality)
    assert command.screening_valid_days == EDITION.periods.screening_valid_days


def received(**more: Any) -> ProposalReceived:
    return ProposalReceived.model_validate(
        {
            "edition": EDITION.id,
            "municipality": EDITION.municipality,
            "received_on": TODAY,
            "receipt_number": "2023-000001",
            "partner": {"name": "架空株式会社"},
            **more,
        }
    )


def test_v20_the_theme_of_a_proposal_is_noted_until_it_turns_free() -> None:
    to_theme = received(theme="T-1", theme_section="S17", criteria_version="0" * 64)
    noted = case.after(*noted_from(to_theme))
    assert (noted.state.theme.theme, noted.state.theme.criteria_version) == ("T-1", "0" * 64)
    free = noted.after(asked(TurnedFree(theme="T-1", reason="施設の工事のため")))
    assert free.state.theme.theme is None


def test_v04_who_proposes_is_noted_of_every_proposal() -> None:
    for proposal in (received(), received(theme="T-1", theme_section="S17", criteria_version="0" * 64)):
        noted = case.after(*noted_from(proposal))
        assert noted.state.procurement.partner == proposal.partner
        assert noted.when(noted_from(proposal)[0]) == []  # told twice
    assert noted_from(received())[1:] == []  # a free proposal answers no theme


def noted_from(proposal: ProposalReceived) -> list[Any]:
    following: Any = reactions()[ProposalReceived](recorded(proposal, "proposal/C01"), LATER)
    assert {id_ for id_, _ in following} == {"C01"}
    return [command for _, command in following]


def decided(decision: str, *clauses: str) -> EligibilityDecided:
    return EligibilityDecided.model_validate(
        {
            "decision": decision,
            "clauses": clauses,
            "answers": (),
            "edition": EDITION.id,
            "municipality": EDITION.municipality,
            "as_of": TODAY,
            "decided_by": "H-01",
        }
    )


def test_an_adverse_fact_stops_the_case_until_it_is_decided_on_again() -> None:
    found = RescreenRequired(clause="GL7-A2", measure="BS-1", reason=Confidential("入札参加停止"))
    talking = case.after(asked(matched("S14")))
    stopped = talking.after(asked(found))
    assert stopped.state.halt == "suspended"
    assert stopped.after(asked(decided("eligible"))).state == talking.state
    ended = stopped.when(asked(decided("ineligible", "GL7-A2")))
    assert ended == [PartnershipEnded(clauses=("GL7-A2",))]


def test_the_decision_that_leads_to_a_match_changes_nothing_here() -> None:
    for decision in ("eligible", "ineligible"):
        assert case.when(asked(decided(decision))) == []


def test_v19_a_person_with_a_conflict_is_noted_and_a_whole_section_is_not_ours() -> None:
    person = ConflictFound(person="REV-03", section="S08", basis="registry")
    assert case.after(asked(person)).state.partial == {"REV-03"}
    section = ConflictFound(section="S08", whole_section=True, basis="registry")
    assert reactions()[ConflictFound](recorded(section, "matching/C01"), LATER) == []


def test_a_rematch_leads_to_talks_with_another_section() -> None:
    assert isinstance(asked(REMATCH), ReleaseLead)
    stream = case.after(*(asked(fact) for fact in (matched("S14"), REMATCH, matched("S12"))))
    assert stream.state.opened is not None
    assert stream.state.opened.lead == "S12"
