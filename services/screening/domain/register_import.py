"""A register was brought up to date from a file.

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from dataclasses import dataclass

from chassis.decider import Decider, Refused
from contracts.screening import RegisterImported
from services.screening.domain.register_commands import RecordRegisterImport


class ImportRecordedBefore(Refused):
    """There is an import of this number already; choose another number."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was recorded of an import."""

    fact: RegisterImported | None = None


def decide(command: RecordRegisterImport, state: Imported) -> list[RegisterImported]:
    """Each import is recorded once; asked again with the same, nothing follows."""
    names = RegisterImported.model_fields
    fact = RegisterImported(**{name: getattr(command, name) for name in names})
    if state.fact == fact:
        return []
    if state.fact is not None:
        raise ImportRecordedBefore()
    return [fact]


def evolve(state: Imported, fact: RegisterImported) -> Imported:
    return Imported(fact)


REGISTER_IMPORT: Decider[RecordRegisterImport, Imported, RegisterImported] = Decider(
    "register-import", (RecordRegisterImport,), Imported(), decide, evolve
)
