"""Who read an idea (stream `access/<case>`; a question's reading stands on the question's own stream)."""

from __future__ import annotations

from typing import Literal

from contracts.actors import Pseudonym, Role
from contracts.fact import Fact
from contracts.text import Name, SectionId


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
