"""The mailer: one leader sends what waits in `mails`, one mail after the other, and records each before the next.

    taken                        the fact that follows takes the row away
    refused for good (5xx)       likewise, with another fact
    not now (4xx, no server)     tried again, at growing intervals, for as long as it takes

Ended between the server's answer and the record, the same mail goes again, to the byte, with the same Message-ID.
"""

from __future__ import annotations

import asyncio
import logging
import re
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from prometheus_client import Counter, Gauge

from chassis.clock import Clock
from chassis.commands import Commands
from chassis.database import FAILS, UNREACHABLE
from chassis.decider import Recorded
from chassis.deciding import Asked
from chassis.event_store import Contention, EventStore
from chassis.mail import Write

log = logging.getLogger(__name__)

NEXT = "select key, doc from mails where next_at <= clock_timestamp() order by next_at limit 1"
LATER = f"""
update mails set attempts = attempts + 1,
    next_at = clock_timestamp() + least(power(2, least(attempts, 20)), {15 * 60}) * interval '1 second'
where key = $1
"""
GONE = "delete from mails where key = $1"
QUEUE = """
select count(*) as depth, coalesce(extract(epoch from clock_timestamp() - min(queued_at)), 0)::float as age from mails
"""

AGAIN: tuple[type[BaseException], ...] = (*UNREACHABLE, Contention, SMTPException)

LOCK = 0x3A11  # the class of the leader's advisory lock
LOOK_EVERY = 0.5  # seconds
TIMEOUT = 30.0  # seconds for each answer of the server
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds, while there is no server to talk to

MAILS_WAITING = Gauge("renkei_mails_waiting", "Mails that the mail server has not taken yet")
MAILS_AGE = Gauge("renkei_mails_age_seconds", "Age of the oldest of them")
MAILS = Counter(
    "renkei_mails", "Mails by outcome: sent, undeliverable, postponed (4xx), unwritten (a template is wrong)",
    ["outcome"],
)  # fmt: skip

_STATUS = re.compile(r"[45]\.[0-9]{1,3}\.[0-9]{1,3}")  # RFC 3463


class Mailer:
    """Sends what waits."""

    def __init__(
        self,
        store: EventStore,
        commands: Commands,
        write: Write,
        clock: Clock,
        server: str,
        *,
        idle: float = LOOK_EVERY,
        pause: float = FIRST_PAUSE,
    ) -> None:
        """`server` is `host:port`; `idle` and `pause` (seconds) are how long it waits without mail, without server."""
        self._store = store
        self._commands = commands
        self._write = write
        self._clock = clock
        host, _, port = server.rpartition(":")
        self._host, self._port = host.strip("[]"), int(port)
        self._idle = idle
        self._pause = pause

    async def run(self) -> None:
        """Until cancelled. A lost server or database is taken up again."""
        failures = 0
        while not _asked_to_end():
            try:
                async with leading(self._store.pool) as leader:
                    while not _asked_to_end():
                        if not await self._send_waiting(leader):
                            await asyncio.sleep(self._idle)
                        failures = 0
            except AGAIN as error:
                # The class alone: a server's words may hold an address
                log.warning("mail waits: %s", type(error).__name__)
                await asyncio.sleep(min(self._pause * 2**failures, LONGEST_PAUSE))
                failures = min(failures + 1, 10)

    async def _send_waiting(self, leader: asyncpg.pool.PoolConnectionProxy) -> int:
        """Sends what is due, and returns how many; asking in the leader's session shows that it still leads."""
        if (row := await leader.fetchrow(NEXT)) is None:
            return 0
        count = 0
        async with SMTP(hostname=self._host, port=self._port, timeout=TIMEOUT) as server:
            while row is not None and not _asked_to_end():
                await self._send(server, row["key"], row["doc"])
                count += 1
                row = await leader.fetchrow(NEXT)
        return count

    async def _send(self, server: SMTP, key: str, doc: dict[str, object]) -> None:
        history = await self._store.load(str(doc["stream"]))
        envelope = next(e for e in history if e.version == doc["version"])
        recorded = Recorded(envelope.fact(), envelope)
        try:
            mail = await self._write(recorded)
            message = mail.message()
        except UNREACHABLE:
            raise
        except Exception as error:  # whatever is wrong with this one, the others go on
            where = traceback.format_tb(error.__traceback__)[-1].split("\n")[0].strip()
            log.error("the mail %s cannot be written and waits: %s, %s", key, type(error).__name__, where)
            await self._postpone(key, "unwritten")
            return
        try:
            await server.send_message(message, sender=mail.sender, recipients=[mail.to])
        except (SMTPRecipientsRefused, SMTPResponseException) as error:
            code, status = _said(error)
            final = code >= 500 and isinstance(error, SMTPRecipientsRefused | SMTPDataError)
            if not final:  # also where the server does not like us: that is not the fault of this mail
                log.warning("the mail %s is tried again later: %s", key, status)
                await self._postpone(key, "postponed")
                if not server.is_connected:
                    raise SMTPServerDisconnected(status) from None
                return
            log.warning("the mail %s is undeliverable: %s", key, status)
            command, outcome = mail.undeliverable(self._clock(), status), "undeliverable"
        else:
            command, outcome = mail.sent(self._clock()), "sent"
        asked = Asked(recorded.id, command, cause=envelope.id, traceparent=envelope.traceparent)
        [followed] = await self._commands.handle_many([asked])
        if not isinstance(followed, list) or not followed:
            await self._store.pool.execute(GONE, key)  # its stream knew already
        MAILS.labels(outcome).inc()

    async def _postpone(self, key: str, outcome: str) -> None:
        await self._store.pool.execute(LATER, key)
        MAILS.labels(outcome).inc()


def _asked_to_end() -> bool:
    """`wait_for`, inside the client, can swallow a cancellation that meets an answer (Python 3.11)."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _said(error: SMTPRecipientsRefused | SMTPResponseException) -> tuple[int, str]:
    """The code of an answer, and what of it may be kept: codes; the words may hold an address."""
    answer = error.recipients[0] if isinstance(error, SMTPRecipientsRefused) else error
    status = _STATUS.match(answer.message)
    return answer.code, f"{answer.code} {status[0]}" if status else str(answer.code)


@asynccontextmanager
async def leading(pool: asyncpg.Pool) -> AsyncIterator[asyncpg.pool.PoolConnectionProxy]:
    """A session that alone may send; waits until it is."""
    connection = await pool.acquire()
    try:
        while not await connection.fetchval("select pg_try_advisory_lock($1, 0)", LOCK):
            await asyncio.sleep(1)
        yield connection
    finally:
        try:
            await connection.execute("select pg_advisory_unlock_all()", timeout=2)
        except FAILS:
            connection.terminate()
        await pool.release(connection)


async def measure(pool: asyncpg.Pool) -> None:
    """Brings the gauges up to date. Raises one of UNREACHABLE."""
    queue = await pool.fetchrow(QUEUE)
    assert queue is not None
    MAILS_WAITING.set(queue["depth"])
    MAILS_AGE.set(queue["age"])
