"""Which facts follow when somebody asks the window, answers, or turns a question into a proposal.

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from typing import assert_never

from chassis.decider import Decider, NotYours, Refused
from contracts.actors import Actor, Role
from contracts.days import day
from contracts.intake import (
    ConsultationAnswered,
    ConsultationClosed,
    ConsultationOpened,
    ConsultationReferred,
    ConversionUndone,
    EscalationRaised,
    IdeaRead,
)
from contracts.text import SectionId
from services.intake.domain.consultation.commands import (
    AnswerConsultation,
    CloseConsultation,
    ConsultationCommand,
    ConvertToProposal,
    EscalateConsultation,
    OpenConsultation,
    ReadConsultation,
    ReferConsultation,
    UndoConversion,
)
from services.intake.domain.consultation.conversion import converted
from services.intake.domain.consultation.state import Consultation, ConsultationFact, evolve, still_open
from services.intake.policies import entered_by_the_right_hand


class ConsultationOpenedBefore(Refused):
    """There is a consultation of this id already; choose a new one."""


class NoSuchConsultation(Refused):
    """There is no consultation of this id; open it first."""


class AnsweredBefore(Refused):
    """This consultation is answered; for a further question open a new one."""


class NotAnsweredYet(Refused):
    """Answer the consultation before it is closed."""


class AnswerNotDueYet(Refused):
    """The answer may still come until the end of its day."""


class NotYoursToRead(NotYours):
    """Only the window, and the section it asked for the answer, may read a consultation."""


class NotYoursToAnswer(NotYours):
    """Only the window, and the section it asked, answer a consultation; let the window refer it first."""


class SectionNotOfTheEdition(Refused):
    """There is no such section in the edition in force; refer the consultation to one of its sections."""


class SectionMissing(NotYours):
    """Say which section you act for: section:id:S14."""


def decide(command: ConsultationCommand, state: Consultation) -> list[ConsultationFact]:
    if isinstance(command, OpenConsultation):
        return _opened(command, state)
    asked = _asked(state)
    match command:
        case ReferConsultation(section=section):
            still_open(state)
            if not command.section_known:
                raise SectionNotOfTheEdition(f"It is {section}.")
            return [] if section in state.referred else [ConsultationReferred(section=section)]
        case ReadConsultation(actor=actor):
            _may_read(command, state, asked)
            return [
                IdeaRead(reader=actor.id, role=actor.role, section=actor.section, purpose=command.purpose)
            ]
        case AnswerConsultation(actor=actor):
            if state.status == "answered":
                raise AnsweredBefore()
            still_open(state)
            answering = _section_of(actor)
            if answering is not None and answering not in state.referred:
                raise NotYoursToAnswer()
            return [_answered(command, answering)]
        case ConvertToProposal():
            return [converted(command, state, asked)]
        case UndoConversion(case=case):
            ours = state.status == "converted" and case == state.case
            return [ConversionUndone(case=case, answered=state.answered)] if ours else []
        case CloseConsultation():
            if state.status == "open":
                raise NotAnsweredYet()
            still_open(state)
            return [ConsultationClosed()]
        case EscalateConsultation(due=due):
            if state.status != "open" or due == state.escalated:
                return []
            if day(command.at) <= due:
                raise AnswerNotDueYet(f"It is due on {due}.")
            return [EscalationRaised(waiting_for="consultation_answer", due=due)]
        case _:
            assert_never(command)


def _opened(command: OpenConsultation, state: Consultation) -> list[ConsultationFact]:
    if state.status != "new":
        raise ConsultationOpenedBefore()
    entered_by_the_right_hand(command)
    on_the_web = command.actor.role == Role.PROPOSER
    return [
        ConsultationOpened(
            receipt_number=command.receipt_number,
            secret_hash=command.secret_hash,
            channel=command.channel,
            topic=command.topic,
            question=command.question,
            organisation=command.organisation,
            contact=command.contact,
            asked_by=command.actor.id if on_the_web else None,
            opened_on=day(command.at),
            answer_by=command.answer_by,
        )
    ]


def _answered(command: AnswerConsultation, section: SectionId | None) -> ConsultationAnswered:
    return ConsultationAnswered(answer=command.answer, section=section, answered_on=day(command.at))


def _asked(state: Consultation) -> ConsultationOpened:
    if state.asked is None:
        raise NoSuchConsultation()
    return state.asked


def _may_read(command: ReadConsultation, state: Consultation, asked: ConsultationOpened) -> None:
    """GL5-04, V17: the office, the section it asked, and who asked."""
    match command.actor.role:
        case Role.PROPOSER:
            allowed = command.proved or command.actor.id == asked.asked_by
        case Role.SECTION:
            allowed = command.actor.section in state.referred
        case _:
            allowed = True
    if not allowed:
        raise NotYoursToRead()


def _section_of(actor: Actor) -> SectionId | None:
    """The section that answers; None for the office."""
    if actor.role != Role.SECTION:
        return None
    if actor.section is None:
        raise SectionMissing()
    return actor.section


CONSULTATION: Decider[ConsultationCommand, Consultation, ConsultationFact] = Decider(
    "consultation",
    (
        OpenConsultation,
        ReferConsultation,
        ReadConsultation,
        AnswerConsultation,
        ConvertToProposal,
        UndoConversion,
        CloseConsultation,
        EscalateConsultation,
    ),
    Consultation(),
    decide,
    evolve,
)
