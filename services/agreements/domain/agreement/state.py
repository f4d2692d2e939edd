"""What decisions about an agreement need to know, and how each fact changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, assert_never

from contracts.agreements import (
    AgreementAmended,
    AgreementEntered,
    AgreementExpired,
    AgreementReinstated,
    AgreementRenewed,
    AgreementScreeningNoted,
    AgreementSuspended,
    AgreementTerminated,
    AmendmentApproved,
    AmendmentProposed,
    NonRenewalNotified,
    PaymentRecorded,
    ProjectAdded,
    ProjectDecided,
    ProjectDecisionDue,
    ProjectDecisionOverdue,
    ProjectEnded,
    ProposersNoted,
    RenewalScreeningDue,
)
from contracts.intake import CostClass

AgreementFact = (
    AgreementEntered
    | AmendmentProposed
    | AmendmentApproved
    | AgreementAmended
    | NonRenewalNotified
    | RenewalScreeningDue
    | AgreementScreeningNoted
    | AgreementRenewed
    | AgreementExpired
    | AgreementSuspended
    | AgreementReinstated
    | AgreementTerminated
    | ProposersNoted
    | ProjectAdded
    | ProjectEnded
    | ProjectDecisionDue
    | ProjectDecided
    | ProjectDecisionOverdue
    | PaymentRecorded
)

Status = Literal["new", "effective", "notice", "suspended", "expired", "terminated"]
End = Literal["expired", "terminated"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed on now."""

    fields: tuple[str, ...]
    cost_class: CostClass
    term_from: date
    term_to: date | None
    renews: bool
    renewal_months: int
    notice_days: int
    notice_by: date | None


@dataclass(frozen=True, slots=True)
class Amendment:
    """The change proposed last; None of it holds yet."""

    proposed: AmendmentProposed
    approved: bool = False


@dataclass(frozen=True, slots=True)
class UnderIt:
    """A project: active, waiting for a decision by a day, or done with."""

    field: str
    status: Literal["active", "to_decide", "continues", "ends", "ended"] = "active"
    decide_by: date | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement from its signature to its end."""

    entered: AgreementEntered | None = None
    terms: Terms | None = None
    stopped: bool = False  # may be told before the agreement is entered
    by_rule: bool = False  # stopped by what screening told: then it is cleared there
    noticed: bool = False
    ended: End | None = None
    screening: AgreementScreeningNoted | None = None  # that of the latest day
    cleared: bool = False  # since it was stopped
    screening_asked: date | None = None  # for a renewal, at the end of this term
    amendments: int = 0
    paid_yen: int = 0
    amendment: Amendment | None = None
    projects: Mapping[str, UnderIt] = field(default_factory=dict)
    proposers: tuple[str, ...] = ()  # who acts for the partner; may be told before the agreement is entered

    @property
    def status(self) -> Status:
        if self.entered is None:
            return "new"
        if self.ended is not None:
            return self.ended
        if self.stopped:
            return "suspended"
        return "notice" if self.noticed else "effective"


def evolve(state: Agreement, fact: AgreementFact) -> Agreement:
    match fact:
        case AgreementEntered():
            paid = fact.procured.paid_yen if fact.procured else 0
            return replace(
                state,
                entered=fact,
                terms=_agreed(fact),
                screening=_relied_on(fact),
                paid_yen=paid,
                proposers=tuple(dict.fromkeys((*state.proposers, *fact.proposers))),
            )
        case ProposersNoted():
            return replace(state, proposers=fact.persons)
        case AmendmentProposed():
            return replace(state, amendments=fact.number, amendment=Amendment(fact))
        case AmendmentApproved():
            assert state.amendment is not None, "only what was proposed is approved"
            return replace(state, amendment=replace(state.amendment, approved=True))
        case AgreementAmended():
            return replace(state, terms=_amended(state, fact), amendment=None)
        case NonRenewalNotified():
            return replace(state, noticed=True)
        case RenewalScreeningDue():
            return replace(state, screening_asked=fact.term_to)
        case AgreementScreeningNoted():
            return replace(state, screening=fact, cleared=fact.clear)
        case AgreementRenewed():
            return replace(state, terms=_renewed(state, fact))
        case AgreementExpired():
            return replace(state, ended="expired", amendment=None)
        case AgreementSuspended():
            return replace(state, stopped=True, by_rule=fact.by_rule, cleared=False)
        case AgreementReinstated():
            return replace(state, stopped=False)
        case AgreementTerminated():
            return replace(state, ended="terminated", amendment=None)
        case ProjectAdded():
            return replace(state, projects={**state.projects, fact.project: UnderIt(fact.field)})
        case ProjectEnded():
            return _with(state, fact.project, status="ended", decide_by=None)
        case ProjectDecisionDue():
            return _with(state, fact.project, status="to_decide", decide_by=fact.decide_by)
        case ProjectDecided():
            return _with(state, fact.project, status=fact.decision, decide_by=None)
        case ProjectDecisionOverdue():
            return _with(state, fact.project, overdue=True)
        case PaymentRecorded():
            return replace(state, paid_yen=fact.total_yen)
        case _:
            assert_never(fact)


def _agreed(fact: AgreementEntered) -> Terms:
    return Terms(
        fields=fact.fields,
        cost_class=fact.cost_class,
        term_from=fact.term_from,
        term_to=fact.term_to,
        renews=fact.renews,
        renewal_months=fact.renewal_months,
        notice_days=fact.notice_days,
        notice_by=fact.notice_by,
    )


def _relied_on(fact: AgreementEntered) -> AgreementScreeningNoted:
    return AgreementScreeningNoted(as_of=fact.screening_as_of, clear=True)


def _amended(state: Agreement, fact: AgreementAmended) -> Terms:
    assert state.terms is not None, "only what was entered is amended"
    return Terms(
        fields=fact.fields,
        cost_class=fact.cost_class,
        term_from=state.terms.term_from,
        term_to=fact.term_to,
        renews=fact.renews,
        renewal_months=fact.renewal_months,
        notice_days=fact.notice_days,
        notice_by=fact.notice_by,
    )


def _renewed(state: Agreement, fact: AgreementRenewed) -> Terms:
    assert state.terms is not None, "only what was entered is renewed"
    return replace(state.terms, term_from=fact.term_from, term_to=fact.term_to, notice_by=fact.notice_by)


def _with(state: Agreement, project: str, **now: Any) -> Agreement:
    return replace(state, projects={**state.projects, project: replace(state.projects[project], **now)})
