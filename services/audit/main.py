"""The audit service: keeps every fact of every service in an append-only log; its own facts are who read it.

The log is a tree of hashes, signed after each batch, cosigned by witnesses, and published as files (C2SP tlog-tiles).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import contracts.agreements  # so that the facts of every publisher can be shown
import contracts.audit
import contracts.intake
import contracts.matching
import contracts.publication
import contracts.screening  # noqa: F401
from chassis.inbox import Take
from chassis.service import Parts, Service
from services.audit.api import routes
from services.audit.domain import READINGS
from services.audit.log import Log
from services.audit.publishing import Publisher
from services.audit.trust import signer, standing


@asynccontextmanager
async def log(parts: Parts) -> AsyncIterator[Log]:
    """The writer, with the key of the log where it has one, and its witnesses."""
    writer = Log(parts.pool, parts.clock, signer(parts.settings), standing(parts.settings))
    try:
        yield writer
    finally:
        await writer.step_down()


async def publish(parts: Parts, take: Take) -> None:
    """What the writer has signed, as files; nothing where no folder is named, or nothing is signed."""
    folder = parts.settings.audit_log
    if folder is None or not isinstance(take, Log) or take.standing is None:
        await asyncio.Event().wait()
        return
    await Publisher(parts.pool, folder, take.standing).run()


SERVICE = Service(
    name="audit",
    deciders=(READINGS,),
    listens_to=("intake", "screening", "matching", "agreements", "publication", "audit"),
    take=log,
    beside={"publishing": publish},
    routes=routes,
)
