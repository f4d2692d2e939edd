"""One edition of a municipality's guideline: its shape, and what it promises of itself.

Clauses are cited only where they stand in the edition (V08); an edition that breaks its own promises cannot be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from contracts.actors import Pseudonym
from contracts.days import JAPAN, OfficeCalendar
from contracts.text import ClauseId, CorporateNumber, EditionId, Municipality, SectionId

Register = Literal["bid_suspension", "gang_exclusion", "art167_4"]
ContractKind = Literal["works_or_manufacture", "purchase", "rent_in", "sale", "rent_out", "other"]  # 別表第五
RunningCases = Literal["keep", "migrate"]


class NoLimitKnown(LookupError):
    """This edition knows no limit for contracts of that day."""


def with_check_digit(code: str) -> str:
    """Code of a local government: the sixth digit is 11 − (Σ weights 6..2) mod 11, of which the last digit.

    Source: 全国地方公共団体コード仕様.
    """
    if int(code[5]) != (11 - sum(int(d) * w for d, w in zip(code, (6, 5, 4, 3, 2), strict=False)) % 11) % 10:
        raise ValueError("the check digit of this code of a local government is wrong")
    return code


class Data(BaseModel):
    """A part of the law as data. A field that nobody knows is a mistake, not a remark."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Clause(Data):
    """A clause that can be cited, under the heading it stands below."""

    id: ClauseId
    heading: str
    text: str = Field(min_length=1)


class Section(Data):
    """担当課: a section of the city, what it is there for, and what it is asked for in everyday words."""

    id: SectionId
    department: str
    name: str
    duties: str
    keywords: tuple[str, ...] = ()
    asked_for: tuple[str, ...] = ()  # what people come to it with
    examples: tuple[str, ...] = ()  # proposals that were, or would be, its own
    not_for: tuple[str, ...] = ()  # what it is often taken for and does not do
    capacity: int = Field(default=10, ge=0)  # cases it can lead at a time
    contact: str | None = None  # its address of mail


class Delegate(Data):
    """市長の委任を受けた者: an office that finds in the mayor's place, for these clauses (V13)."""

    id: Pseudonym  # of the actor
    title: str
    clauses: tuple[ClauseId, ...] = Field(min_length=1)
    valid_from: date
    valid_to: date | None = None  # the last day

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("the last day lies before the first")
        return self


class Periods(Data):
    """Office days, but for those that say days: those are calendar days."""

    receipt: int = Field(ge=0)
    correction: int = Field(ge=0)
    screening: int = Field(ge=0)
    section_reply: int = Field(ge=0)
    consultation: int = Field(default=10, ge=0)  # until a question at the window is answered
    theme_answer: int = Field(default=5, ge=0)  # until a question about a theme is answered to all
    pilot_report: int = Field(default=20, ge=0)  # after its last day, until a pilot is completed or aborted
    pilot_review: int = Field(default=10, ge=0)  # until a pilot that stands still goes on or is aborted
    reconsideration_days: int = Field(ge=0)
    screening_valid_days: int = Field(ge=0)  # how old a partner screening may be at signing (V09)
    disclosure_days: int = Field(default=15, ge=0)  # until a request for disclosure is decided
    opinion: int = Field(default=7, ge=0)  # until a proposer says what they think of it (V18)
    disclosure_wait_days: int = Field(
        default=14, ge=14
    )  # whole days between decision and disclosure, where a proposer objects (V18)


class AgreementRules(Data):
    """What agreements go by over the years, where the sides do not agree on something else."""

    comprehensive_min_fields: int = Field(default=2, ge=1)  # 包括連携協定が対象とする分野の数 (V27)
    notice_days: int = Field(
        default=90, ge=0
    )  # calendar days before the last one: notice of no renewal (V30)
    renewal_months: int = Field(default=12, ge=1)
    project_decision: int = Field(default=20, ge=0)  # office days, once the agreement above has ended (V31)


class PublicationRules(Data):
    """What the city is called where it publishes, and how it numbers what it procures."""

    place: str = "全国"  # 事例の場所: its prefecture (DS-451-3)
    name: str = ""  # of the city, as the buyer; empty: the office that issued the guideline
    corporate_number: CorporateNumber | None = None
    ocid_prefix: str = Field(
        default="ocds-000000", pattern=r"^ocds-[a-z0-9]{6}$"
    )  # given by the registry of the Open Contracting Data Standard
    grounds: tuple[Clause, ...] = ()  # of the ordinance on disclosure, for what is not disclosed


