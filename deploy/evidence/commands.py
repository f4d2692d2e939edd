"""`renkei audit proof EVENT`, `renkei audit bundle CASE -o case.zip`, `renkei audit verifier`.

Exit codes: 0 when it was written; 2 when there is nothing to write, or nothing to write it from.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import asyncpg
import typer

from chassis.clock import system_clock
from contracts.actors import Actor
from deploy.evidence.contents import Made, contents, zipped
from deploy.evidence.mirror import mirror
from deploy.evidence.published import Published
from deploy.history import ME, Reader, keep_reading
from deploy.local.trouble import Trouble
from deploy.verification import own_log
from services.audit.history import known
from services.audit.tlog.notes import LOG, WITNESS, NotAKey, Signer
from services.audit.verifier.command import own_policy
from services.audit.verifier.policy import policy
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


def keygen_command(
    out: Annotated[Path, typer.Option("-o", "--out", help="The file to write; only its owner can read it.")],
    name: Annotated[str, typer.Option(help="Who signs: the origin of a log, such as city.example/audit.")],
    witness: Annotated[bool, typer.Option("--witness", help="The key of a witness, not of a log.")] = False,
) -> None:
    """Make a key that signs. Its public half is printed, to be published by another way than the log."""
    try:
        signer = Signer.new(name, WITNESS if witness else LOG)
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{signer.text}\n")
    except FileExistsError:
        raise Trouble(f"{out} is there already, and a key is never overwritten.") from None
    except NotAKey as error:
        raise Trouble(str(error)) from None
    typer.echo(signer.key.vkey)


def export_command(
    folder: Annotated[Path, typer.Argument(help="Where to; what was copied there before is extended.")],
    place: From = None,
    trust: Annotated[
        Path | None, typer.Option("--policy", help="Whom to trust; else its own policy.")
    ] = None,
) -> None:
    """Copy the published log, verified: static files from which any C2SP tool verifies without asking us."""
    of = source(place) if place else own_log()
    try:
        size = mirror(of, folder, policy(trust.read_bytes() if trust else own_policy(of)))
    except Refusal as refusal:
        raise Trouble(f"Nothing was copied, for the log does not hold: {refusal}") from None
    typer.echo(f"{folder}: {size:,} 件の記録 entries")


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
