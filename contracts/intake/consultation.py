"""Consultations (stream `consultation/<id>`)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from contracts.actors import Pseudonym
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake.proposal import (
    Channel,
    CityCost,
    Kind,
    Part,
    Partner,
    Proposer,
    RelatedParty,
    SecretHash,
)
from contracts.text import CaseId, Digest, EditionId, Name, Reference, SectionId, Text, ThemeId


class ConsultationOpened(Fact):
    """Somebody asks the window something, perhaps before proposing it; has a receipt number (GL2-1, V22)."""

    receipt_number: Reference
    secret_hash: SecretHash
    channel: Channel
    topic: Confidential[Name]
    question: Confidential[Text]
    organisation: Partner | None = None  # None: asked without one
    contact: Confidential[Name] | None = None
    asked_by: Pseudonym | None = None  # who asked on the web; None: entered by the office
    opened_on: date
    answer_by: date


class ConsultationReferred(Fact):
    """The window asks a section for the answer; the section may read the question."""

    section: SectionId


class ConsultationAnswered(Fact):
    """The answer, by the window or by a section."""

    answer: Confidential[Text]
    section: SectionId | None = None  # None: the window
    answered_on: date


class ProposalForm(Part):
    """What was filled in to propose; the same as at a submission."""

    kind: Kind
    theme: ThemeId | None = None
    theme_section: SectionId | None = None
    criteria_version: Digest | None = None
    channel: Channel
    proposer: Proposer
    title: Confidential[Name]
    body: Confidential[Text]
    requested_resources: tuple[Confidential[Name], ...] = ()
    city_cost: CityCost
    consent_to_terms: Literal[True]
    terms: EditionId | None = None
    previous_case: CaseId | None = None
    related: tuple[RelatedParty, ...] = ()


class ConsultationConverted(Fact):
    """A proposal comes of it: under this case, with its own receipt number, as confidential as the question was."""

    case: CaseId
    receipt_number: Reference
    secret_hash: SecretHash
    proposal: ProposalForm


class ConversionUndone(Fact):
    """The case was somebody else's in the same moment; the consultation is where it was, to be converted again."""

    case: CaseId
    answered: bool = False


class ConsultationClosed(Fact):
    """Answered, and nothing more came of it."""
