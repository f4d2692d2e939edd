"""What matching does about facts of others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import guidelines
from chassis.calendar import office_days_after
from chassis.decider import Command, Recorded
from chassis.inbox import Reaction
from contracts.actors import Actor, Role
from contracts.days import day
from contracts.fact import Fact
from contracts.intake import ProposalSubmitted, Withdrawn
from contracts.screening import EligibilityDecided
from guidelines import Edition
from services.matching import scorer
from services.matching.domain import CloseMatching, OpenMatching, RankSections

MATCHING = Actor(role=Role.SERVICE, id="matching")


def reactions() -> dict[type[Fact], Reaction]:
    """Fact of another service → the commands that follow from it here."""
    return {
        ProposalSubmitted: rank_sections,
        EligibilityDecided: open_matching,
        Withdrawn: close_matching,
    }


def rank_sections(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """Ranked by the words of the proposal; the words themselves are not kept here (GL5-04)."""
    fact = recorded.fact
    assert isinstance(fact, ProposalSubmitted)
    edition = guidelines.in_force(recorded.envelope.municipality, fact.submitted_on)
    texts = [fact.title.reveal(), fact.body.reveal(), *(r.reveal() for r in fact.requested_resources)]
    command = RankSections(
        actor=MATCHING,
        at=at,
        candidates=scorer.rank(edition, texts, fact.theme_section),
        scorer=scorer.NAME,
        edition=edition.id,
        respond_by=reply_by(edition, at),
    )
    return [(recorded.id, command)]


def open_matching(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """Only what is eligible is matched."""
    fact = recorded.fact
    assert isinstance(fact, EligibilityDecided)
    if fact.decision != "eligible":
        return []
    edition = guidelines.load(fact.edition)
    command = OpenMatching(
        actor=MATCHING,
        at=at,
        edition=fact.edition,
        municipality=fact.municipality,
        reply_office_days=edition.periods.section_reply,
        respond_by=reply_by(edition, at),
    )
    return [(recorded.id, command)]


def close_matching(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """A withdrawn proposal looks for nobody (V33)."""
    return [(recorded.id, CloseMatching(actor=MATCHING, at=at))]


def reply_by(edition: Edition, at: datetime) -> date:
    """The last day on which a section may answer."""
    return office_days_after(day(at, edition.zone), edition.periods.section_reply)
