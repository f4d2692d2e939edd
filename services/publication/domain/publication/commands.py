"""What can be asked of a publication, by whom."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field

from chassis.decider import Command, Given
from contracts.actors import Pseudonym, Role
from contracts.agreements import AgreementForm
from contracts.confidential import Confidential
from contracts.intake import Kind, Partner, SecretHash
from contracts.publication import Result, Summary
from contracts.text import CorporateNumber, Digest, EditionId, Municipality, Name, Reason, Text, ThemeId

SERVICE = frozenset({Role.SERVICE})
WINDOW = frozenset({Role.WINDOW, Role.WINDOW_HEAD})
PROPOSER = frozenset({Role.PROPOSER})


class NoteCase(Command):
    """A case was accepted at the window."""

    by: ClassVar[frozenset[Role]] = SERVICE
    partner: Partner
    kind: Kind
    theme: ThemeId | None = None
    edition: EditionId
    municipality: Municipality
    received_on: date
    secret_hash: SecretHash | None = None
    proposers: tuple[Pseudonym, ...] = ()


class NoteProposer(Command):
    """Somebody more acts for the partner."""

    by: ClassVar[frozenset[Role]] = SERVICE
    person: Pseudonym


class NoteResult(Command):
    """The case came to this."""

    by: ClassVar[frozenset[Role]] = SERVICE
    result: Result
    on: date


class NoteSignature(Command):
    """Agreement or contract is signed."""

    by: ClassVar[frozenset[Role]] = SERVICE
    form: AgreementForm
    signed_on: date
    term_from: date
    term_to: date | None = None


class ProposePublication(Command):
    """Write what of a signed case might be published; its proposer is asked."""

    by: ClassVar[frozenset[Role]] = WINDOW
    title: Confidential[Name]
    summary: Confidential[Summary]
    reason: Confidential[Text]
    purpose: Confidential[Text]
    content: Confidential[Text]
    keywords: tuple[Confidential[Name], ...] = Field(default=(), max_length=20)
    achieved: Confidential[Text] | None = None
    place: Given[Name]
    city: Given[Name]
    contact: Given[Name]
    city_number: Given[CorporateNumber | None] = None


class ReadPreview(Command):
    """Read what would be shown, and say for what."""

    by: ClassVar[frozenset[Role]] = WINDOW | PROPOSER
    purpose: Name
    proved: Given[bool] = False  # the secret of the receipt fits


class ConsentToPublication(Command):
    """Consent that exactly this is shown: the bare outcome, or the idea as well."""

    by: ClassVar[frozenset[Role]] = PROPOSER
    digest: Digest
    with_idea: bool


class RefusePublication(Command):
    """Refuse to have it published."""

    by: ClassVar[frozenset[Role]] = PROPOSER
    reason: Confidential[Reason] | None = None


class RevokeConsent(Command):
    """Take the consent back, before anything is published."""

    by: ClassVar[frozenset[Role]] = PROPOSER


class ConfirmPreview(Command):
    """Confirm that what will be shown was looked at, by its digest."""

    by: ClassVar[frozenset[Role]] = WINDOW
    digest: Digest


class PublishOutcome(Command):
    """Publish what was consented to and confirmed."""

    by: ClassVar[frozenset[Role]] = WINDOW


PublicationCommand = (
    NoteCase
    | NoteProposer
    | NoteResult
    | NoteSignature
    | ProposePublication
    | ReadPreview
    | ConsentToPublication
    | RefusePublication
    | RevokeConsent
    | ConfirmPreview
    | PublishOutcome
)
