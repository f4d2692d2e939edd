"""What facts of others come to here, told once or twice, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from chassis.decider import Command
from contracts import agreements, matching, screening
from contracts.agreements import OutcomeDecided
from contracts.fact import Fact
from contracts.intake import ProposerJoined, ThemeCancelled, ThemeConcluded, Withdrawn
from contracts.matching import NoMatchConcluded
from contracts.screening import EligibilityDecided
from services.publication.consumers import reactions
from services.publication.domain.listing import ChangeTheme, ListTheme
from services.publication.domain.publication import NoteCase, NoteProposer, NoteResult, NoteSignature
from services.publication.main import SERVICE
from tests.publication import town
from tests.publication.sample import EDITION, JUNE, listing, recorded
from tests.publication.test_ocds import OPENED, TO_OTHER


def follows(fact: Fact, subject: str = "proposal/C01") -> Sequence[tuple[str, Command]]:
    following = reactions()[type(fact)](recorded(fact, subject), JUNE)
    assert isinstance(following, Sequence)
    return following


def decided(decision: str, **more: object) -> EligibilityDecided:
    fields = {
        "decision": decision,
        "clauses": [] if decision == "eligible" else ["GL7-B1"],
        "answers": [],
        "edition": EDITION.id,
        "municipality": EDITION.municipality,
        "as_of": "2024-06-01",
        "decided_by": "H-01",
    }
    return EligibilityDecided.model_validate({**fields, **more})


def outcome(of: str) -> OutcomeDecided:
    next_ = "not_established" if of == "not_established" else "agreement_prep"
    return OutcomeDecided.model_validate(
        {"outcome": of, "next": next_, "reasons": "理由", "decided_by": "H-01", "clauses": ["GL4-5"]}
    )


NO_MATCH = NoMatchConcluded.model_validate({"reasons": "理由", "candidates": [], "declined": []})
REVOKED: list[Fact] = [
    fact.model_validate({"reasons": "理由", "decided_by": "H-02"})
    for fact in (screening.DecisionRevoked, matching.DecisionRevoked, agreements.DecisionRevoked)
]


@pytest.mark.parametrize(
    ("fact", "result"),
    [
        (Withdrawn(), "withdrawn"),
        (decided("ineligible"), "ineligible"),
        (decided("eligible", resumes=True), "running"),
        (NO_MATCH, "not_established"),
        (outcome("not_established"), "not_established"),
        *((fact, "running") for fact in REVOKED),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Fact) else value,
)
def test_what_a_case_comes_to_is_counted(fact: Fact, result: str) -> None:
    [(case, command)] = follows(fact)
    assert isinstance(command, NoteResult)
    assert (case, command.result, command.on) == ("C01", result, date(2024, 6, 20))


@pytest.mark.parametrize("fact", [decided("eligible"), outcome("individual_agreement")])
def test_what_goes_on_is_not_counted_yet(fact: Fact) -> None:
    assert follows(fact) == []


def test_what_goes_to_somebody_else_is_counted_as_not_established_and_released() -> None:
    [(_, noted), (_, released)] = follows(TO_OTHER, "partnership/C05")
    assert isinstance(noted, NoteResult)
    assert (noted.result, type(released).__name__) == ("not_established", "ReleaseProcurement")


def test_an_accepted_case_is_known_with_those_who_act_for_its_partner() -> None:
    [(_, noted)] = follows(town.received())
    assert isinstance(noted, NoteCase)
    assert (noted.partner.name, noted.proposers) == ("株式会社ミマモリ架空電機", ("P-01",))
    [(_, joined)] = follows(ProposerJoined(person="P-02"))
    assert isinstance(joined, NoteProposer)


def test_a_signature_without_a_procurement_is_noted_and_nothing_released() -> None:
    [(_, noted)] = follows(town.signed(), "partnership/C01")
    assert isinstance(noted, NoteSignature)


def test_a_theme_is_listed_and_follows_what_becomes_of_it() -> None:
    [(_, listed)] = follows(town.theme(), "theme/T-1")
    assert isinstance(listed, ListTheme)
    there = listing.after(listed)
    for number, (fact, standing) in enumerate(
        [
            (town.closed(), "closed"),
            (ThemeCancelled(reason="見直し"), "cancelled"),
            (ThemeConcluded(), "concluded"),
        ]
    ):
        following = reactions()[type(fact)](recorded(fact, "theme/T-1", f"F-{number}"), JUNE)
        assert isinstance(following, Sequence)
        [(_, changed)] = following
        assert isinstance(changed, ChangeTheme)
        [shown] = there.when(changed)
        assert shown.standing == standing  # type: ignore[union-attr]
        assert listing.when(changed) == []  # of a theme that was never listed


def test_it_listens_to_all_whose_facts_it_acts_on() -> None:
    assert {fact.publisher for fact in reactions()} <= set(SERVICE.listens_to)
    assert type(OPENED) in reactions()
