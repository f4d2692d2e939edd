"""What is published of a case, with consent (stream `publication/<case>`; V15, V16)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from contracts.actors import Pseudonym, Role
from contracts.agreements import AgreementForm
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import Kind, Part, Partner, SecretHash
from contracts.text import (
    CorporateNumber,
    Digest,
    EditionId,
    Municipality,
    Name,
    Reason,
    SectionId,
    Text,
    ThemeId,
)

Result = Literal[
    "service_contract",
    "comprehensive_agreement",
    "individual_agreement",
    "not_established",
    "ineligible",
    "withdrawn",
    "running",  # decided on again
]
Summary = Annotated[
    str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")
]  # 取り組みの概要: 300 characters at most (DS-451-3)
OrganisationRole = Literal["city", "partner"]


class CaseNoted(Fact):
    """A case was accepted at the window: whose it is, and under which edition."""

    partner: Partner
    kind: Kind
    theme: ThemeId | None = None
    edition: EditionId
    municipality: Municipality
    received_on: date
    secret_hash: SecretHash | None = None  # who shows the secret of the receipt reads the preview
    proposers: tuple[Pseudonym, ...] = ()  # who acts for the partner


class ProposerNoted(Fact):
    """Somebody more acts for the partner."""

    person: Pseudonym
    proposers: tuple[Pseudonym, ...]  # all who do now


class ResultNoted(Fact):
    """What the case came to, as the service that decided it told; counted in the statistics."""

    result: Result
    on: date


class SignatureNoted(Fact):
    """Agreement or contract is signed; from now on the case may be published (V15)."""

    form: AgreementForm
    signed_on: date
    term_from: date
    term_to: date | None = None


class Organisation(Part):
    """対象組織: who works together."""

    name: Name
    role: OrganisationRole
    corporate_number: CorporateNumber | None = None


class Outcome(Part):
    """The bare outcome: nothing of the idea."""

    title: Name
    form: AgreementForm
    signed_on: date
    term_from: date
    term_to: date | None = None
    place: Name  # 事例の場所: the prefecture
    organisations: tuple[Organisation, ...] = Field(min_length=1)
    contact: Name  # 連絡先情報


class IdeaText(Part):
    """What is told of the idea, before it may be."""

    title: Confidential[Name]
    summary: Confidential[Summary]
    reason: Confidential[Text]
    purpose: Confidential[Text]
    content: Confidential[Text]
    keywords: tuple[Confidential[Name], ...] = ()
    achieved: Confidential[Text] | None = None


class PublishedIdea(Part):
    """The same, when it is public."""

    title: Name
    summary: Summary  # 取り組みの概要
    reason: Text  # 取り組み理由
    purpose: Text  # 目的
    content: Text  # 取り組み内容
    keywords: tuple[Name, ...] = ()
    achieved: Text | None = None  # 成果


class PublicationProposed(Fact):
    """The office wrote what of the case might be published; its proposer is asked."""

    number: int = Field(ge=1)  # counts within the case
    outcome: Outcome
    idea: IdeaText


class PreviewMade(Fact):
    """What exactly would be shown, by its digest: the bare outcome, and the outcome with the idea.

    SHA-256 over the canonical JSON of `{"outcome": …, "idea": … or null}`.
    """

    number: int = Field(ge=1)
    outcome_digest: Digest
    digest: Digest


class PreviewRead(Fact):
    """Somebody read the preview, and for what (V17)."""

    reader: Pseudonym
    role: Role
    section: SectionId | None = None
    purpose: Name


class PublicationConsented(Fact):
    """The proposer consents that exactly this is shown: the bare outcome, or the idea as well (V15)."""

    number: int = Field(ge=1)
    digest: Digest
    with_idea: bool


class ConsentRevoked(Fact):
    """The proposer takes the consent back; nothing was published yet."""

    number: int = Field(ge=1)


class PublicationRefused(Fact):
    """The proposer does not want this published."""

    number: int = Field(ge=1)
    reason: Confidential[Reason] | None = None


class PreviewConfirmed(Fact):
    """The office has looked at exactly what will be shown."""

    number: int = Field(ge=1)
    digest: Digest


class OutcomePublished(Fact):
    """From now on everybody sees this."""

    number: int = Field(ge=1)
    first: bool  # False: it takes the place of what was published before
    digest: Digest
    outcome: Outcome
    idea: PublishedIdea | None = None  # None: the bare outcome only
    published_on: date
    first_published_on: date
