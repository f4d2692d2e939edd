"""The talks: minutes that both sides confirm, goals that both share, and what it costs the city (GL4-3, GL5-02)."""

from __future__ import annotations

from chassis.decider import Refused
from contracts.actors import Role
from contracts.agreements import (
    CostClassified,
    DialogueHeld,
    DialogueOpened,
    GoalsProposed,
    GoalsShared,
    LeadReleased,
    MinutesDrafted,
    RematchRequested,
)
from contracts.days import day
from services.agreements.domain.commands import (
    AgreeGoals,
    ClassifyCost,
    ConfirmGoals,
    ConfirmMinutes,
    RecordDialogue,
    Rematch,
)
from services.agreements.domain.standing import by_lead, side_of, stands_at
from services.agreements.domain.state import UNDER_WAY, Partnership, Phase
from services.agreements.domain.told import OpenDialogue, ReleaseLead
from services.agreements.policies import amount_goes_with_class

TALKS: tuple[Phase, ...] = ("dialogue", "pilot_prep", "pilot_running", "pilot_suspended")


class DialogueOver(Refused):
    """The talks of this case are over; it is evaluated, or decided."""


class PastDialogue(Refused):
    """Another section is found from the dialogue only; a pilot and what follows go on with the section they have."""


class GoalsAreFixed(Refused):
    """A pilot is planned on the goals that both sides share; they stand."""


class NotHeldYet(Refused):
    """This talk lies in the future; write its minutes when it has been held."""


class NoSuchMinutes(Refused):
    """There are no minutes of this number."""


class NoGoalsProposed(Refused):
    """No goals were proposed yet; propose them."""


class GoalsChanged(Refused):
    """Other goals were proposed since; read them, and confirm those."""


class OwnWords(Refused):
    """What one side wrote the other side confirms; ask them to."""


def open_(command: OpenDialogue, state: Partnership) -> list[DialogueOpened]:
    """Once for each match: what was agreed with a former lead section binds no other.

    Under the edition that the case was migrated to, where that was told before the match.
    """
    if state.phase != "waits_for_match":
        return []
    law = state.followed or command
    return [
        DialogueOpened(
            lead=command.lead,
            supporting=command.supporting,
            edition=law.edition,
            municipality=law.municipality,
            zone=law.zone,
            screening_valid_days=law.screening_valid_days,
        )
    ]


def release_lead(command: ReleaseLead, state: Partnership) -> list[LeadReleased]:
    """Where this section still leads; told late, it says nothing about the section that came after."""
    if state.phase != "dialogue" or state.opened is None or state.opened.lead != command.section:
        return []
    return [LeadReleased(section=state.opened.lead)]


def rematch(command: Rematch, state: Partnership) -> list[RematchRequested]:
    """GL2-3: either side may ask for another section, and says why. What was agreed with this one binds no other."""
    opened = stands_at(state, "dialogue", otherwise=PastDialogue)
    side_of(command.actor, opened)
    return [RematchRequested(section=opened.lead, reason=command.reason)]


def classify_cost(command: ClassifyCost, state: Partnership) -> list[CostClassified]:
    """At any time before the signature. Approval is finance's word on this very class and amount (V01)."""
    opened = stands_at(state, *UNDER_WAY, otherwise=DialogueOver)
    if command.actor.role == Role.SECTION:
        by_lead(command.actor, opened)
    amount_goes_with_class(command.class_, command.amount_yen)
    return [
        CostClassified(
            class_=command.class_,
            amount_yen=command.amount_yen,
            approved_by_finance=command.actor.role == Role.FINANCE,
            note=command.note,
        )
    ]


def record(command: RecordDialogue, state: Partnership) -> list[MinutesDrafted]:
    opened = stands_at(state, *TALKS, otherwise=DialogueOver)
    side = side_of(command.actor, opened)
    if command.held_on > day(command.at, opened.zone):
        raise NotHeldYet()
    number = len(state.minutes) + 1
    return [MinutesDrafted(number=number, held_on=command.held_on, text=command.text, by=side)]


def confirm(command: ConfirmMinutes, state: Partnership) -> list[DialogueHeld]:
    """GL5-02: minutes count when both sides stand by them."""
    opened = stands_at(state, *TALKS, otherwise=DialogueOver)
    side = side_of(command.actor, opened)
    if command.number > len(state.minutes):
        raise NoSuchMinutes()
    minutes = state.minutes[command.number - 1]
    if minutes.by == side:
        raise OwnWords()
    return [] if minutes.confirmed else [DialogueHeld(number=command.number, held_on=minutes.held_on)]


def propose_goals(command: AgreeGoals, state: Partnership) -> list[GoalsProposed]:
    """Goals proposed anew are shared anew."""
    opened = stands_at(state, "dialogue", otherwise=GoalsAreFixed)
    return [
        GoalsProposed(
            number=state.goals.number + 1 if state.goals else 1,
            goals=command.goals,
            benefit_city=command.benefit_city,
            benefit_partner=command.benefit_partner,
            by=side_of(command.actor, opened),
        )
    ]


def confirm_goals(command: ConfirmGoals, state: Partnership) -> list[GoalsShared]:
    opened = stands_at(state, "dialogue", otherwise=GoalsAreFixed)
    side = side_of(command.actor, opened)
    if state.goals is None:
        raise NoGoalsProposed()
    if command.number is not None and command.number != state.goals.number:
        raise GoalsChanged(f"The last are number {state.goals.number}.")
    if state.goals.by == side:
        raise OwnWords()
    return [] if state.goals.shared else [GoalsShared(number=state.goals.number)]
