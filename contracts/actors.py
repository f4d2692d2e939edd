"""Who acts. Every command carries its actor and every fact keeps it (the CloudEvents extension `actor`)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Role(StrEnum):
    """The parts people and services play in a case."""

    PROPOSER = "proposer"  # 提案者: a company, university or NPO
    WINDOW = "window"  # 公民連携推進室の職員: staff of the office
    WINDOW_HEAD = "window_head"  # 公民連携推進室長
    CONTRACT_SECTION = "contract_section"  # 契約課
    FINANCE = "finance"  # 財政課
    SECTION = "section"  # 担当課: a section of the city
    REVIEWER = "reviewer"  # 審査員
    DELEGATE = "delegate"  # 市長の委任を受けた者
    MAYOR = "mayor"  # 市長
    AUDITOR = "auditor"  # 監査委員
    CITIZEN = "citizen"  # 市民等: anybody who asks for disclosure
    INFORMATION_SECTION = "information_section"  # 情報公開担当課
    TIMER = "timer"  # a deadline that passed
    SERVICE = "service"  # another service's fact, acted on by rule


Pseudonym = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]


class Actor(BaseModel):
    """A role, a pseudonymous id, and the section of the city for those who act for one.

    Written `role:id` or `role:id:section`, e.g. `section:U-0142:S14`.
    """

    model_config = ConfigDict(frozen=True)

    role: Role
    id: Pseudonym
    section: Annotated[str, Field(pattern=r"^S[0-9]{2}$")] | None = None

    def __str__(self) -> str:
        return f"{self.role}:{self.id}" + (f":{self.section}" if self.section else "")

    @classmethod
    def parse(cls, text: str) -> Self:
        """`role:id[:section]` → Actor. Raises ValueError (pydantic's) on anything else."""
        role, _, rest = text.partition(":")
        id_, _, section = rest.partition(":")
        return cls.model_validate({"role": role, "id": id_, "section": section or None})
