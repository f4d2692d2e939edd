"""One service and its processes.

    api        HTTP, commands
    consumer   batches from other services, deadlines, mail
    relay      outbox to Kafka
    all        the three in one process (one wake-up instead of a look every 20 ms)

Every process answers `/health` and `/metrics`. Stop order: readiness off, HTTP drained, consumers drained, relay ended,
pool closed, spans sent. What the relay had not sent stays in the outbox.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, nullcontext
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import uvicorn
from fastapi import APIRouter

from chassis import health, loop, mailer, telemetry
from chassis.clock import Clock, DevelopmentClock, system_clock
from chassis.commands import Commands
from chassis.database import UNREACHABLE, connect
from chassis.dead_letters import DeadLetters
from chassis.deadlines import Deadlines, Due, follow
from chassis.decider import Command, Decider
from chassis.event_store import EventStore
from chassis.health import Check
from chassis.http import Supply, application, clock_routes, command_routes
from chassis.identity import Identify, at_their_word, nobody
from chassis.inbox import Inbox, Reaction, Reactions, Take
from chassis.mail import Mailed, Write
from chassis.mail import follow as follow_mail
from chassis.mailer import Mailer
from chassis.outbox import DEPTH, Relay
from chassis.projections import ReadModel
from chassis.settings import Settings
from contracts.cloudevents import topic
from contracts.fact import Fact

log = logging.getLogger(__name__)


@dataclass
class Parts:
    """What a running service is made of; handed to the functions that build its rooms."""

    settings: Settings
    clock: Clock
    identify: Identify
    pool: asyncpg.Pool
    store: EventStore
    commands: Commands
    letters: DeadLetters


@dataclass(frozen=True)
class Service:
    """What one service consists of. Functions take the Parts they need and return a room."""

    name: str
    deciders: Sequence[Decider[Any, Any, Any]] = ()
    read_models: Sequence[ReadModel] = ()
    due: Sequence[Due] = ()
    mailed: Sequence[Mailed] = ()
    write: Callable[[Parts], Write] | None = None  # the mails; needed where there are any
    listens_to: Sequence[str] = ()  # publishers
    reactions: Callable[[Parts], Mapping[type[Fact], Reaction]] = lambda parts: {}
    supplies: Callable[[Parts], Mapping[type[Command], Supply]] = lambda parts: {}
    routes: Callable[[Parts], APIRouter] = lambda parts: APIRouter()
    take: Callable[[Parts], AbstractAsyncContextManager[Take]] | None = None  # instead of reactions
    beside: Mapping[str, Callable[[Parts, Take], Coroutine[Any, Any, None]]] = field(
        default_factory=dict
    )  # by name: what runs beside the consumer, for as long as it does; given what takes the batches

    def parts(
        self, settings: Settings, pool: asyncpg.Pool, written: Callable[[], None] = lambda: None
    ) -> Parts:
        development = settings.environment == "development"
        store = EventStore(pool, f"/{self.name}")
        return Parts(
            settings=settings,
            clock=DevelopmentClock(settings.clock) if development and settings.clock else system_clock,
            identify=at_their_word if development else nobody,
            pool=pool,
            store=store,
            commands=Commands(
                store,
                self.deciders,
                self.read_models,
                [*(follow(due) for due in self.due), *(follow_mail(mailed) for mailed in self.mailed)],
                municipality=settings.municipality,
                written=written,
            ),
            letters=DeadLetters(pool),
        )

    def taking(self, parts: Parts) -> AbstractAsyncContextManager[Take]:
        """What becomes of a batch of records. What it holds for that it gives back at the end."""
        if self.take:
            return self.take(parts)
        return nullcontext(Reactions(self.name, self.reactions(parts), parts.commands, parts.clock))


async def serve(service: Service, process: str, settings: Settings) -> None:
    """Runs one process of a service until SIGTERM or SIGINT."""
    provider = telemetry.set_up(service.name)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    async with AsyncExitStack() as stack:
        stack.callback(provider.shutdown)
        pool = await _reached(settings)
        stack.push_async_callback(_close, pool)
        together = process == "all"
        woken: list[Callable[[], None]] = []

        def wake_all() -> None:
            for wake in woken:
                wake()

        parts = service.parts(settings, pool, wake_all)
        live: dict[str, Check] = {"event loop": health.always}
        ready: dict[str, Check] = {
            "database": health.database(pool),
            "broker": health.broker(settings.kafka),
            "stopping": health.unless(stopping),
        }
        measures: list[Callable[[], None]] = []
        if process in ("relay", "all") and service.deciders:
            relay = Relay(
                parts.store,
                settings.kafka,
                service.name,
                shards=settings.shards,
                idle=0.25 if together else 0.02,
            )
            woken.append(relay.wake)
            task = await stack.enter_async_context(_running(relay.run(), "relay"))
            live["relay"] = health.alive(task)
        parts.commands.start()
        stack.push_async_callback(parts.commands.stop)
        if process in ("consumer", "all"):
            if service.listens_to:
                topics = [topic(publisher) for publisher in service.listens_to]
                take = await stack.enter_async_context(service.taking(parts))
                inbox = Inbox(settings.kafka, f"renkei-{service.name}", topics, take, parts.letters)
                for name, work in service.beside.items():
                    live[name] = health.alive(
                        await stack.enter_async_context(_running(work(parts, take), name))
                    )
                starting = asyncio.create_task(inbox.start(), name="inbox")
                stack.push_async_callback(_stopped, inbox, starting)
                live["consumer"] = health.consuming(inbox, starting)
                ready["consumer"] = health.started(starting)
                measures.append(inbox.measure)
            if service.due:
                deadlines = Deadlines(pool, parts.commands, service.deciders, parts.clock)
                live["deadlines"] = health.alive(
                    await stack.enter_async_context(_running(deadlines.run(), "deadlines"))
                )
            if service.write and settings.smtp:
                sending = Mailer(
                    parts.store, parts.commands, service.write(parts), parts.clock, settings.smtp
                ).run()
                live["mail"] = health.alive(await stack.enter_async_context(_running(sending, "mail")))
            elif service.write:
                log.warning("RENKEI_SMTP is not set: mail waits in the table `mails`")
        await stack.enter_async_context(_running(_watch_the_loop(), "event loop"))
        gc.freeze()  # what is here now stays: later collections need not look at it
        gc.set_threshold(20_000, 20, 50)
        routers = [health.routes(live, ready, _measure(parts, measures))]
        if process in ("api", "all"):
            routers += [
                command_routes(
                    service.name,
                    service.deciders,
                    parts.commands,
                    parts.clock,
                    parts.identify,
                    service.supplies(parts),
                ),
                service.routes(parts),
                clock_routes(service.name, parts.clock),
            ]
        await _http(application(service.name, routers), settings.http, stopping)


async def _reached(settings: Settings) -> asyncpg.Pool:
    while True:
        try:
            return await connect(settings.database)
        except UNREACHABLE as error:
            log.warning("the database does not answer yet: %s", error)
            await asyncio.sleep(0.5)


async def _close(pool: asyncpg.Pool) -> None:
    try:
        await asyncio.wait_for(pool.close(), 5)
    except TimeoutError:
        pool.terminate()


class _Quiet(uvicorn.Server):
    """A server that leaves signals to `serve`."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


