"""What the service `intake`, the window, publishes.

Streams: `proposal/<case>`, a proposal from its submission to its end; `consultation/<id>`, a question at the window;
`theme/<theme>`, a need that a section published; `access/<case>`, who read an idea and who may; `guideline/<code of
the city>`, which edition superseded which.

The idea and the people behind it are confidential (GL5-04); the organisation that proposes is not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from contracts.actors import Pseudonym, Role
from contracts.confidential import Confidential
from contracts.days import ZONE
from contracts.fact import Fact
from contracts.text import (
    CaseId,
    ClauseId,
    ConsultationId,
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

Kind = Literal["free_proposal", "theme_proposal"]  # 自由提案, テーマ提案 (GL4-1a, GL4-1b)
Channel = Literal["web", "counter", "phone", "post", "email"]
CostClass = Literal[
    "none", "actual_expense", "revenue_waiver", "expenditure", "undetermined"
]  # GL5-03, GL6-1
Size = Literal["small", "medium", "large"]  # 小規模企業者, その他の中小企業者, それ以外 (中小企業基本法 2条)
Relation = Literal[
    "affiliate", "officer", "joint_venture_member", "subcontractor", "agent", "manager", "employee"
]  # 関連会社, 役員, 共同企業体の構成員, 下請負人, 代理人, 支配人, 使用人
SecretHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]  # SHA-256, hexadecimal


class Stage(StrEnum):
    """How far a case has come, in the words of the guideline's stages (GL4) and its ends."""

    SCREENING = "screening"  # 要件審査
    MATCHING = "matching"  # マッチング
    DIALOGUE = "dialogue"  # 協議・実証実験
    EVALUATION = "evaluation"  # 評価
    PROCUREMENT = "procurement"  # 調達手続
    AGREEMENT_PREP = "agreement_prep"  # 協定準備
    AGREED = "agreed"  # 成立
    INELIGIBLE = "ineligible"  # 対象外
    RECONSIDERATION = "reconsideration"  # 再検討
    NOT_ESTABLISHED = "not_established"  # 不成立


PilotStand = Literal["planned", "running", "suspended"]  # 実証準備, 実証中, 実証中断中


class Part(BaseModel):
    """A part of a fact; tolerant like the fact itself."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Partner(Part):
    """The organisation that proposes, as registers know it. Groups without a corporate number have None."""

    name: Name
    corporate_number: CorporateNumber | None = None


class Proposer(Partner):
    """提案者: the organisation, and how to reach it."""

    type: Name  # legal form: 株式会社, 特定非営利活動法人
    address: Confidential[Name]
    representative: Confidential[Name]
    contact: Confidential[Name] | None = None
    size: Size | None = None  # as the proposer tells it; None: not told, or no enterprise


class RelatedParty(Part):
    """Who has to do with the proposal beside the proposer, from `from` to `to`, both included; None is an open end."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    kind: Relation
    name: Confidential[Name]  # of an organisation or a person
    corporate_number: CorporateNumber | None = None
    from_: date | None = Field(default=None, validation_alias="from", serialization_alias="from")
    to: date | None = None


