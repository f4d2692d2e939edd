"""What others tell about a case, from its match to its signature."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import guidelines
from chassis.decider import Command, Recorded
from chassis.inbox import Reaction
from contracts.actors import Actor, Role
from contracts.fact import Fact
from contracts.intake import GuidelineMigrated, ProposalReceived, ProposerJoined, TurnedFree, Withdrawn
from contracts.matching import ConflictFound, Matched, RematchRequested
from contracts.screening import EligibilityDecided, PartnerScreened, RescreenRequired
from services.agreements.domain import (
    CloseForWithdrawal,
    EndPartnership,
    FollowGuideline,
    NoteConflict,
    NotePartnerScreening,
    NoteProposers,
    NoteTheme,
    OpenDialogue,
    ReleaseLead,
    ResumePartnership,
    SuspendPartnership,
)
from services.agreements.domain.procurement.commands import NotePartner

AGREEMENTS = Actor(role=Role.SERVICE, id="agreements")


def reactions() -> dict[type[Fact], Reaction]:
    """Fact of another service → the commands that follow from it here."""
    return {
        Matched: open_dialogue,
        RematchRequested: release_lead,
        ConflictFound: note_conflict,
        PartnerScreened: note_partner_screening,
        RescreenRequired: suspend,
        EligibilityDecided: go_on_or_end,
        ProposalReceived: note_partner_and_theme,
        ProposerJoined: note_proposer,
        TurnedFree: turn_free,
        GuidelineMigrated: follow_guideline,
        Withdrawn: close_for_withdrawal,
    }


def open_dialogue(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """A section took the proposal on, so the talks begin, under the edition the case is bound to (V32)."""
    fact = recorded.fact
    assert isinstance(fact, Matched)
    edition = guidelines.load(fact.edition)
    command = OpenDialogue(
        actor=AGREEMENTS,
        at=at,
        lead=fact.lead,
        supporting=fact.supporting,
        edition=edition.id,
        municipality=edition.municipality,
        zone=edition.zone,
        screening_valid_days=edition.periods.screening_valid_days,
    )
    return [(recorded.id, command)]


def release_lead(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """The talks with this section are over; another one opens them anew. Known here, where it was asked for here."""
    fact = recorded.fact
    assert isinstance(fact, RematchRequested)
    return [(recorded.id, ReleaseLead(actor=AGREEMENTS, at=at, section=fact.section))]


def note_conflict(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """A person with an interest in the case reviews nothing of it (V19). A whole section is matching's to leave out."""
    fact = recorded.fact
    assert isinstance(fact, ConflictFound)
    if fact.person is None:
        return []
    return [(recorded.id, NoteConflict(actor=AGREEMENTS, at=at, person=fact.person))]


def note_partner_screening(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """The latest screening of the partner is what a signature relies on (V09)."""
    fact = recorded.fact
    assert isinstance(fact, PartnerScreened)
    command = NotePartnerScreening(actor=AGREEMENTS, at=at, as_of=fact.as_of, clear=fact.clear)
    return [(recorded.id, command)]


def suspend(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """An adverse fact was found. What becomes of an agreement that is signed is decided in its own way."""
    return [(recorded.id, SuspendPartnership(actor=AGREEMENTS, at=at))]


def go_on_or_end(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """What was decided of a case that had been stopped. The first decision of a screening finds none here."""
    fact = recorded.fact
    assert isinstance(fact, EligibilityDecided)
    if fact.decision == "eligible":
        return [(recorded.id, ResumePartnership(actor=AGREEMENTS, at=at))]
    return [(recorded.id, EndPartnership(actor=AGREEMENTS, at=at, clauses=fact.clauses))]


def note_partner_and_theme(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """Contracts with one partner are added up (V04); proposals to a theme are weighed alike (V20); and who submitted
    speaks for the partner (GL5-04).
    """
    fact = recorded.fact
    assert isinstance(fact, ProposalReceived)
    noted: list[Command] = [NotePartner(actor=AGREEMENTS, at=at, partner=fact.partner)]
    if fact.proposers:
        noted.append(NoteProposers(actor=AGREEMENTS, at=at, persons=fact.proposers))
    if fact.theme is not None:
        version = fact.criteria_version
        noted.append(NoteTheme(actor=AGREEMENTS, at=at, theme=fact.theme, criteria_version=version))
    return [(recorded.id, command) for command in noted]


def note_proposer(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """Somebody showed the secret of the receipt, and speaks for the partner from now on (GL5-04)."""
    fact = recorded.fact
    assert isinstance(fact, ProposerJoined)
    return [(recorded.id, NoteProposers(actor=AGREEMENTS, at=at, persons=(fact.person,)))]


def turn_free(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """The theme was cancelled; what its proposals are weighed by is for the office to say."""
    return [(recorded.id, NoteTheme(actor=AGREEMENTS, at=at, theme=None, criteria_version=None))]


def follow_guideline(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """V32: the office migrated the case, and gave its reason."""
    fact = recorded.fact
    assert isinstance(fact, GuidelineMigrated)
    edition = guidelines.load(fact.to_edition)
    command = FollowGuideline(
        actor=AGREEMENTS,
        at=at,
        edition=edition.id,
        municipality=edition.municipality,
        zone=edition.zone,
        screening_valid_days=edition.periods.screening_valid_days,
    )
    return [(recorded.id, command)]


def close_for_withdrawal(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """A withdrawal ends the talks, unless the agreement is signed (V33)."""
    return [(recorded.id, CloseForWithdrawal(actor=AGREEMENTS, at=at))]
