"""What the service `intake` publishes: a proposal from its submission to its end (stream `proposal/<case>`).

The idea and the people behind it are confidential (GL5-04); the organisation that proposes is not.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.text import (
    CaseId,
    ClauseId,
    CorporateNumber,
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


class StageReached(Fact):
    """The case is elsewhere now, as other services told; `since` is the time of the fact that led there."""

    stage: Stage
    since: AwareDatetime


class Withdrawn(Fact):
    """The proposer took the proposal back; needs no reason (V33)."""

    reason: Confidential[Reason] | None = None


class WithdrawalCameTooLate(Fact):
    """The agreement had been signed before the withdrawal arrived; it stands."""


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
