"""What can be asked of a consultation, by whom."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field, StrictBool

from chassis.decider import Command, Given
from contracts.actors import Role
from contracts.confidential import Confidential
from contracts.intake import Channel, CityCost, Kind, Part, Partner, RelatedParty, SecretHash, Size
from contracts.text import CaseId, CorporateNumber, EditionId, Name, Reference, SectionId, Text, ThemeId
from services.intake.domain.roles import OFFICE, PROPOSER_OR_WINDOW, SECTION, SERVICE, TIMER
from services.intake.policies import KnownTheme

OFFICE_OR_SECTION = OFFICE | SECTION


class OpenConsultation(Command):
    """Ask the window something, on the web or through the office, with or without an organisation."""

    by: ClassVar[frozenset[Role]] = PROPOSER_OR_WINDOW
    channel: Channel
    topic: Confidential[Name]
    question: Confidential[Text]
    organisation: Partner | None = None
    contact: Confidential[Name] | None = None
    receipt_number: Given[Reference]
    secret_hash: Given[SecretHash]
    answer_by: Given[date]


class ReferConsultation(Command):
    """Ask a section for the answer; from then on it may read the question."""

    by: ClassVar[frozenset[Role]] = OFFICE
    section: SectionId
    section_known: Given[bool] = True  # to the edition in force


class ReadConsultation(Command):
    """Read the question, on the screen or on paper, and say for what."""

    by: ClassVar[frozenset[Role]] = OFFICE_OR_SECTION | PROPOSER_OR_WINDOW
    purpose: Name
    proved: Given[bool] = False  # the secret of the receipt fits


class AnswerConsultation(Command):
    """Answer the question."""

    by: ClassVar[frozenset[Role]] = OFFICE_OR_SECTION
    answer: Confidential[Text]


class Applicant(Part):
    """Who proposes. Name and number follow from the consultation where it names an organisation."""

    name: Name | None = None
    corporate_number: CorporateNumber | None = None
    type: Name
    address: Confidential[Name]
    representative: Confidential[Name]
    contact: Confidential[Name] | None = None
    size: Size | None = None


class ConvertToProposal(Command):
    """Turn the question into a proposal under a new case. What is left out is as it was asked."""

    by: ClassVar[frozenset[Role]] = PROPOSER_OR_WINDOW
    case: CaseId
    secret: Confidential[Reference] | None = None  # of the consultation's receipt
    kind: Kind
    theme: ThemeId | None = None
    theme_section: SectionId | None = None
    channel: Channel
    proposer: Applicant
    title: Confidential[Name] | None = None
    body: Confidential[Text] | None = None
    requested_resources: tuple[Confidential[Name], ...] = Field(default=(), max_length=50)
    city_cost: CityCost
    consent_to_terms: StrictBool
    terms: EditionId | None = None
    previous_case: CaseId | None = None
    related: tuple[RelatedParty, ...] = Field(default=(), max_length=50)
    receipt_number: Given[Reference]
    secret_hash: Given[SecretHash]
    known_theme: Given[KnownTheme | None] = None
    terms_in_force: Given[EditionId | None] = None
    case_taken: Given[bool] = False


class UndoConversion(Command):
    """Somebody else submitted under that case id in the same moment."""

    by: ClassVar[frozenset[Role]] = SERVICE
    case: CaseId


class CloseConsultation(Command):
    """Close what is answered and led no further."""

    by: ClassVar[frozenset[Role]] = OFFICE


class EscalateConsultation(Command):
    """The answer should have come by the end of `due`."""

    by: ClassVar[frozenset[Role]] = TIMER
    due: date


ConsultationCommand = (
    OpenConsultation
    | ReferConsultation
    | ReadConsultation
    | AnswerConsultation
    | ConvertToProposal
    | UndoConversion
    | CloseConsultation
    | EscalateConsultation
)
