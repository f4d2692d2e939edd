"""What waits in the talks longer than it should is somebody's to look after (V22)."""

from __future__ import annotations

from typing import assert_never

from contracts.agreements import EscalationRaised
from contracts.text import SectionId
from services.agreements.domain.commands import EscalateTalks
from services.agreements.domain.dialogue import TALKS
from services.agreements.domain.standing import is_over
from services.agreements.domain.state import Partnership


def escalate(command: EscalateTalks, state: Partnership) -> list[EscalationRaised]:
    """Where it is still waited for, and since no later day. A case that is stopped waits as well; for the erasure of
    personal data also one that is over (V37)."""
    over = is_over(state) and command.waiting_for != "erasure"
    if over or not _waits(command, state):
        return []
    return [
        EscalationRaised(
            waiting_for=command.waiting_for,
            due=command.due,
            number=command.number,
            section=_section(command, state),
        )
    ]


def _waits(command: EscalateTalks, state: Partnership) -> bool:
    match command.waiting_for:
        case "pilot_end":
            running = state.phase in ("pilot_running", "pilot_suspended")
            return running and state.pilot.report_by == command.due
        case "pilot_suspended":
            return state.phase == "pilot_suspended" and state.pilot.review_by == command.due
        case "resource":
            number = command.number or 0
            return (
                state.phase in TALKS
                and 1 <= number <= len(state.requests)
                and state.requests[number - 1].answer is None
            )
        case "erasure":
            return state.pilot.erase_by == command.due
        case "reconsideration":
            return False  # which has a command of its own
        case _:
            assert_never(command.waiting_for)


def _section(command: EscalateTalks, state: Partnership) -> SectionId | None:
    if command.number is not None:
        return state.requests[command.number - 1].asked.section
    return state.opened.lead if state.opened else None
