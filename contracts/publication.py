"""What the service `publication` publishes: what of a case everybody may see, and requests for disclosure.

Streams: `publication/<case>`, from what is known of a case to its publication; `listing/<case or theme>`, themes,
procurements and data sets that are public as they are; `disclosure/<id>`, a request under the ordinance.

An idea is confidential until its proposer consented to the very text that is shown and the outcome is signed (V15).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from contracts.actors import Pseudonym, Role
from contracts.agreements import AgreementForm
from contracts.confidential import Confidential
from contracts.days import JAPAN, ZONE, OfficeCalendar
from contracts.fact import Fact
from contracts.intake import Channel, Kind, Part, Partner, SecretHash
from contracts.text import (
    CaseId,
    ClauseId,
    CorporateNumber,
    Digest,
    EditionId,
    Municipality,
    Name,
    Reason,
    Reference,
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
Ocid = Annotated[str, StringConstraints(pattern=r"^ocds-[a-z0-9]{6}-[A-Za-z0-9._-]{1,80}$")]
ThemeStanding = Literal["open", "closed", "cancelled", "concluded"]


# Of a case (stream `publication/<case>`)


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


# Public as it is (stream `listing/<case or theme>`)


class ThemeListed(Fact):
    """A theme stands in the public list, as it is now."""

    of: Reference  # id of the fact that told
    standing: ThemeStanding
    title: Name
    section: SectionId
    criteria: tuple[tuple[Name, int], ...]  # name, weight
    min_total: int
    opens: date
    closes: date
    published_on: date
    reason: Reason | None = None  # of a cancellation


class ProcurementReleased(Fact):
    """A release of the Open Contracting Data Standard, byte for byte as it is served; it never changes (V36)."""

    of: Reference  # id of the fact that it tells of; the release's id follows from it
    ocid: Ocid
    release_id: Reference
    date: AwareDatetime
    tags: tuple[Name, ...]
    release: str  # JSON


class DatasetListed(Fact):
    """Data of a pilot are open to everybody (GL5-05)."""

    of: Reference
    dataset: Reference
    title: Name
    labels: int = Field(ge=1)
    columns: tuple[Name, ...]
    rows: tuple[tuple[int | Name | None, ...], ...]
    totals: tuple[int | None, ...] = ()
    limit: int = Field(ge=1)  # no count below it is shown (V37)
    licence: Reference
    released_on: date


# Requests for disclosure (stream `disclosure/<id>`)

Decision = Literal["grant", "partial", "refuse"]  # 開示, 一部開示, 不開示
Objector = Literal["third_party", "requester"]
Resolution = Literal["dismissed", "upheld"]  # 棄却・却下, 認容


class DisclosureRequested(Fact):
    """Somebody asks to see what the city keeps, under its ordinance on disclosure."""

    channel: Channel
    requester: Confidential[Name]
    contact: Confidential[Name] | None = None
    request: Confidential[Text]
    requested_by: Pseudonym | None = None  # who asked on the web; None: at the counter
    received_on: date
    decide_by: date
    edition: EditionId
    municipality: Municipality
    zone: str = ZONE
    calendar: OfficeCalendar = JAPAN
    opinion_days: int = Field(ge=0)  # office days that a proposer has for an opinion
    wait_days: int = Field(ge=0)  # whole days between decision and disclosure, where a proposer objects (V18)


class RequestRead(Fact):
    """Somebody read the request, and for what (V17)."""

    reader: Pseudonym
    role: Role
    section: SectionId | None = None
    purpose: Name


class ThirdPartyAsked(Fact):
    """The request touches this case, so its proposer is asked for an opinion first (V18)."""

    case: CaseId
    opinion_by: date


class OpinionGiven(Fact):
    """The proposer of a case objects to its disclosure, or does not."""

    case: CaseId
    objects: bool
    reasons: Confidential[Reason] | None = None


class Redaction(Part):
    """What is blackened, and on which ground of the ordinance."""

    what: Name
    ground: ClauseId


class DisclosureDecided(Fact):
    """Disclosed, in part or not at all; what is adverse to the requester cites its grounds."""

    number: int = Field(ge=1)  # decided again after an objection was upheld
    decision: Decision
    cases: tuple[CaseId, ...] = ()  # of what is disclosed or not
    redactions: tuple[Redaction, ...] = ()
    grounds: tuple[ClauseId, ...] = ()
    edition: EditionId  # whose pack names the grounds
    reasons: Confidential[Reason] | None = None
    decided_on: date
    disclose_on: date | None = None  # None: not at all
    objected: bool = False  # a proposer objects; then whole days lie between (V18)
    decided_by: Pseudonym
    zone: str = ZONE


class ThirdPartyTold(Fact):
    """The proposer of a case is told what was decided, and until when an objection stops it."""

    case: CaseId
    decision: Decision
    disclose_on: date | None = None


class ObjectionLodged(Fact):
    """審査請求: a proposer against disclosure, which waits for it; or the requester against a refusal."""

    number: int = Field(ge=1)
    by: Objector
    case: CaseId | None = None
    reasons: Confidential[Reason]


class ObjectionResolved(Fact):
    """It was dismissed, and days lie again before the disclosure; or upheld, and the request is decided on again."""

    number: int = Field(ge=1)
    resolution: Resolution
    reasons: Confidential[Reason]
    resolved_by: Pseudonym
    resolved_on: date
    disclose_on: date | None = None
    zone: str = ZONE


class Disclosed(Fact):
    """The requester sees what was decided."""

    disclosed_on: date


class RequestWithdrawn(Fact):
    """The requester does not want it any more."""


class EscalationRaised(Fact):
    """The decision waits longer than the ordinance gives; the head of the window looks after it (V22)."""

    waiting_for: Reference  # disclosure_decision
    due: date  # the last day that passed
