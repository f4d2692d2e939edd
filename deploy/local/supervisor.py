"""The process that keeps the local stack: `python -m deploy.local.supervisor`, started by `renkei up`."""

import asyncio
import os
import signal
import sys

from deploy.local.front import serve_front
from deploy.local.identity import Identity
from deploy.local.keeper import Keeper
from deploy.local.lock import only_supervisor
from deploy.local.orphans import end_orphans
from deploy.local.settings import Settings
from deploy.local.stack import Stack, assemble
from deploy.local.state import StackState, read_state, write_state
from deploy.local.trouble import Trouble


class Supervisor:
    """Starts everything, keeps it, and ends it in the reverse order. Deletes no data, ever."""

    def __init__(self, settings: Settings) -> None:
        me = Identity.of(os.getpid())
        assert me is not None
        self._settings = settings
        self._stack: Stack = assemble(settings, self._write)
        rows = [keeper.state for keeper in self._stack.keepers]
        self.state = StackState(me.pid, me.started_at, settings.ports.base, rows)

    async def run(self) -> None:
        """Until SIGTERM or SIGINT. Raises Trouble when a part that is needed could not be started the first time."""
        self._settings.ports.refuse_taken(self._stack.own_ports)
        self._write()
        main = asyncio.current_task()
        assert main is not None
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, main.cancel)
        try:
            async with serve_front(self._settings, self.state), asyncio.TaskGroup() as tasks:
                for keeper in self._stack.engines:
                    tasks.create_task(keeper.keep(), name=keeper.state.name)
                await asyncio.gather(*(keeper.was_ready.wait() for keeper in self._stack.needed))
                await self._stack.provide()
                for keeper in self._stack.services:
                    tasks.create_task(keeper.keep(), name=keeper.state.name)
        except* asyncio.CancelledError:
            pass
        finally:
            for number in (
                signal.SIGTERM,
                signal.SIGINT,
            ):  # ending has begun; asking twice does not cut it short
                asyncio.get_running_loop().add_signal_handler(number, lambda: None)
            await self._stop(self._stack.services)
            await self._stop(self._stack.engines)

    async def _stop(self, keepers: list[Keeper]) -> None:
        await asyncio.gather(*(keeper.stop() for keeper in keepers))

    def _write(self) -> None:
        write_state(self._settings.home, self.state)

    def tell(self, trouble: str) -> None:
        self.state.trouble = trouble
        self._write()


def main() -> None:
    settings = Settings.read()
    settings.make_home()
    try:
        with only_supervisor(settings.home):
            _keep(settings)
    except Trouble as trouble:
        sys.exit(str(trouble))


def _keep(settings: Settings) -> None:
    before = read_state(settings.home)
    if before:
        end_orphans(before)
    for held in (settings.home / "held").iterdir():
        held.unlink()  # whoever starts the stack wants all of it
    supervisor = Supervisor(settings)
    try:
        asyncio.run(supervisor.run())
    except* Trouble as group:
        supervisor.tell(" ".join(str(trouble) for trouble in group.exceptions))
        sys.exit(1)


if __name__ == "__main__":
    main()
