"""One service's process, as the stack starts it and asks after it."""

import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import aiohttp

from deploy.local import BEHIND
from deploy.local.jars import Progress, silent
from deploy.local.process import Process
from deploy.local.settings import ROOT
from deploy.local.trouble import Trouble

_PATIENCE = aiohttp.ClientTimeout(total=5)
_UNHEALTHY = 503


class Service:
    """`python -m services.<name> all`, after `migrate` has brought its database up to date."""

    def __init__(
        self,
        name: str,
        address: str,
        log: Path,
        environment: Mapping[str, str],
        migrated: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`migrated` is awaited once after the migration, before the service starts."""
        self.name = name
        self._then = migrated
        self.address = address
        inherited = {name: value for name, value in os.environ.items() if name != "RENKEI_POSTGRES"}
        self._environment = {
            **inherited,
            **environment,
        }  # the administrator's address is not a service's to know
        self._migration = Process(self._command("migrate"), log, self._environment, ROOT)
        self._migrated = False
        self.process = Process(self._command("all"), log, self._environment, ROOT, patient=name in BEHIND)

    def _command(self, role: str) -> list[str]:
        return [sys.executable, "-m", f"services.{self.name}", role]

    def prepare(self, _progress: Progress = silent) -> None:
        """Nothing to fetch: what a service needs was installed."""

    async def launch(self) -> None:
        """Start it; the first time, bring its database up to date before. Raises Trouble when that fails."""
        if not self._migrated:
            await self._migrate()
        self.process.start()

    async def _migrate(self) -> None:
        self._migration.start()
        try:
            self._migrated = await self._migration.ended(within=120.0) and self._migration.exit_code == 0
        finally:
            await self._migration.stop(grace=1.0)
        if not self._migrated:
            words = self._migration.last_words()
            raise Trouble(
                f"The database of {self.name} could not be migrated: {words} (see {self.process.log})."
            )
        if self._then:
            await self._then()

    async def ready(self) -> bool:
        """It takes commands and facts, and reaches its database and broker."""
        return await self._status("/health/ready") == 200

    async def alive(self) -> bool:
        """False when it says itself that only a new start can help, such as after the loss of a task."""
        return await self._status("/health/live") != _UNHEALTHY

    async def stop(self) -> None:
        await self.process.stop(grace=20.0)

    async def kill(self) -> None:
        await self.process.kill()

    async def _status(self, path: str) -> int:
        try:
            async with (
                aiohttp.ClientSession(timeout=_PATIENCE) as session,
                session.get(f"http://{self.address}{path}") as answer,
            ):
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return 0
