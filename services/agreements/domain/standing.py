"""Where a case stands, and who speaks for which side of it."""

from __future__ import annotations

from chassis.decider import Refused
from contracts.actors import Actor, Role
from contracts.agreements import DialogueOpened, Side
from services.agreements.domain.state import Partnership, Phase


class NotInDialogue(Refused):
    """No section leads this case; talks begin when one has taken it on."""


class CaseIsOver(Refused):
    """This case is signed, withdrawn, not established or excluded; what comes next is a new proposal."""


class CaseStopped(Refused):
    """A measure or a finding stands against this case; it goes on, or ends, when it has been screened again."""


class NotLeadSection(Refused):
    """Another section leads this case; ask it to do this."""


class NotInvolved(Refused):
    """Your section neither leads nor supports this case."""


ENDS: tuple[Phase, ...] = ("not_established", "agreed", "closed")


def is_over(state: Partnership) -> bool:
    """Whether nothing follows here any more."""
    return state.phase in ENDS or state.halt == "ended"


def is_not_halted(state: Partnership) -> None:
    """Raises what stands in the way of a case in which an adverse fact was found."""
    match state.halt:
        case "suspended":
            raise CaseStopped()
        case "ended":
            raise CaseIsOver()


def stands_at(state: Partnership, *phases: Phase, otherwise: type[Refused]) -> DialogueOpened:
    """What the talks were opened with, while the case stands at one of these; raises what stands in the way."""
    if state.phase in ENDS:
        raise CaseIsOver()
    is_not_halted(state)
    if state.opened is None or state.phase == "waits_for_match":
        raise NotInDialogue()
    if state.phase not in phases:
        raise otherwise()
    return state.opened


def also_while_stopped(state: Partnership, *phases: Phase, otherwise: type[Refused]) -> DialogueOpened:
    """As `stands_at`, where nobody waits until a case that was stopped is screened again."""
    if state.halt != "suspended":
        return stands_at(state, *phases, otherwise=otherwise)
    if state.opened is None or state.phase not in phases:
        raise CaseStopped()
    return state.opened


def side_of(actor: Actor, opened: DialogueOpened) -> Side:
    """GL5-02: two sides, equal. For the city speaks its lead section."""
    if actor.role == Role.PROPOSER:
        return "partner"
    by_lead(actor, opened)
    return "city"


def by_lead(actor: Actor, opened: DialogueOpened) -> None:
    """Of the sections, the one that leads."""
    if actor.section != opened.lead:
        raise NotLeadSection(f"It is {opened.lead}.")


def by_those_involved(actor: Actor, opened: DialogueOpened) -> None:
    """Permits lie in the hands of whichever section they concern."""
    if actor.section not in (opened.lead, *opened.supporting):
        raise NotInvolved()
