"""Which fact leads to which notice, and what of the fact it says. Pure.

A refusal cites its clauses (V07) and says until when it can be asked to be looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from chassis.decider import Recorded
from chassis.mail import is_address
from contracts import agreements, intake, matching, publication, screening
from contracts.agreements import AgreementSigned, AwardedToOther, OutcomeDecided, ProcurementOpened
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import (
    Addressee,
    ConsultationAnswered,
    ConsultationOpened,
    CorrectionRequested,
    GuidelineMigrated,
    NoticeKind,
    NoticeUndeliverable,
    ProposalLapsed,
    ProposalReceived,
    ProposalSubmitted,
    TurnedFree,
    WithdrawalCameTooLate,
    Withdrawn,
)
from contracts.matching import Matched, NoMatchConcluded
from contracts.publication import PublicationProposed, ThirdPartyAsked, ThirdPartyTold
from contracts.screening import Answer, DecisionRevoked, DecisionUpheld, EligibilityDecided, RescreenRequired
from contracts.text import CaseId, ClauseId, EditionId, SectionId
from guidelines.wording import wareki

Contact = Confidential[str] | None
AWARDED_TO_OTHER = "awarded_to_other"  # what such a notice is about, for its template

# Told in any case: by post where no address of mail is known. The others go to those who gave one.
IN_ANY_CASE: frozenset[NoticeKind] = frozenset(
    {
        "correction",
        "lapsed",
        "ineligible",
        "upheld",
        "revoked",
        "stopped",
        "resumed",
        "no_match",
        "not_established",
        "procurement",
        "withdrawal_too_late",
        "turned_free",
        "migrated",
        "publication_proposed",
        "opinion_asked",
        "disclosure_decided",
    }
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A notice before it has a number and an addressee. What is None follows from the case."""

    kind: NoticeKind
    to: Addressee = "proposer"
    cites: tuple[ClauseId, ...] = ()
    edition: EditionId | None = None
    law_edition: EditionId | None = None
    until: date | None = None
    section: SectionId | None = None
    about: str | None = None
    words: tuple[Confidential[str], ...] = ()
    case: CaseId | None = None  # whose proposer is told, where the fact stands on a stream of something else


def plan(recorded: Recorded) -> Plan | None:
    """The notice that a fact leads to, if any."""
    planned = PLANS.get(type(recorded.fact))
    return planned(recorded.fact) if planned else None


def _submitted(fact: ProposalSubmitted) -> Plan | None:
    """Who gave no address has the receipt from the answer of the form, or from the counter."""
    return Plan("submitted") if address(fact.proposer.contact) else None


def _consultation_opened(fact: ConsultationOpened) -> Plan | None:
    return Plan("consultation_opened", until=fact.answer_by) if address(fact.contact) else None


def _consultation_answered(fact: ConsultationAnswered) -> Plan:
    return Plan("consultation_answered", section=fact.section, words=(fact.answer,))


def _correction(fact: CorrectionRequested) -> Plan:
    return Plan("correction", until=fact.due, words=fact.items)


def _lapsed(fact: ProposalLapsed) -> Plan:
    return Plan("lapsed", until=fact.due)


def _accepted(fact: ProposalReceived) -> Plan:
    return Plan("accepted", edition=fact.edition)


def _decided(fact: EligibilityDecided) -> Plan:
    if fact.decision == "eligible":
        return Plan("resumed" if fact.resumes else "eligible", edition=fact.edition)
    return Plan(
        "ineligible",
        cites=fact.clauses,
        edition=fact.edition,
        law_edition=fact.law_edition,
        until=fact.reconsider_by,
        words=tuple(_ground(answer) for answer in fact.answers if answer.applies),
    )


def _ground(answer: Answer) -> Confidential[str]:
    """Where it can be looked up that a clause applies; of an entry of a register, also until when."""
    end = f"({wareki(answer.until)}まで)" if answer.until else ""
    return Confidential(f"{answer.clause}  {answer.evidence}{end}")


def _upheld(fact: DecisionUpheld) -> Plan:
    return Plan("upheld", words=(fact.reasons,))


def _upheld_at_the_end(fact: matching.DecisionUpheld | agreements.DecisionUpheld) -> Plan:
    return Plan("upheld", cites=fact.clauses, edition=fact.edition, words=(fact.reasons,))


def _revoked(fact: DecisionRevoked) -> Plan:
    return Plan("revoked", about="screening", words=(fact.reasons,))


def _asked_anew(fact: matching.DecisionRevoked) -> Plan:
    return Plan("revoked", about="matching", words=(fact.reasons,))


def _evaluated_anew(fact: agreements.DecisionRevoked) -> Plan:
    return Plan("revoked", about="evaluation", words=(fact.reasons,))


def _stopped(fact: RescreenRequired) -> Plan | None:
    """The clause says why; the entry of the register may be about somebody else than who reads this."""
    return None if fact.agreed else Plan("stopped", cites=(fact.clause,))


def _matched(fact: Matched) -> Plan:
    return Plan("matched", edition=fact.edition, section=fact.lead)


