"""Who behind a proposal is like an entry of a register, and what people said of it (stream `screening/<case>`)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from contracts.actors import Pseudonym
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import Part
from contracts.text import (
    ClauseId,
    MeasureId,
    Reason,
    Reference,
)

Through = Literal[
    "applicant",
    "affiliate",
    "officer",
    "joint_venture_member",
    "subcontractor",
    "agent",
    "manager",
    "employee",
]  # who of those behind a proposal an entry is about: the applicant, or one of its related parties


class Flag(Part):
    """An entry of a register that may be about the partner, or about somebody behind the proposal."""

    measure: MeasureId
    clause: ClauseId
    likeness: float = Field(ge=0, le=1, allow_inf_nan=False)
    alike: tuple[Reference, ...] = ()  # what agrees
    differ: tuple[Reference, ...] = ()  # and what does not
    automatic: bool = False  # the corporate number is equal: nobody has to be asked
    through: Through = "applicant"


class PartnerFlagged(Fact):
    """Entries of the registers that are about the partner, or may be: those that may be wait for a person's word."""

    flags: tuple[Flag, ...] = Field(min_length=1)


class FlagConfirmed(Fact):
    """A person found that the entry is about them; its clause applies while it is in force."""

    measure: MeasureId
    reason: Confidential[Reason]
    confirmed_by: Pseudonym


class FlagDismissed(Fact):
    """A person found that the entry is about somebody else."""

    measure: MeasureId
    reason: Confidential[Reason]
    dismissed_by: Pseudonym
