"""An agreement from its first day to its last: entered, renewed or not, expired or terminated (V09, V30, V31)."""

from __future__ import annotations

from datetime import timedelta

import guidelines
from chassis.decider import Refused
from contracts.agreements import (
    AgreementEntered,
    AgreementExpired,
    AgreementRenewed,
    AgreementScreeningNoted,
    AgreementTerminated,
    Expiry,
    Ground,
    NonRenewalNotified,
    ProjectDecisionDue,
    RenewalScreeningDue,
    Side,
)
from contracts.days import day
from contracts.text import EditionId
from services.agreements.domain.agreement import terms
from services.agreements.domain.agreement.commands import (
    EndWithAgreement,
    EnterAgreement,
    Expire,
    GiveNotice,
    NoteAgreementScreening,
    RenewAgreement,
    RequestRenewalScreening,
    TerminateAgreement,
)
from services.agreements.domain.agreement.projects import to_decide
from services.agreements.domain.agreement.standing import EndsByNotice, side_of, stands
from services.agreements.domain.agreement.state import Agreement
from services.agreements.policies import ClauseMissing, clauses_stand_in

Renewed = list[AgreementRenewed | AgreementExpired | ProjectDecisionDue]
Ended = list[AgreementTerminated | ProjectDecisionDue]


class NothingToRenew(Refused):
    """This agreement does not renew itself; it needs no notice."""


class NoticeTooLate(Refused):
    """The last day for a notice has passed; the agreement goes on for another term, if the partner is clear."""


class ConsentMissing(Refused):
    """By mutual consent means that the partner's signatory signs too; name them."""


class NothingFound(Refused):
    """No measure or finding stands against the partner; terminate on another ground."""


def enter(command: EnterAgreement, state: Agreement) -> list[AgreementEntered]:
    """V26: one of three forms. Once."""
    if state.entered is not None:
        return []
    pinned = {name: getattr(command, name) for name in AgreementEntered.model_fields if name != "notice_by"}
    last = terms.notice_by(command.term_to, command.notice_days, command.renews, command.calendar)
    return [AgreementEntered(**pinned, notice_by=last)]


def note_screening(command: NoteAgreementScreening, state: Agreement) -> list[AgreementScreeningNoted]:
    """V09: a screening as of an earlier day replaces no later one. Before the signature it is no matter of ours."""
    if state.entered is None or state.ended is not None:
        return []
    if state.screening is not None and command.as_of < state.screening.as_of:
        return []
    return [AgreementScreeningNoted(as_of=command.as_of, clear=command.clear)]


def give_notice(command: GiveNotice, state: Agreement) -> list[NonRenewalNotified]:
    """V30: on or before the notice date, by either side; also while the agreement rests."""
    entered, agreed = stands(state)
    side = side_of(command.actor, entered)
    if state.noticed:
        raise EndsByNotice()
    if agreed.notice_by is None or agreed.term_to is None:
        raise NothingToRenew()
    if day(command.at, entered.zone) > agreed.notice_by:
        raise NoticeTooLate(f"It was {agreed.notice_by}.")
    return [NonRenewalNotified(by=side, term_to=agreed.term_to, reason=command.reason, zone=entered.zone)]


def request_screening(command: RequestRenewalScreening, state: Agreement) -> list[RenewalScreeningDue]:
    """Once for each term that would be renewed."""
    if state.terms is None or state.ended is not None or state.noticed or not state.terms.renews:
        return []
    if state.terms.term_to != command.term_to or state.screening_asked == command.term_to:
        return []
    return [RenewalScreeningDue(term_to=command.term_to)]


def renew(command: RenewAgreement | Expire, state: Agreement) -> Renewed:
    """V30: renewed only if no notice was given and the partner is clear by a recent screening (V09); else it expires.

    The age of the screening is that on the first day of the next term, however late the timer comes to it. A timer
    of a term that was changed, or is renewed already, finds nothing to do.
    """
    if state.entered is None or state.terms is None or state.ended is not None:
        return []
    entered, agreed = state.entered, state.terms
    if agreed.term_to is None or agreed.term_to != command.term_to:
        return []
    if (why := _stands_against_renewal(state)) is None:
        if isinstance(command, Expire) or state.screening is None:
            return []  # it was amended since, and another timer comes
        until = terms.renewed_until(agreed.term_to, agreed.renewal_months)
        return [
            AgreementRenewed(
                term_from=agreed.term_to + terms.A_DAY,
                term_to=until,
                notice_by=terms.notice_by(until, agreed.notice_days, agreed.renews, entered.calendar),
                screening_as_of=state.screening.as_of,
                zone=entered.zone,
                screening_valid_days=entered.screening_valid_days,
            )
        ]
    expired = AgreementExpired(term_to=agreed.term_to, reason=why)
    today = day(command.at, entered.zone)
    return [expired, *to_decide(state, today)]


def _stands_against_renewal(state: Agreement) -> Expiry | None:
    """V09, V30."""
    assert state.entered is not None, "only what was entered is renewed"
    assert state.terms is not None, "what was entered has terms"
    assert state.terms.term_to is not None, "only a term that ends is renewed"
    if state.noticed:
        return "notice"
    if not state.terms.renews:
        return "term_only"
    if state.stopped:
        return "suspended"
    oldest = state.terms.term_to + terms.A_DAY - timedelta(days=state.entered.screening_valid_days)
    if state.screening is None or state.screening.as_of < oldest:
        return "not_screened"
    return None if state.screening.clear else "not_clear"


def terminate(command: TerminateAgreement, state: Agreement) -> Ended:
    """On a ground, with reasons; every active project under it then waits for its own decision (V31)."""
    entered, _ = stands(state)
    side = side_of(command.actor, entered)
    if command.ground == "mutual_consent" and command.partner_signatory is None:
        raise ConsentMissing()
    if command.ground == "adverse_fact" and not _found(state):
        raise NothingFound()
    if side == "city" and command.ground != "mutual_consent" and not command.clauses:
        raise ClauseMissing()
    clauses_stand_in(guidelines.load(entered.edition), command.clauses)
    return _terminated(command, command.ground, side, entered.edition, state)


def end_with_agreement(command: EndWithAgreement, state: Agreement) -> Ended:
    """V31: as it was decided of this project. Late or twice, nothing follows."""
    if state.entered is None or state.ended is not None:
        return []
    return _terminated(command, "agreement_ended", "city", command.edition, state)


def _terminated(
    command: TerminateAgreement | EndWithAgreement,
    ground: Ground,
    side: Side,
    edition: EditionId,
    state: Agreement,
) -> Ended:
    assert state.entered is not None
    today = day(command.at, state.entered.zone)
    terminated = AgreementTerminated(
        ground=ground,
        by=side,
        reasons=command.reasons,
        clauses=command.clauses,
        edition=edition,
        terminated_on=today,
    )
    return [terminated, *to_decide(state, today)]


def _found(state: Agreement) -> bool:
    return state.stopped or (state.screening is not None and not state.screening.clear)