class CityCost(Part):
    """What the proposal would cost the city, in the proposer's own view. Yen, tax included."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    class_: CostClass = Field(validation_alias="class", serialization_alias="class")
    amount_yen: int | None = Field(default=None, ge=0, le=10**15)
    note: Confidential[Reason] | None = None


class ProposalSubmitted(Fact):
    """A proposal came in, and has a receipt number. The first of the five milestones."""

    kind: Kind
    theme: ThemeId | None = None
    theme_section: SectionId | None = None  # the section that published the theme
    channel: Channel
    proposer: Proposer
    title: Confidential[Name]
    body: Confidential[Text]
    requested_resources: tuple[Confidential[Name], ...] = ()
    city_cost: CityCost
    consent_to_terms: Literal[True]
    receipt_number: Reference
    secret_hash: SecretHash
    submitted_on: date
    previous_case: CaseId | None = None  # the earlier application that this one repeats
    related: tuple[RelatedParty, ...] = ()
    consultation: ConsultationId | None = None  # the question at the window that it comes from
    terms: EditionId | None = None  # the edition whose terms were accepted
    criteria_version: Digest | None = None  # of the theme, as published before it opened (V20)
    submitted_by: Pseudonym | None = None  # who submitted on the web; None: entered by the office


class ProposerJoined(Fact):
    """Somebody showed the secret of the receipt, and acts for who proposes from now on."""

    person: Pseudonym


class CorrectionRequested(Fact):
    """The office asked for what is missing, by the end of the day `due`."""

    items: tuple[Confidential[Reason], ...] = Field(min_length=1)
    due: date


class CorrectionSubmitted(Fact):
    """The proposer handed in what was missing. What is None stays as it was."""

    title: Confidential[Name] | None = None
    body: Confidential[Text] | None = None
    note: Confidential[Reason] | None = None
    city_cost: CityCost | None = None
    requested_resources: tuple[Confidential[Name], ...] | None = None
    related: tuple[RelatedParty, ...] | None = None


class ProposalLapsed(Fact):
    """What was missing did not come by `due`; the proposer may submit again."""

    due: date


class ProposalReceived(Fact):
    """The proposal is complete and accepted for screening, under this edition from now on (V32)."""

    edition: EditionId
    municipality: Municipality
    received_on: date
    receipt_number: Reference
    partner: Partner
    address: Confidential[Name] | None = None  # of the partner, for the registers
    representative: Confidential[Name] | None = None
    title: Confidential[Name] | None = None  # as last corrected, like all that follows
    body: Confidential[Text] | None = None
    requested_resources: tuple[Confidential[Name], ...] = ()
    theme: ThemeId | None = None
    theme_section: SectionId | None = None
    criteria_version: Digest | None = None  # of the theme (V20)
    earlier_cases: tuple[CaseId, ...] = ()  # accepted before from the same organisation, oldest first
    related: tuple[RelatedParty, ...] = ()
    secret_hash: SecretHash | None = (
        None  # of the receipt: who shows the secret is the proposer, elsewhere too
    )
    proposers: tuple[Pseudonym, ...] = ()  # who acts for the partner so far


class StageReached(Fact):
    """The case is elsewhere now, as other services told; `since` is the time of the fact that led there."""

    stage: Stage
    since: AwareDatetime
    remembers: Stage | None = None  # while the case is stopped: where it goes on when found eligible
    pilot: PilotStand | None = None  # within the dialogue: how far a pilot is, where there is one


class Withdrawn(Fact):
    """The proposer took the proposal back; needs no reason (V33)."""

    reason: Confidential[Reason] | None = None


class WithdrawalCameTooLate(Fact):
    """The agreement had been signed before the withdrawal arrived; it stands."""


class TurnedFree(Fact):
    """The theme was cancelled; the proposal goes on as a free proposal (GL4-1a)."""

    theme: ThemeId
    reason: Reason  # as published


class GuidelineMigrated(Fact):
    """From here on the case goes by another edition of the guideline; its proposer is told why (V32)."""

    from_edition: EditionId
    to_edition: EditionId
    reason: Reason


class EscalationRaised(Fact):
    """Something waits longer than the office promised; the head of the window looks after it (V22)."""

    waiting_for: Reference  # acceptance, consultation_answer, theme_answer
    due: date  # the last day that passed
    number: int | None = Field(default=None, ge=1)  # of the question about a theme


# Consultations (stream `consultation/<id>`)


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


# Themes (stream `theme/<theme>`)


class ThemeCriterion(Part):
    """What proposals to a theme are weighed by, and how much it counts of a hundred."""

    name: Name
    weight: int = Field(ge=1, le=100)


def criteria_version(criteria: Iterable[tuple[str, int]], min_total: float) -> str:
    """What identifies criteria and the least total, wherever a proposal is weighed by them (V20).

    SHA-256 over `{"criteria": [[name, weight], …], "min_total": 60.0}` as JSON without blanks, in their order.
    """
    weighed = {"criteria": [list(one) for one in criteria], "min_total": float(min_total)}
    return hashlib.sha256(orjson.dumps(weighed)).hexdigest()


class ThemeDrafted(Fact):
    """A section wrote down a need that it wants proposals for (GL4-1b); not public yet, the last draft counts."""

    section: SectionId
    title: Name
    issue: Text
    criteria: tuple[ThemeCriterion, ...] = Field(min_length=1)  # their weights make a hundred
    min_total: int = Field(ge=0, le=100)
    budget: bool
    budget_yen: int | None = Field(default=None, ge=0, le=10**15)
    opens: date  # first and last day for proposals, both included
    closes: date


class ThemePublished(Fact):
    """Proposals are asked for; what they are weighed by is fixed from here on (V20)."""

    section: SectionId
    title: Name
    criteria: tuple[ThemeCriterion, ...] = Field(min_length=1)
    min_total: int = Field(ge=0, le=100)
    criteria_version: Digest
    opens: date
    closes: date
    published_on: date


class ThemeClosed(Fact):
    """The last day for proposals is over."""


class ThemeCancelled(Fact):
    """The need is withdrawn; proposals that came for it turn free."""

    reason: Reason


class ThemeConcluded(Fact):
    """Every proposal to the theme came to an end or to an agreement."""


class ThemeQuestionAsked(Fact):
    """Somebody asks about a theme. May tell of an idea: only its restatement is published (V16)."""

    number: int = Field(ge=1)  # counts within the theme
    question: Confidential[Text]
    asked_on: date
    answer_by: date


class ThemeQuestionAnswered(Fact):
    """Question, restated without any idea, and answer, published to all (GL5-01, V16)."""

    number: int = Field(ge=1)
    question: Text
    answer: Text
    answered_on: date


# Access to ideas (stream `access/<case>`; a question's reading stands on the question's own stream)


class IdeaRead(Fact):
    """Somebody read the idea, and for what (V17)."""

    reader: Pseudonym
    role: Role
    section: SectionId | None = None
    purpose: Name


class AccessOpened(Fact):
    """A section, or a reviewer, works on the case and may read the idea."""

    section: SectionId | None = None
    person: Pseudonym | None = None


class AccessClosed(Fact):
    """A section or a person may not read the idea any more; never again when partial (GL5-01, V19)."""

    section: SectionId | None = None
    person: Pseudonym | None = None
    reason: Literal["conflict", "over", "withdrawn"] = "conflict"


# The guideline (stream `guideline/<code of the city>`)

RunningCases = Literal["keep", "migrate"]  # 従前の版による, 新しい版による (V32)


class ClauseRevised(Part):
    """A clause that an edition has and the one before had not, or the other way round, or in other words or sorts."""

    clause: ClauseId
    kind: Literal["added", "removed", "changed"]


class GuidelineRevised(Fact):
    """The mayor has decided that an edition supersedes the one before, from its first day on (GL6-4, V32)."""

    edition: EditionId
    supersedes: EditionId
    effective_on: date
    zone: str = ZONE
    running_cases: RunningCases
    clauses: tuple[ClauseRevised, ...] = ()  # in the order of the editions
    differences: int = Field(
        ge=0
    )  # of any kind: periods, sections, rules and all that `renkei guideline diff` tells
    diff: Digest  # SHA-256 over all of them, so that what was decided on can be told again
    digest: Digest  # of the files of the edition, as it is released
    reason: Reason


class EditionTookEffect(Fact):
    """The first day of an edition has come; the one before is superseded, and running cases stay or go with it."""

    edition: EditionId
    supersedes: EditionId
    running_cases: RunningCases
    reason: Reason


# Notices (stream `notice/<case>`; the id of a consultation or a theme where there is no case yet)

NoticeKind = Literal[
    "submitted",  # 受付
    "consultation_opened",  # 相談の受付
    "consultation_answered",  # 相談への回答
    "correction",  # 補正の依頼
    "lapsed",  # 補正の期限切れ
    "accepted",  # 受理
    "eligible",  # 要件に該当
    "ineligible",  # 対象外
    "upheld",  # 再検討の結果、決定を維持
    "revoked",  # 再検討の結果、決定を取消し
    "stopped",  # 手続の停止
    "resumed",  # 手続の再開
    "matched",  # 担当課の決定
    "no_match",  # 担当課なし
    "not_established",  # 不成立
    "withdrawn",  # 取下げの確認
    "withdrawal_too_late",  # 取下げより前に協定が成立
    "turned_free",  # 自由提案への変更
    "migrated",  # 適用するガイドラインの変更
    "publication_proposed",  # 公表案の照会
    "opinion_asked",  # 開示請求に係る意見の照会
    "disclosure_decided",  # 開示請求に係る決定の通知
    "escalation",  # 期限超過の督促 (to the office)
    "undeliverable",  # 不達 (to the office)
]
Addressee = Literal["proposer", "office", "section"]


class NoticeIssued(Fact):
    """The city gives notice of a fact, once, in its official form and in plain words."""

    number: Reference | None = None  # 文書番号; None: a reminder within the office
    kind: NoticeKind
    case: CaseId
    cites: tuple[ClauseId, ...] = ()  # what an adverse decision rests on (V07)
    edition: EditionId  # whose clauses are cited, and whose templates say it
    law_edition: EditionId | None = None  # where clauses stand that count as of the decision (V32)
    of: Reference  # id of the fact of which it gives notice
    to: Addressee
    way: Literal["mail", "post"] = "mail"  # post: no address of mail is known; the office sends it on paper
    issued_on: date
    until: date | None = None  # the last day for what it asks for, or for asking for reconsideration
    section: SectionId | None = None
    about: Reference | None = None  # what a reminder waits for; what was before; why a notice did not arrive
    words: tuple[Confidential[Text], ...] = ()  # what was decided or asked for, in the words of who did


class NoticeSent(Fact):
    """The mail server took the notice. After a crash the same mail may have gone twice, with this same id."""

    of: Reference
    message_id: Reference  # Message-ID


class NoticeUndeliverable(Fact):
    """The mail server refused the notice for good; it has to go another way."""

    of: Reference
    to: Addressee
    reason: Reference  # status codes of SMTP (RFC 5321, 3463), never the address
