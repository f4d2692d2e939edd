"""Deadlines: commands that become due. They are set and cancelled by facts, in the transaction of those facts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import asyncpg
import orjson
from prometheus_client import Gauge

from chassis.clock import Clock
from chassis.commands import Commands
from chassis.database import UNREACHABLE
from chassis.decider import Command, Decider, Recorded
from chassis.deciding import Asked, Follow
from chassis.event_store import Contention, RequestKey
from chassis.faults import shown
from chassis.projections import Change, Put, Remove
from contracts.cloudevents import instant
from contracts.confidential import sealed

log = logging.getLogger(__name__)

DUE = """
select key, doc from deadlines where doc ->> 'due_at' <= $1 and key <> all($2)
order by doc ->> 'due_at' limit 200
"""
DONE = """
delete from deadlines d using unnest($1::text[], $2::text[], $3::int[]) x (key, at, version)
where d.key = x.key and d.doc ->> 'due_at' = x.at and (d.doc ->> 'version')::int is not distinct from x.version
"""

AGAIN: tuple[type[BaseException], ...] = (*UNREACHABLE, Contention)

LOOK_EVERY = 0.5  # seconds

FAILING = Gauge(
    "renkei_deadlines_failing", "Deadlines that are due and whose command fails; tried at the next start"
)


@dataclass(frozen=True)
class Set:
    """When `due_at` has passed, `command` goes to the stream of the fact that set it. One `name` has one deadline."""

    name: str
    due_at: datetime
    command: Command

    @cached_property
    def doc(self) -> Mapping[str, Any]:
        """The row without its stream; made once, since one Set often serves all that come in on a day."""
        return {
            "due_at": instant(self.due_at),
            "command": type(self.command).__name__,
            "fields": orjson.Fragment(sealed(self.command)),
        }


@dataclass(frozen=True, slots=True)
class Cancel:
    """The deadline of this name is off."""

    name: str


Due = Callable[[Recorded], Sequence[Set | Cancel]]


def follow(due: Due) -> Follow:
    """The row changes by which the deadlines follow the facts."""

    def changes(recorded: Recorded) -> list[tuple[str, Change]]:
        return [("deadlines", _row(recorded, deadline)) for deadline in due(recorded)]

    return changes


def _row(recorded: Recorded, deadline: Set | Cancel) -> Change:
    key = f"{recorded.envelope.subject}#{deadline.name}"
    if isinstance(deadline, Cancel):
        return Remove(key)
    return Put(key, {**deadline.doc, "id": recorded.id, "version": recorded.envelope.version})


class Deadlines:
    """Issues what is due."""

    def __init__(
        self, pool: asyncpg.Pool, commands: Commands, deciders: Iterable[Decider[Any, Any, Any]], clock: Clock
    ) -> None:
        self._pool = pool
        self._commands = commands
        self._types = {command.__name__: command for decider in deciders for command in decider.commands}
        self._clock = clock
        self._failing: set[str] = set()

    async def run(self) -> None:
        """Until cancelled. A refusal or nothing to do ends a deadline as well as a fact does."""
        while True:
            try:
                if await self.issue():
                    continue
            except AGAIN as error:
                log.warning("deadlines wait: %s: %s", type(error).__name__, error)
            await asyncio.sleep(LOOK_EVERY)

    async def issue(self) -> int:
        """Issues the commands that are due now; returns how many. What fails is left where it is; the others go on."""
        now = self._clock()
        rows = await self._pool.fetch(DUE, instant(now), list(self._failing))
        try:
            return await self._issue(rows, now) if rows else 0
        except AGAIN:
            raise
        except Exception:  # somewhere among them: one by one shows where
            return sum([await self._alone(row, now) for row in rows])

    async def _alone(self, row: asyncpg.Record, now: datetime) -> int:
        try:
            return await self._issue([row], now)
        except AGAIN:
            raise
        except Exception as error:
            log.error(
                "the deadline %s fails and waits: %s: %s", row["key"], type(error).__name__, shown(error)
            )
            self._failing.add(row["key"])
            FAILING.set(len(self._failing))
            return 0

    async def _issue(self, rows: Sequence[asyncpg.Record], now: datetime) -> int:
        await self._commands.handle_many([self._asked(row["key"], row["doc"], now) for row in rows])
        done = [(row["key"], row["doc"]["due_at"], row["doc"].get("version")) for row in rows]
        await self._pool.execute(DONE, *map(list, zip(*done, strict=True)))
        return len(rows)

    def _asked(self, key: str, doc: dict[str, Any], now: datetime) -> Asked:
        command = self._types[doc["command"]].model_validate({**doc["fields"], "at": now})
        set_by = (
            f":{doc['version']}" if "version" in doc else ""
        )  # set anew to the same moment, it is another
        request = f"deadline:{key}:{doc['due_at']}{set_by}"
        return Asked(doc["id"], command, RequestKey(request), cause=request, settled=True)