class ContractLimits(Data):
    """少額随契の上限: up to these a contract may be awarded directly (施行令167条の2第1項第1号). Yen, tax included."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    from_: date = Field(alias="from")
    to: date | None = None  # the last day
    works_or_manufacture: int = Field(ge=0)  # 工事又は製造の請負
    purchase: int = Field(ge=0)  # 財産の買入れ
    rent_in: int = Field(ge=0)  # 物件の借入れ
    sale: int = Field(ge=0)  # 財産の売払い
    rent_out: int = Field(ge=0)  # 物件の貸付け
    other: int = Field(ge=0)  # 前各号に掲げるもの以外

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise ValueError("the last day lies before the first")
        return self


class Thresholds(Data):
    """Amounts that turn with the day of a contract and its kind."""

    small_contract_limits: tuple[ContractLimits, ...] = ()
    small_cell_limit: int = Field(default=5, ge=1)  # no count below it is published (V37)
    to_check: tuple[str, ...] = ()  # not verified against the official text

    @field_validator("small_contract_limits")
    @classmethod
    def _one_a_day(cls, limits: tuple[ContractLimits, ...]) -> tuple[ContractLimits, ...]:
        for earlier, later in pairwise(limits):
            if earlier.to is None or later.from_ <= earlier.to:
                raise ValueError(f"the limits from {later.from_} begin before those from {earlier.from_} end")
        return limits

    def small_contract_limit(self, kind: ContractKind, day: date) -> int:
        """The limit in yen, tax included, for a contract of that day (V03). Raises NoLimitKnown."""
        for limits in self.small_contract_limits:
            if limits.from_ <= day and (limits.to is None or day <= limits.to):
                return int(getattr(limits, kind))
        raise NoLimitKnown(f"{kind} on {day}")


class Edition(Data):
    """One edition of a municipality's guideline, in force from `effective` until the next one."""

    municipality: Annotated[Municipality, AfterValidator(with_check_digit)]
    id: EditionId
    title: str
    issued_by: str
    office_contact: str = "office@example.jp"  # the office's address of mail
    effective: date
    running_cases: RunningCases = "keep"  # what becomes of cases received under an earlier edition (V32)
    zone: str  # IANA name; days are reckoned there
    calendar: OfficeCalendar = JAPAN
    clauses: tuple[Clause, ...]
    partner_clauses: tuple[ClauseId, ...]  # 連携対象とする事業者等: none may apply
    project_clauses: tuple[ClauseId, ...]  # 連携対象となる事業: none may apply
    mayor_clauses: tuple[ClauseId, ...]  # those that take a finding of the mayor (V13)
    law_clauses: tuple[ClauseId, ...] = ()  # those that protect the law: they count as of the decision (V32)
    registers: Mapping[Register, ClauseId]  # which register answers which clause
    delegates: tuple[Delegate, ...] = ()
    periods: Periods
    thresholds: Thresholds = Thresholds()
    agreements: AgreementRules = AgreementRules()
    publication: PublicationRules = PublicationRules()
    sections: tuple[Section, ...]
    terms: tuple[ClauseId, ...]  # what a proposer consents to
    to_check: tuple[str, ...] = ()  # not verified against the official text

    @property
    def requirements(self) -> tuple[ClauseId, ...]:
        """Every clause a screening answers, in the order of the guideline."""
        return self.partner_clauses + self.project_clauses

    @property
    def register_clauses(self) -> tuple[ClauseId, ...]:
        """Those answered from the registers, in the order of the guideline."""
        return tuple(clause for clause in self.partner_clauses if clause in self.registers.values())

    def clause(self, id_: str) -> Clause:
        """Raises KeyError."""
        return {clause.id: clause for clause in self.clauses}[id_]

    def section(self, id_: str) -> Section:
        """Raises KeyError."""
        return {section.id: section for section in self.sections}[id_]

    def is_delegate(self, id_: str, clause: str, day: date) -> bool:
        """V13: whether this person may find on this clause in the mayor's place, on that day."""
        return any(
            delegate.id == id_
            and clause in delegate.clauses
            and delegate.valid_from <= day
            and (delegate.valid_to is None or day <= delegate.valid_to)
            for delegate in self.delegates
        )

    @field_validator("calendar", mode="before")
    @classmethod
    def _calendar_has_no_other_fields(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and (
            unknown := sorted(map(str, value.keys() - OfficeCalendar.model_fields.keys()))
        ):
            raise ValueError(f"an office calendar has no {', '.join(unknown)}")
        return value

    @field_validator("zone")
    @classmethod
    def _zone_is_known(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ValueError, LookupError, OSError):
            raise ValueError(f"{zone!r} is no time zone of the IANA database") from None
        return zone

    @field_validator("clauses", "sections")
    @classmethod
    def _each_is_there_once(cls, items: tuple[Any, ...]) -> tuple[Any, ...]:
        if twice := _repeated(item.id for item in items):
            raise ValueError(f"more than once: {twice}")
        return items

    @field_validator("partner_clauses", "project_clauses", "mayor_clauses", "law_clauses", "terms")
    @classmethod
    def _each_is_named_once(cls, clauses: tuple[ClauseId, ...]) -> tuple[ClauseId, ...]:
        if twice := _repeated(clauses):
            raise ValueError(f"more than once: {twice}")
        return clauses

    @model_validator(mode="after")
    def _cites_only_its_own(self) -> Self:
        known = {clause.id for clause in self.clauses}
        by_delegates = {clause for delegate in self.delegates for clause in delegate.clauses}
        left_to = {*self.mayor_clauses, *self.registers.values(), *self.law_clauses}
        cited = {*self.requirements, *left_to, *by_delegates, *self.terms}
        if unknown := sorted(cited - known):
            raise ValueError(f"{self.id} cites clauses it does not have: {', '.join(unknown)}")
        if twice := _repeated(self.requirements):
            raise ValueError(f"{self.id}: {twice} is a requirement of the partner and of the project")
        if stray := sorted(left_to - set(self.requirements)):
            raise ValueError(
                f"{self.id}: only requirements are left to the mayor or to a register, or protect the law: "
                f"not {', '.join(stray)}"
            )
        if stray := sorted(set(self.registers.values()) - set(self.partner_clauses)):
            raise ValueError(f"{self.id}: registers answer clauses about the partner: not {', '.join(stray)}")
        if stray := sorted(by_delegates - set(self.mayor_clauses)):
            raise ValueError(
                f"{self.id}: only what is left to the mayor is delegated: not {', '.join(stray)}"
            )
        return self


def _repeated(ids: Iterable[str]) -> str:
    return ", ".join(sorted(id_ for id_, count in Counter(ids).items() if count > 1))