def _no_match(fact: NoMatchConcluded) -> Plan:
    return Plan(
        "no_match",
        cites=fact.clauses,
        edition=fact.edition,
        until=fact.reconsider_by,
        words=(fact.reasons,),
    )


def _outcome(fact: OutcomeDecided) -> Plan | None:
    if fact.next == "procurement":
        return Plan("procurement", cites=fact.clauses, edition=fact.edition, words=(fact.reasons,))
    if fact.outcome != "not_established":
        return None
    return Plan(
        "not_established",
        cites=fact.clauses,
        edition=fact.edition,
        until=fact.reconsider_by,
        words=(fact.reasons,),
    )


def _awarded_to_other(fact: AwardedToOther) -> Plan:
    """Nothing is established with the proposer; the contract is somebody else's, which is not looked at again."""
    return Plan(
        "not_established",
        cites=fact.clauses,
        edition=fact.edition,
        about=AWARDED_TO_OTHER,
        words=(fact.reasons,),
    )


def _procurement(fact: ProcurementOpened) -> Plan:
    """GL6-1: from now on the rules of contracts hold, and the contract may become somebody else's."""
    return Plan("procurement", about=fact.ground, words=(fact.reason,) if fact.reason else ())


def _agreed(fact: AgreementSigned) -> Plan:
    return Plan("agreed", until=fact.term_to, about=fact.form, words=(fact.title,))


def _withdrawn(fact: Withdrawn) -> Plan:
    return Plan("withdrawn")


def _too_late(fact: WithdrawalCameTooLate) -> Plan:
    return Plan("withdrawal_too_late")


def _turned_free(fact: TurnedFree) -> Plan:
    return Plan("turned_free", about=fact.theme, words=(Confidential(fact.reason),))


def _migrated(fact: GuidelineMigrated) -> Plan:
    return Plan(
        "migrated", edition=fact.to_edition, about=fact.from_edition, words=(Confidential(fact.reason),)
    )


def _publication_proposed(fact: PublicationProposed) -> Plan:
    """What it says is read under its own address, where the reading is kept (V17)."""
    return Plan("publication_proposed")


def _opinion_asked(fact: ThirdPartyAsked) -> Plan:
    """V18: before anything is decided."""
    return Plan("opinion_asked", until=fact.opinion_by, case=fact.case)


def _disclosure_decided(fact: ThirdPartyTold) -> Plan:
    """V18: in time to object; what is disclosed at all says from when."""
    return Plan("disclosure_decided", until=fact.disclose_on, about=fact.decision, case=fact.case)


def _escalation(
    fact: intake.EscalationRaised | screening.EscalationRaised | publication.EscalationRaised,
) -> Plan:
    """V22: what waits longer than it should is somebody's to look after."""
    return Plan("escalation", to="office", until=fact.due, about=fact.waiting_for)


def _section_escalation(fact: matching.EscalationRaised | agreements.EscalationRaised) -> Plan:
    return Plan("escalation", to="office", until=fact.due, about=fact.waiting_for, section=fact.section)


def _undeliverable(fact: NoticeUndeliverable) -> Plan | None:
    """What did not reach a proposer goes by post; what does not reach the office is told to nobody else."""
    return Plan("undeliverable", to="office", about=fact.reason) if fact.to == "proposer" else None


def address(contact: Contact) -> str | None:
    """The address of mail that somebody gave as their contact; None where it is a phone number or anything else."""
    text = contact.reveal().strip() if contact else ""
    return text if is_address(text) else None


PLANS: Mapping[type[Fact], Callable[..., Plan | None]] = {
    ProposalSubmitted: _submitted,
    ConsultationOpened: _consultation_opened,
    ConsultationAnswered: _consultation_answered,
    CorrectionRequested: _correction,
    ProposalLapsed: _lapsed,
    ProposalReceived: _accepted,
    EligibilityDecided: _decided,
    DecisionUpheld: _upheld,
    DecisionRevoked: _revoked,
    matching.DecisionUpheld: _upheld_at_the_end,
    matching.DecisionRevoked: _asked_anew,
    agreements.DecisionUpheld: _upheld_at_the_end,
    agreements.DecisionRevoked: _evaluated_anew,
    RescreenRequired: _stopped,
    Matched: _matched,
    NoMatchConcluded: _no_match,
    OutcomeDecided: _outcome,
    AwardedToOther: _awarded_to_other,
    ProcurementOpened: _procurement,
    AgreementSigned: _agreed,
    Withdrawn: _withdrawn,
    PublicationProposed: _publication_proposed,
    ThirdPartyAsked: _opinion_asked,
    ThirdPartyTold: _disclosure_decided,
    publication.EscalationRaised: _escalation,
    WithdrawalCameTooLate: _too_late,
    TurnedFree: _turned_free,
    GuidelineMigrated: _migrated,
    intake.EscalationRaised: _escalation,
    screening.EscalationRaised: _escalation,
    matching.EscalationRaised: _section_escalation,
    agreements.EscalationRaised: _section_escalation,
    NoticeUndeliverable: _undeliverable,
}
