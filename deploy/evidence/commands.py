"""`renkei audit proof EVENT`, `renkei audit bundle CASE -o case.zip`, `renkei audit verifier`.

Exit codes: 0 when it was written; 2 when there is nothing to write, or nothing to write it from.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import asyncpg
import typer

from chassis.clock import system_clock
from contracts.actors import Actor
from deploy.evidence.contents import Made, contents, zipped
from deploy.evidence.export import Key, export
from deploy.evidence.published import Published
from deploy.history import ME, Reader, keep_reading
from deploy.local.trouble import Trouble
from deploy.verification import own_log
from services.audit.history import known
from services.audit.verifier.single_file import single_file
from services.audit.verifier.sources import source
from services.audit.verifier.verdict import Refusal

EVENT = "select idx from entries where id = $1"

From = Annotated[
    str | None,
    typer.Option("--from", metavar="FOLDER|URL", help="The published log; else that of this stack."),
]
Database = Annotated[
    str, typer.Option(envvar="RENKEI_AUDIT_DATABASE", help="The audit database (a read is enough).")
]
T = TypeVar("T")


def proof_command(
    event: Annotated[str, typer.Argument(help="The id of a fact, or the index of its entry.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="EVENT.tlog-proof where nothing is said.")
    ] = None,
    place: From = None,
    *,
    database: Database,
) -> None:
    """Write the proof that an entry is in the log, with which anybody can check it offline (C2SP tlog-proof)."""

    async def find(db: asyncpg.Connection) -> int:
        index = await db.fetchval(EVENT, event)
        if index is None and event.isdigit():
            return int(event)
        if index is None:
            raise Trouble(f"The log knows no fact {event!r}.")
        return int(index)

    index = asyncio.run(_read(database, find))
    path = out or Path(f"{event}.tlog-proof")
    path.write_bytes(_published(place).proof(index))
    typer.echo(f"{path}: 記録 entry {index}")


def bundle_command(
    case: Annotated[str, typer.Argument(help="The case's id.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The zip file to write.")],
    actor: Reader = ME,
    purpose: Annotated[str | None, typer.Option(help="What it is made for; kept with the reading.")] = None,
    place: From = None,
    *,
    database: Database,
) -> None:
    """Write an offline evidence bundle of a case: entries, facts, proofs, rules, re-runs, report, its own verifier."""
    made = Made(str(Actor.parse(actor)), system_clock(), purpose)

    async def make(db: asyncpg.Connection) -> dict[str, bytes]:
        if not await known(db, case):
            raise Trouble(f"The log knows no case {case!r}.")
        await keep_reading(case, "bundle", actor, purpose)
        return await contents(db, case, _published(place), made)

    files = asyncio.run(_read(database, make))
    out.write_bytes(zipped(files))
    entries = sum(name.startswith("entries/") for name in files)
    typer.echo(f"{out}: {entries} 件の記録 entries; 検証 verify it: unzip it and run python verify.py")


KeyFile = Annotated[
    Path, typer.Option("--key", envvar="RENKEI_AUDIT_KEY", help="The file of the log's private key.")
]


def keygen_command(
    out: Annotated[Path, typer.Option("-o", "--out", help="The file to write; only its owner can read it.")],
    name: Annotated[
        str, typer.Option(help="The name under which the log signs, such as city.example/audit.")
    ],
) -> None:
    """Make the key of a log. Its public half is printed, to be published by another way than the log."""
    try:
        typer.echo(Key.make(out, name).vkey)
    except FileExistsError:
        raise Trouble(f"{out} is there already, and a key is never overwritten.") from None


def export_command(
    folder: Annotated[Path, typer.Argument(help="Where to; what was published there before is extended.")],
    key: KeyFile,
    *,
    database: Database,
) -> None:
    """Write the log as static files that any C2SP tool verifies, and sign it. What was published is never changed."""

    async def write(db: asyncpg.Connection) -> int:
        return await export(db, folder, Key.read(key))

    typer.echo(f"{folder}: {asyncio.run(_read(database, write)):,} 件の記録 entries")


def verifier_command(
    out: Annotated[Path, typer.Option("-o", "--out", help="The file to write.")] = Path("verify.py"),
) -> None:
    """Write the verifier as one file that runs on Python alone, for those who verify from outside."""
    out.write_text(single_file(), encoding="utf-8")
    typer.echo(f"{out}: python {out} PLACE --policy FILE")


def _published(place: str | None) -> Published:
    try:
        return Published.now(source(place) if place else own_log())
    except Refusal as refusal:
        raise Trouble(f"There is no published log to take this from: {refusal}") from None


async def _read(database: str, ask: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
    try:
        connection = await asyncpg.connect(database)
    except (OSError, asyncpg.PostgresError) as error:
        raise Trouble(
            f"The audit database could not be read ({type(error).__name__}): "
            "start the stack, or say where it is with --database."
        ) from None
    try:
        return await ask(connection)
    finally:
        await connection.close()
