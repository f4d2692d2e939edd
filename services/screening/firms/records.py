"""What is compared, and what a comparison says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FirmRecord:
    """A firm as somebody wrote it down: an applicant, or an entry of a register. Nothing here is checked or changed.

    A blank name, or any other field that is blank or missing, is unknown: it speaks neither for nor against.
    """

    name: str
    corporate_number: str | None = None
    address: str | None = None
    representative: str | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two records are: from 0 to 1, with the grounds in sentences that a clerk can read.

    `flag` asks a person to look. Only `same_number`, an equal and valid corporate number, tells that it is one firm.
    The sentences name no person and quote no address: they may be published with the fact that keeps them.
    """

    score: float
    same_number: bool
    alike: tuple[str, ...]
    differ: tuple[str, ...]
    flag: bool
