"""What follows, in the years after a signature, from what other streams and other services tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import guidelines
from chassis.decider import Command, Recorded
from chassis.inbox import Following, Reaction
from contracts.actors import Actor, Role
from contracts.agreements import (
    AgreementExpired,
    AgreementSigned,
    AgreementTerminated,
    AwardedToOther,
    OutcomeDecided,
    PartnerScreeningNoted,
    PartnershipClosed,
    PartnershipEnded,
    ProjectDecided,
    ProjectEnd,
)
from contracts.fact import Fact
from contracts.intake import ProposerJoined
from contracts.screening import EligibilityDecided, RescreenRequired
from services.agreements.domain.agreement import (
    EndProject,
    EndWithAgreement,
    EnterAgreement,
    NoteAgreementScreening,
    ReinstateAgreement,
    SuspendAgreement,
)
from services.agreements.domain.persons import NoteAgreementProposers
from services.agreements.projections import Database, partnership
from services.agreements.projections.agreements import above

AGREEMENTS = Actor(role=Role.SERVICE, id="agreements")

END_OF: dict[type[Fact], ProjectEnd] = {
    PartnershipClosed: "withdrawn",
    PartnershipEnded: "ineligible",
    OutcomeDecided: "not_established",
    AwardedToOther: "not_established",
    AgreementExpired: "agreement_ended",
    AgreementTerminated: "agreement_ended",
}


def years(db: Database) -> dict[type[Fact], Reaction]:
    """Fact → the commands to agreements that follow from it."""

    async def enter(recorded: Recorded, at: datetime) -> Following:
        """It is kept to from now on, under the edition that the case was bound to when it was signed (V32)."""
        fact = recorded.fact
        assert isinstance(fact, AgreementSigned)
        case = await partnership(db, recorded.id)
        assert case is not None, "what was signed had been talked about"
        edition = guidelines.load(case["edition"])
        law = edition.agreements
        command = EnterAgreement(
            actor=AGREEMENTS,
            at=at,
            form=fact.form,
            title=fact.title,
            signed_on=fact.signed_on,
            lead=case.get("lead"),
            fields=fact.fields,
            cost_class=fact.cost_class,
            term_from=fact.term_from,
            term_to=fact.term_to,
            renews=fact.renews,
            renewal_months=fact.renewal_months or law.renewal_months,
            notice_days=law.notice_days if fact.notice_days is None else fact.notice_days,
            screening_as_of=fact.screening_as_of,
            edition=edition.id,
            municipality=edition.municipality,
            zone=edition.zone,
            calendar=edition.calendar,
            screening_valid_days=edition.periods.screening_valid_days,
            min_fields=law.comprehensive_min_fields,
            project_decision_days=law.project_decision,
            procured=fact.procured,
            proposers=tuple(case.get("proposers", ())),
        )
        return [(recorded.id, command)]

    async def suspend(recorded: Recorded, at: datetime) -> Following:
        """An adverse fact: what is signed rests. Looked up, for what is signed may not be entered here yet."""
        fact = recorded.fact
        assert isinstance(fact, RescreenRequired)
        case = await partnership(db, recorded.id)
        if case is None or case["status"] != "agreed":
            return []
        command = SuspendAgreement(
            actor=AGREEMENTS, at=at, clause=fact.clause, measure=fact.measure, reason=fact.reason
        )
        return [(recorded.id, command)]

    async def end_under(recorded: Recorded, at: datetime) -> Following:
        """A case under a comprehensive agreement came to its own end."""
        fact = recorded.fact
        if isinstance(fact, OutcomeDecided) and fact.next != "not_established":
            return []
        agreement = await above(db, recorded.id)
        if agreement is None:
            return []
        command = EndProject(actor=AGREEMENTS, at=at, project=recorded.id, reason=END_OF[type(fact)])
        return [(agreement, command)]

    return {
        AgreementSigned: enter,
        PartnerScreeningNoted: note_screening,
        RescreenRequired: suspend,
        EligibilityDecided: reinstate,
        ProjectDecided: end_with_agreement,
        ProposerJoined: note_proposer,
        **dict.fromkeys(END_OF, end_under),
    }


def note_screening(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """V09: told by the case's own stream, so that it never comes before the signature that it comes after."""
    fact = recorded.fact
    assert isinstance(fact, PartnerScreeningNoted)
    return [
        (recorded.id, NoteAgreementScreening(actor=AGREEMENTS, at=at, as_of=fact.as_of, clear=fact.clear))
    ]


def note_proposer(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """Who joins speaks for the partner of what is signed, too; it may come before the signature (GL5-04)."""
    fact = recorded.fact
    assert isinstance(fact, ProposerJoined)
    return [(recorded.id, NoteAgreementProposers(actor=AGREEMENTS, at=at, persons=(fact.person,)))]


def reinstate(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """Screened again, the case is eligible. A first decision finds no agreement, and is not asked about one."""
    fact = recorded.fact
    assert isinstance(fact, EligibilityDecided)
    return [(recorded.id, ReinstateAgreement(actor=AGREEMENTS, at=at))] if fact.resumes else []


def end_with_agreement(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """V31: it was decided that the project ends; if it has an agreement of its own, that ends too."""
    fact = recorded.fact
    assert isinstance(fact, ProjectDecided)
    if fact.decision != "ends":
        return []
    command = EndWithAgreement(
        actor=AGREEMENTS, at=at, reasons=fact.reasons, clauses=fact.clauses, edition=fact.edition
    )
    return [(fact.project, command)]
