"""What the audit service publishes: who read the record of a case."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from contracts.actors import Pseudonym, Role
from contracts.fact import Fact
from contracts.text import Name

Manner = Literal["history", "diff", "bundle"]


class CaseRead(Fact):
    """An auditor read the record of a case, as it was known at a time, or what came to it between two."""

    reader: Pseudonym
    role: Role
    manner: Manner
    as_of: AwareDatetime | None = None  # None: as it is known now
    since: AwareDatetime | None = None
    purpose: Name | None = None


AuditFact = CaseRead
