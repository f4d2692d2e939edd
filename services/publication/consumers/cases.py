"""What others tell of a case: whose it is, and what it came to."""

from __future__ import annotations

from datetime import date, datetime

from chassis.decider import Recorded
from contracts import agreements, matching, screening
from contracts.agreements import AgreementSigned, AwardedToOther, OutcomeDecided
from contracts.days import day
from contracts.fact import Fact
from contracts.intake import ProposalReceived, ProposerJoined, Withdrawn
from contracts.matching import NoMatchConcluded
from contracts.publication import Result
from contracts.screening import EligibilityDecided
from services.publication.consumers.following import PUBLICATION, Following, Says
from services.publication.domain.publication import NoteCase, NoteProposer, NoteResult, NoteSignature


def of_cases() -> dict[type[Fact], Says]:
    """Fact of another service → the commands that follow from it here."""
    return {
        ProposalReceived: note_case,
        ProposerJoined: note_proposer,
        Withdrawn: note_withdrawal,
        EligibilityDecided: note_eligibility,
        screening.DecisionRevoked: note_revocation,
        matching.DecisionRevoked: note_revocation,
        agreements.DecisionRevoked: note_revocation,
        NoMatchConcluded: note_nothing_established,
        AwardedToOther: note_nothing_established,
        OutcomeDecided: note_outcome,
        AgreementSigned: note_signature,
    }


def note_case(recorded: Recorded, at: datetime) -> Following:
    """Whose case it is: who consents later, and who is asked about a disclosure (V18)."""
    fact = recorded.fact
    assert isinstance(fact, ProposalReceived)
    command = NoteCase(
        actor=PUBLICATION,
        at=at,
        partner=fact.partner,
        kind="theme_proposal" if fact.theme else "free_proposal",
        theme=fact.theme,
        edition=fact.edition,
        municipality=fact.municipality,
        received_on=fact.received_on,
        secret_hash=fact.secret_hash,
        proposers=fact.proposers,
    )
    return [(recorded.id, command)]


def note_proposer(recorded: Recorded, at: datetime) -> Following:
    """Whoever joined a proposal acts for its partner here, too (V15)."""
    fact = recorded.fact
    assert isinstance(fact, ProposerJoined)
    return [(recorded.id, NoteProposer(actor=PUBLICATION, at=at, person=fact.person))]


def note_withdrawal(recorded: Recorded, at: datetime) -> Following:
    return _result(recorded, at, "withdrawn")


def note_eligibility(recorded: Recorded, at: datetime) -> Following:
    """Found eligible again, a case that had been stopped goes on."""
    fact = recorded.fact
    assert isinstance(fact, EligibilityDecided)
    if fact.decision == "ineligible":
        return _result(recorded, at, "ineligible")
    return _result(recorded, at, "running") if fact.resumes else []


def note_revocation(recorded: Recorded, at: datetime) -> Following:
    """What had come to nothing is decided on again (V34)."""
    return _result(recorded, at, "running")


def note_nothing_established(recorded: Recorded, at: datetime) -> Following:
    """Nobody leads the case; or what it led to goes to somebody else."""
    return _result(recorded, at, "not_established")


def note_outcome(recorded: Recorded, at: datetime) -> Following:
    """What leads to an agreement counts when it is signed."""
    fact = recorded.fact
    assert isinstance(fact, OutcomeDecided)
    return _result(recorded, at, "not_established") if fact.outcome == "not_established" else []


def note_signature(recorded: Recorded, at: datetime) -> Following:
    """V15: from the signature on a case may be published."""
    fact = recorded.fact
    assert isinstance(fact, AgreementSigned)
    command = NoteSignature(
        actor=PUBLICATION,
        at=at,
        form=fact.form,
        signed_on=fact.signed_on,
        term_from=fact.term_from,
        term_to=fact.term_to,
    )
    return [(recorded.id, command)]


def _result(recorded: Recorded, at: datetime, result: Result) -> Following:
    return [(recorded.id, NoteResult(actor=PUBLICATION, at=at, result=result, on=_on(recorded)))]


def _on(recorded: Recorded) -> date:
    return day(recorded.envelope.time)
