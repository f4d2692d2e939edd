"""Consultations: questions at the window before anything is proposed.

commands    what can be asked
state       what is known, and what a fact changes
conversion  how a question becomes a proposal
deciding    which facts follow
"""

from services.intake.domain.consultation.commands import (
    AnswerConsultation,
    Applicant,
    CloseConsultation,
    ConsultationCommand,
    ConvertToProposal,
    EscalateConsultation,
    OpenConsultation,
    ReadConsultation,
    ReferConsultation,
    UndoConversion,
)
from services.intake.domain.consultation.conversion import (
    CaseIdTaken,
    NotYourConsultation,
    OrganisationUnknown,
)
from services.intake.domain.consultation.deciding import (
    CONSULTATION,
    AnsweredBefore,
    AnswerNotDueYet,
    ConsultationOpenedBefore,
    NoSuchConsultation,
    NotAnsweredYet,
    NotYoursToAnswer,
    NotYoursToRead,
    SectionMissing,
    SectionNotOfTheEdition,
)
from services.intake.domain.consultation.state import Consultation, ConsultationFact, ConsultationIsOver

__all__ = [
    "CONSULTATION",
    "AnswerConsultation",
    "AnswerNotDueYet",
    "AnsweredBefore",
    "Applicant",
    "CaseIdTaken",
    "CloseConsultation",
    "Consultation",
    "ConsultationCommand",
    "ConsultationFact",
    "ConsultationIsOver",
    "ConsultationOpenedBefore",
    "ConvertToProposal",
    "EscalateConsultation",
    "NoSuchConsultation",
    "NotAnsweredYet",
    "NotYourConsultation",
    "NotYoursToAnswer",
    "NotYoursToRead",
    "OpenConsultation",
    "OrganisationUnknown",
    "ReadConsultation",
    "ReferConsultation",
    "SectionMissing",
    "SectionNotOfTheEdition",
    "UndoConversion",
]
