"""What becomes due at agreements: in the talks the end of a pilot, of its standing still, an answer of a section (V22);
over the years the end of a term, the screening before a renewal, a decision about a project, the answer to a request
for reconsideration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from chassis.deadlines import Cancel, Set
from chassis.decider import Recorded
from contracts.actors import Actor, Role
from contracts.agreements import (
    AgreementAmended,
    AgreementEntered,
    AgreementExpired,
    AgreementRenewed,
    AgreementTerminated,
    DecisionRevoked,
    DecisionUpheld,
    NonRenewalNotified,
    PartnershipClosed,
    PersonalDataErased,
    PilotAborted,
    PilotCompleted,
    PilotResumed,
    PilotStarted,
    PilotSuspended,
    ProjectDecided,
    ProjectDecisionDue,
    ProjectEnded,
    ReconsiderationRequested,
    ResourceGranted,
    ResourceRefused,
    ResourceRequested,
    Waiting,
)
from contracts.days import end_of
from services.agreements.domain import EscalateReconsideration
from services.agreements.domain.agreement import (
    EscalateProject,
    Expire,
    RenewAgreement,
    RequestRenewalScreening,
)
from services.agreements.domain.commands import EscalateTalks

TIMER = Actor(role=Role.TIMER, id="agreements")
TERM, SCREENING = "term", "screening"
RECONSIDERATION = "reconsideration"


def due(recorded: Recorded) -> Sequence[Set | Cancel]:
    """V30: what renews itself is looked at when its term is over, and screened before; all else expires then."""
    match recorded.fact:
        case AgreementEntered() | AgreementAmended() as fact:
            return _term(fact.term_to, fact.renews, fact.screening_valid_days, fact.zone)
        case AgreementRenewed() as fact:
            return _term(fact.term_to, True, fact.screening_valid_days, fact.zone)
        case NonRenewalNotified() as fact:
            return _term(fact.term_to, False, 0, fact.zone)
        case AgreementExpired() | AgreementTerminated():
            return [Cancel(TERM), Cancel(SCREENING)]
        case ReconsiderationRequested(decide_by=date() as last, zone=zone):
            passed = end_of(last, zone)
            command = EscalateReconsideration(actor=TIMER, at=passed, due=last)
            return [Set(RECONSIDERATION, passed, command)]
        case DecisionUpheld() | DecisionRevoked() | PartnershipClosed():
            return [Cancel(RECONSIDERATION)]
        case ProjectDecisionDue(project=case, decide_by=last, zone=zone):
            passed = end_of(last, zone)
            return [
                Set(_project(case), passed, EscalateProject(actor=TIMER, at=passed, project=case, due=last))
            ]
        case ProjectDecided(project=case) | ProjectEnded(project=case):
            return [Cancel(_project(case))]
        case _:
            return []


def in_talks(recorded: Recorded) -> Sequence[Set | Cancel]:
    """V22: a pilot past its end, one that stands still, and a request without an answer are escalated."""
    match recorded.fact:
        case PilotStarted(report_by=date() as last, erase_by=erase_by, zone=zone):
            return [_escalate("pilot_end", last, zone), *_erasure(erase_by, zone)]
        case PilotSuspended(review_by=date() as last, zone=zone):
            return [_escalate("pilot_suspended", last, zone)]
        case PilotResumed():
            return [Cancel("pilot_suspended")]
        case PilotCompleted(erase_by=erase_by, zone=zone) | PilotAborted(erase_by=erase_by, zone=zone):
            return [Cancel("pilot_end"), Cancel("pilot_suspended"), *_erasure(erase_by, zone)]
        case PersonalDataErased():
            return [Cancel("erasure")]
        case ResourceRequested(number=number, answer_by=last, zone=zone):
            return [_escalate("resource", last, zone, number)]
        case ResourceGranted(number=number) | ResourceRefused(number=number):
            return [Cancel(f"resource-{number}")]
        case _:
            return []


def _erasure(last: date | None, zone: str) -> list[Set]:
    """V37: whoever keeps personal data longer than planned is told of."""
    return [_escalate("erasure", last, zone)] if last else []


def _escalate(waiting_for: Waiting, last: date, zone: str, number: int | None = None) -> Set:
    passed = end_of(last, zone)
    command = EscalateTalks(actor=TIMER, at=passed, waiting_for=waiting_for, due=last, number=number)
    return Set(f"{waiting_for}-{number}" if number else waiting_for, passed, command)


def _term(last: date | None, renews: bool, valid_days: int, zone: str) -> list[Set | Cancel]:
    if last is None:
        return [Cancel(TERM), Cancel(SCREENING)]
    over = end_of(last, zone)
    if not renews:
        return [Cancel(SCREENING), Set(TERM, over, Expire(actor=TIMER, at=over, term_to=last))]
    first_that_counts = end_of(last - timedelta(days=valid_days), zone)  # the morning after
    return [
        Set(
            SCREENING,
            first_that_counts,
            RequestRenewalScreening(actor=TIMER, at=first_that_counts, term_to=last),
        ),
        Set(TERM, over, RenewAgreement(actor=TIMER, at=over, term_to=last)),
    ]


def _project(case: str) -> str:
    return f"project-{case}"