async def _http(app: Any, address: str, stopping: asyncio.Event) -> None:
    host, _, port = address.rpartition(":")
    config = uvicorn.Config(
        app, host=host, port=int(port), http="httptools", ws="none", lifespan="off", log_level="warning",
        access_log=False, timeout_graceful_shutdown=10, backlog=4096,
    )  # fmt: skip
    server = _Quiet(config)
    serving = asyncio.create_task(server.serve(), name="http")
    asked = asyncio.create_task(stopping.wait())
    await asyncio.wait({serving, asked}, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    server.should_exit = True
    await serving


@contextlib.asynccontextmanager
async def _running(work: Coroutine[Any, Any, None], name: str) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(work, name=name)
    task.add_done_callback(_tell)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _tell(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("%s has ended", task.get_name(), exc_info=error)


async def _stopped(inbox: Inbox, starting: asyncio.Task[None]) -> None:
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)
    await inbox.stop()


async def _watch_the_loop(every: float = 0.5) -> None:
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + every
        await asyncio.sleep(every)
        telemetry.LOOP_LAG.set(max(0.0, loop.time() - due))


def _measure(parts: Parts, measures: Sequence[Callable[[], None]]) -> Check:
    async def measure() -> None:
        try:
            outbox = await parts.pool.fetchrow(DEPTH)
            telemetry.DEAD_LETTERS.set(await parts.letters.count())
            await mailer.measure(parts.pool)
        except UNREACHABLE:
            return  # the gauges keep their last value; /health/ready says that the database is away
        assert outbox is not None
        telemetry.OUTBOX_DEPTH.set(outbox["depth"])
        telemetry.OUTBOX_AGE.set(outbox["age"])
        for bring_up_to_date in measures:
            bring_up_to_date()

    return measure


def run(service: Service, process: str, settings: Settings) -> None:
    """One process of a service, until it is told to stop."""
    loop.run(serve(service, process, settings))
