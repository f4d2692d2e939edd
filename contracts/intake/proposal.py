"""Proposals, from the window to their end (stream `proposal/<case>`)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from contracts.actors import Pseudonym
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.text import (
    CaseId,
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
    Yen,
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

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, defer_build=True)


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
    amount_yen: Yen | None = None
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
