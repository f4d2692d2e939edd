"""The registers of the city (streams `measure/<measure id>`, `link/<id>`, `register-import/<id>`)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from contracts.confidential import Confidential
from contracts.days import ZONE
from contracts.fact import Fact
from contracts.text import (
    ClauseId,
    CorporateNumber,
    Digest,
    Name,
    Reason,
    Reference,
)

Register = Literal["bid_suspension", "gang_exclusion", "art167_4"]  # 入札参加停止, 暴力団排除, 施行令167条の4
Item = Literal[
    "1(1)", "1(2)", "1(3)", "2(1)", "2(2)", "2(3)", "2(4)", "2(5)", "2(6)", "2(7)"
]  # of art. 167-4
Subject = Literal["organisation", "person"]
Reach = Literal["subcontractor", "joint_venture_member", "user"]  # 下請負人, 共同企業体構成員, 使用する者
Use = Literal[
    "agent", "manager", "employee"
]  # 代理人, 支配人, その他の使用人: art. 167-4, item 2, last sentence


class MeasureRecorded(Fact):
    """An entry of a register, from `valid_from` to `valid_to`, both included; None is an open end (V10)."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    register_: Register = Field(validation_alias="register", serialization_alias="register")
    clause: ClauseId
    corporate_number: CorporateNumber | None = (
        None  # None: on no register of companies, found by its name (V14)
    )
    name: Name
    ground: Reason
    item: Item | None = None  # of article 167-4, for its register
    decided_on: date
    valid_from: date
    valid_to: date | None = None
    subject: Subject = "organisation"
    person: Confidential[Name] | None = None  # whom it is about, if a person; `name` then does not say
    aliases: tuple[Name, ...] = ()  # earlier names, trade names
    address: Name | None = None  # of an organisation
    representative: Confidential[Name] | None = None
    extends_to: tuple[Reach, ...] = ()  # whom else it reaches who has to do with them
    finding: Reference | None = None  # where it is recorded that they were found to fall under it (V14)
    release_rule: Reason | None = None  # what has to come about before an open end is set
    zone: str = ZONE  # where its days are reckoned


class MeasureCorrected(Fact):
    """An entry was wrong or was changed, and says this from now on, all of it; a release is an earlier last day."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    register_: Register = Field(validation_alias="register", serialization_alias="register")
    clause: ClauseId
    corporate_number: CorporateNumber | None = None
    name: Name
    ground: Reason
    item: Item | None = None
    decided_on: date
    valid_from: date
    valid_to: date | None = None
    subject: Subject = "organisation"
    person: Confidential[Name] | None = None
    aliases: tuple[Name, ...] = ()
    address: Name | None = None
    representative: Confidential[Name] | None = None
    extends_to: tuple[Reach, ...] = ()
    finding: Reference | None = None
    release_rule: Reason | None = None
    zone: str = ZONE
    reason: Reason  # why it was changed


class MeasureStarted(Fact):
    """The first day of an entry has come, or had come when it was recorded; running cases are looked through."""

    clause: ClauseId


class EmploymentLinkRecorded(Fact):
    """A company uses this person as agent, manager or employee, from one day to another, both included (V12)."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    corporate_number: CorporateNumber
    person: Confidential[Name]
    role: Use
    from_: date = Field(validation_alias="from", serialization_alias="from")
    to: date | None = None
    reason: Reason | None = None  # why it was changed, where it had been recorded before
    zone: str = ZONE


class EmploymentLinkStarted(Fact):
    """The first day of the use of a person has come; running cases of the company are looked through."""


class RegisterImported(Fact):
    """A register was brought up to date from a file; what is no longer in the file stands, and was reported."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    register_: Literal["bid_suspension", "gang_exclusion", "art167_4", "employment_links"] = Field(
        validation_alias="register", serialization_alias="register"
    )
    digest: Digest  # of the file
    added: int = Field(ge=0)
    changed: int = Field(ge=0)  # in any way but their end
    ended: int = Field(ge=0)  # given another last day
    unchanged: int = Field(default=0, ge=0)
    missing: int = Field(default=0, ge=0)  # known before, and not in the file
    entries: tuple[Reference, ...] = ()  # ids of those added, changed and ended
