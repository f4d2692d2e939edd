"""How a question becomes a proposal: under a new case, with what was asked carried over.

Pure: no I/O, no clock, no new ids. Only who asked does it (GL5-04): on the web the same person, otherwise whoever has
the secret of the receipt; the office does it for those who come to it.
"""

from __future__ import annotations

import hashlib
import hmac

from chassis.decider import NotYours, Refused
from contracts.actors import Actor, Role
from contracts.confidential import Confidential
from contracts.intake import ConsultationConverted, ConsultationOpened, ProposalForm, Proposer
from services.intake.domain.consultation.commands import ConvertToProposal
from services.intake.domain.consultation.state import Consultation, still_open
from services.intake.policies import SUBMISSION


class OrganisationUnknown(Refused):
    """The consultation names no organisation; say the name of who proposes."""


class CaseIdTaken(Refused):
    """There is a case of this id already; choose a new case id."""


class NotYourConsultation(NotYours):
    """Only who asked turns the question into a proposal; send the secret of its receipt."""


def converted(
    command: ConvertToProposal, state: Consultation, asked: ConsultationOpened
) -> ConsultationConverted:
    """Held to the rules of a submission, so that the proposal that follows is in order."""
    _asked_it(command.actor, command.secret, asked)
    still_open(state)
    if command.case_taken:
        raise CaseIdTaken()
    for policy in SUBMISSION:
        policy(command)
    theme = command.known_theme if command.theme else None
    return ConsultationConverted(
        case=command.case,
        receipt_number=command.receipt_number,
        secret_hash=command.secret_hash,
        proposal=ProposalForm(
            kind=command.kind,
            theme=command.theme,
            theme_section=theme and theme.section,
            criteria_version=theme and theme.criteria_version,
            channel=command.channel,
            proposer=_proposer(command, asked),
            title=command.title or asked.topic,
            body=command.body or asked.question,
            requested_resources=command.requested_resources,
            city_cost=command.city_cost,
            consent_to_terms=True,
            terms=command.terms_in_force,
            previous_case=command.previous_case,
            related=command.related,
        ),
    )


def _proposer(command: ConvertToProposal, asked: ConsultationOpened) -> Proposer:
    """The organisation that asked, unless another one proposes: then with its own number, or none."""
    applicant, known = command.proposer, asked.organisation
    if applicant.name is None and known is None:
        raise OrganisationUnknown()
    same = known if known and applicant.name in (None, known.name) else None
    return Proposer(
        name=same.name if same else str(applicant.name),
        corporate_number=applicant.corporate_number or (same and same.corporate_number),
        type=applicant.type,
        address=applicant.address,
        representative=applicant.representative,
        contact=applicant.contact or asked.contact,
        size=applicant.size,
    )


def _asked_it(actor: Actor, secret: Confidential[str] | None, asked: ConsultationOpened) -> None:
    """GL5-04: nobody else's question."""
    if actor.role != Role.PROPOSER or actor.id == asked.asked_by:
        return
    given = hashlib.sha256(secret.reveal().encode()).hexdigest() if secret else ""
    if not hmac.compare_digest(given, asked.secret_hash):
        raise NotYourConsultation()
