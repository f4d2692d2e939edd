"""What matching does about facts of others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

import guidelines
from chassis.decider import Command, Recorded
from chassis.inbox import Reaction
from contracts.actors import Actor, Role
from contracts.fact import Fact
from contracts.intake import ProposalSubmitted, Withdrawn
from contracts.screening import EligibilityDecided
from services.matching.domain import CloseMatching, OpenMatching, RankSections
from services.matching.scorer import SCORER, Vocabulary, rank, vocabulary

MATCHING = Actor(role=Role.SERVICE, id="matching")


def reactions() -> dict[type[Fact], Reaction]:
    """Fact of another service → the commands that follow from it here."""
    return {ProposalSubmitted: rank_sections, EligibilityDecided: open_matching, Withdrawn: close_matching}


def rank_sections(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """A proposal is ranked when it comes in, by the edition of that day; nobody is asked before it is eligible."""
    fact = recorded.fact
    assert isinstance(fact, ProposalSubmitted)
    edition = guidelines.in_force(recorded.envelope.municipality, fact.submitted_on)
    candidates = rank(
        fact.title.reveal(),
        fact.body.reveal(),
        (resource.reveal() for resource in fact.requested_resources),
        _vocabulary(edition.id),
        fact.theme_section,
    )
    command = RankSections(actor=MATCHING, at=at, candidates=candidates, scorer=SCORER, edition=edition.id)
    return [(recorded.id, command)]


def open_matching(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """An eligible case looks for its section, among those of the edition it is bound to (V32)."""
    fact = recorded.fact
    assert isinstance(fact, EligibilityDecided)
    if fact.decision != "eligible":
        return []
    edition = guidelines.load(fact.edition)
    command = OpenMatching(
        actor=MATCHING,
        at=at,
        edition=edition.id,
        municipality=fact.municipality,
        zone=edition.zone,
        sections=tuple(section.id for section in edition.sections),
        reply_days=edition.periods.section_reply,
    )
    return [(recorded.id, command)]


def close_matching(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """No section is asked about a withdrawn proposal (V33)."""
    return [(recorded.id, CloseMatching(actor=MATCHING, at=at))]


@cache
def _vocabulary(edition: str) -> Vocabulary:
    return vocabulary(guidelines.load(edition).sections)
