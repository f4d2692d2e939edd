"""Who uses a person that a finding is about, from when until when (V12).

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from chassis.decider import Decider, Refused
from contracts.days import day
from contracts.screening import EmploymentLinkRecorded, EmploymentLinkStarted
from services.screening.domain.measure import EndsBeforeItStarts
from services.screening.domain.register_commands import LinkCommand, RecordEmploymentLink, StartEmploymentLink

LinkFact = EmploymentLinkRecorded | EmploymentLinkStarted


class LinkRecordedBefore(Refused):
    """There is a link of this number already that says something else; give the reason for correcting it."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link says, and whether it has started."""

    link: EmploymentLinkRecorded | None = None
    started: bool = False


def decide(command: LinkCommand, state: Linked) -> list[LinkFact]:
    match command:
        case RecordEmploymentLink():
            return _recorded(command, state)
        case StartEmploymentLink():
            return _started(command, state)
        case _:
            assert_never(command)


def _recorded(command: RecordEmploymentLink, state: Linked) -> list[LinkFact]:
    """V12: during the period only, both days included."""
    if command.to is not None and command.to < command.from_:
        raise EndsBeforeItStarts()
    said = EmploymentLinkRecorded(
        corporate_number=command.corporate_number,
        person=command.person,
        role=command.role,
        from_=command.from_,
        to=command.to,
        zone=command.zone,
    )
    if state.link is None:
        return [said]
    if said == state.link.model_copy(update={"reason": None}):
        return []
    if command.reason is None:
        raise LinkRecordedBefore()
    return [said.model_copy(update={"reason": command.reason})]


def _started(command: StartEmploymentLink, state: Linked) -> list[LinkFact]:
    if state.link is None or state.started:
        return []
    today = day(command.at, state.link.zone)
    over = state.link.to is not None and state.link.to < today
    return [] if over or today < state.link.from_ else [EmploymentLinkStarted()]


def evolve(state: Linked, fact: LinkFact) -> Linked:
    match fact:
        case EmploymentLinkRecorded():
            return Linked(fact)
        case EmploymentLinkStarted():
            return Linked(state.link, started=True)
        case _:
            assert_never(fact)


LINK: Decider[LinkCommand, Linked, LinkFact] = Decider(
    "link", (RecordEmploymentLink, StartEmploymentLink), Linked(), decide, evolve
)
