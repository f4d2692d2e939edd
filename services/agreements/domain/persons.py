"""Who acts for the partner: whoever submitted the proposal, or joined it with the secret of its receipt (GL5-04).

Told by the window, to the talks and to what is signed alike; it may come before either begins.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from pydantic import Field

from chassis.decider import Command, NotYours
from contracts.actors import Actor, Pseudonym, Role
from contracts.agreements import ProposersNoted


class NotTheProposer(NotYours):
    """Only who proposed may do this; join the proposal first, with the secret of its receipt (JoinProposal)."""


class OfficerInConflict(NotYours):
    """You are partial in this case; somebody else acts and decides in it."""


class NoteProposers(Command):
    """These persons act for the partner, too."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.SERVICE})
    persons: tuple[Pseudonym, ...] = Field(max_length=1000)


class NoteAgreementProposers(NoteProposers):
    """The same, for what is signed; may come before the signature."""


def note_proposers(command: NoteProposers, known: tuple[str, ...]) -> list[ProposersNoted]:
    """All of them, so that a reader needs the last fact alone."""
    new = [person for person in dict.fromkeys(command.persons) if person not in known]
    return [ProposersNoted(persons=(*known, *new))] if new else []


def partial_persons_take_no_part(actor: Actor, partial: Collection[str]) -> None:
    """V19, GL5-01: an officer with a conflict of interest, whatever section he works in by now."""
    if actor.id in partial:
        raise OfficerInConflict()


def only_its_proposers_act(actor: Actor, known: tuple[str, ...]) -> None:
    """GL5-02, GL5-04: of proposers, those of this very case; nobody else speaks for the partner."""
    if actor.role == Role.PROPOSER and actor.id not in known:
        raise NotTheProposer()
