"""What runs where: the file in which the supervisor tells everybody else."""

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from deploy.local.identity import Identity

Kind = Literal["engine", "service"]
Condition = Literal["starting", "ready", "unready", "restarting", "stopped"]
"""`unready` runs but does not do its work at the moment, for example because another part is down."""


@dataclass
class PartState:
    """One row of the table. `started_at` tells the process from a later one with the same id.

    `needed`: without it the stack is of no use.
    """

    name: str
    kind: Kind
    address: str
    pid: int | None = None
    state: Condition = "starting"
    restarts: int = 0
    started_at: float | None = None
    needed: bool = True
    note: str = ""

    @property
    def identity(self) -> Identity | None:
        if self.pid is None or self.started_at is None:
            return None
        return Identity(self.pid, self.started_at)


@dataclass
class StackState:
    """The whole table, and who keeps it. `trouble`: why the supervisor gave up, if it did."""

    supervisor: int
    supervisor_started_at: float
    base: int
    parts: list[PartState] = field(default_factory=list)
    trouble: str = ""

    @property
    def supervised(self) -> bool:
        """Whether the supervisor that wrote this is still there."""
        return Identity(self.supervisor, self.supervisor_started_at).process() is not None

    @property
    def ready(self) -> bool:
        return all(part.state == "ready" for part in self.parts)

    @property
    def usable(self) -> bool:
        return all(part.state == "ready" for part in self.parts if part.needed)


def state_file(home: Path) -> Path:
    return home / "state.json"


def write_state(home: Path, state: StackState) -> None:
    """In one step: a reader sees the old table or the new one."""
    part = state_file(home).with_suffix(".new")
    part.write_text(json.dumps(asdict(state), indent=1, ensure_ascii=False))
    os.replace(part, state_file(home))


def read_state(home: Path) -> StackState | None:
    """None when no stack was ever started here."""
    with contextlib.suppress(FileNotFoundError):
        raw = json.loads(state_file(home).read_text())
        raw["parts"] = [PartState(**part) for part in raw["parts"]]
        return StackState(**raw)
    return None
