"""Keeps one part running: starts it, starts it again with growing pauses, lets it rest when told."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from deploy.local.identity import Identity
from deploy.local.jars import Progress
from deploy.local.process import Process
from deploy.local.state import Condition, PartState
from deploy.local.trouble import Trouble

_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 15.0
_LONG_ENOUGH = 20.0  # having run that long, the next end counts as the first again
_GLANCE = 0.2
_LOOK = 2.0
_LOOK_WHILE_NOT_READY = 0.25
_NOT_ALIVE = 5  # so many looks in a row: one may be a busy moment


class Engine(Protocol):
    """What can be kept. `launch` does not wait for an answer. No process: somebody else runs it."""

    @property
    def process(self) -> Process | None: ...
    def prepare(self, progress: Progress) -> None: ...
    async def launch(self) -> None: ...
    async def ready(self) -> bool: ...
    async def alive(self) -> bool: ...
    async def stop(self) -> None: ...


@dataclass
class Keeper:
    """One part's keeper. The first failure of a part that is needed is raised: a stack without it is of no use."""

    engine: Engine
    state: PartState
    held: Path
    changed: Callable[[], None]
    was_ready: asyncio.Event = field(default_factory=asyncio.Event)
    _quick_ends: int = 0

    async def keep(self) -> None:
        """Runs until cancelled. Raises Trouble when a part that is needed can not be started the first time."""
        if not await self._prepared():
            return
        while True:
            await self._rest_while_held()
            started = time.monotonic()
            try:
                await self.engine.launch()
            except Trouble as trouble:
                if self.state.needed and not self.was_ready.is_set() and self.state.restarts == 0:
                    raise
                self._say("restarting", str(trouble))
            else:
                self._launched()
                await self._watch()
            if self.held.exists():
                continue
            await self.engine.stop()  # if only what it left behind
            self._quick_ends = 0 if time.monotonic() - started > _LONG_ENOUGH else self._quick_ends + 1
            self.state.restarts += 1
            self._gone("restarting")
            await asyncio.sleep(self.pause)

    @property
    def pause(self) -> float:
        """Seconds until the next start: none to speak of after a long run, then twice as long each time."""
        return min(_FIRST_PAUSE * 2.0 ** min(self._quick_ends, 10), _LONGEST_PAUSE)

    async def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            await self.engine.stop()
        self._gone("stopped")

    async def _prepared(self) -> bool:
        loop = asyncio.get_running_loop()

        def progress(
            words: str,
        ) -> None:  # from threads of downloads; one alone changes the state, and writes it
            loop.call_soon_threadsafe(self._say, "starting", words)

        try:
            await asyncio.to_thread(self.engine.prepare, progress)
        except Trouble as trouble:
            if self.state.needed:
                raise
            self._say("stopped", str(trouble))
            return False
        self._say("starting", "")
        return True

    async def _rest_while_held(self) -> None:
        if self.held.exists():
            await self.stop()
        while self.held.exists():
            await asyncio.sleep(_GLANCE)

    async def _watch(self) -> None:
        """Returns when the part has ended, or must be ended, or is to rest."""
        next_look, dead_looks = 0.0, 0
        while not self.held.exists():
            if self.engine.process and not self.engine.process.running:
                self.state.note = self.engine.process.last_words(1)
                return
            if time.monotonic() >= next_look:
                ready = await self.engine.ready()
                self._looked(ready)
                dead_looks = 0 if ready or await self.engine.alive() else dead_looks + 1
                if dead_looks >= _NOT_ALIVE:
                    return
                next_look = time.monotonic() + (
                    _LOOK if self.state.state == "ready" else _LOOK_WHILE_NOT_READY
                )
            await asyncio.sleep(_GLANCE)

    def _looked(self, ready: bool) -> None:
        if ready and self.state.state != "ready":
            self.was_ready.set()
            self._say("ready", "")
        elif not ready and self.state.state == "ready":
            self._say("unready", "")

    def _launched(self) -> None:
        process = self.engine.process
        identity = Identity.of(process.pid) if process and process.pid else None
        self.state.pid = identity.pid if identity else None
        self.state.started_at = identity.started_at if identity else None
        self._say("starting", "")

    def _gone(self, state: Condition) -> None:
        self.state.pid = self.state.started_at = None
        self._say(state, self.state.note)

    def _say(self, state: Condition, note: str) -> None:
        self.state.state, self.state.note = state, note
        self.changed()
