"""What people can ask of what the city provides."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from chassis.decider import Command
from contracts.actors import Role
from contracts.confidential import Confidential
from contracts.text import ClauseId, Reason, Reference


class RequestResource(Command):
    """Ask for something of the city's catalogue, by its id there, and say what for."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.PROPOSER, Role.SECTION})
    resource: Reference
    purpose: Confidential[Reason]


class GrantResource(Command):
    """Let the case use what was asked for, as the section in charge of it; with further conditions, if any."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.SECTION})
    number: int = Field(ge=1)
    conditions: Confidential[Reason] | None = None


class RefuseResource(Command):
    """Say that it cannot be had, as the section in charge of it, with reasons and the clauses they rest on."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.SECTION})
    number: int = Field(ge=1)
    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...] = Field(default=(), max_length=20)
