"""`renkei audit compare FILE`: the journal of a load against the audit log, and against nothing else."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import asyncpg
import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from services.audit.account import Account, Entry, account
from services.audit.journal import Journal, NotAJournal, read

EXAMPLES = 3  # of each finding, for people; machines get all
STILL = 2.0  # seconds without a new entry, after which the log counts as at rest
LOOK_EVERY = 0.25

OF_THE_JOURNAL = """
select id, type, source, subject, version, time, cause from entries
where case_id = any($1) or cause = any($2) order by idx
"""

THERE = "select id from entries where id = any($1)"
SIZE = "select coalesce(max(idx) + 1, 0) from entries"


async def settled(connection: asyncpg.Connection, journal: Journal, *, within: float) -> Account:
    """The account once the log is at rest. What does not agree yet may still be on its way, for `within` seconds."""
    end = time.monotonic() + within
    awaited = {fact.id for asked in journal.values() for answer in asked.accepted for fact in answer}
    cases = list({asked.case for asked in journal.values()})
    while True:
        size = await _at_rest(connection, awaited, end)
        entries = await connection.fetch(OF_THE_JOURNAL, cases, list(journal))
        result = account(journal, [Entry(**row) for row in entries])
        if result.agrees or time.monotonic() >= end:
            return result
        while time.monotonic() < end and await connection.fetchval(SIZE) == size:
            await asyncio.sleep(LOOK_EVERY)


async def _at_rest(connection: asyncpg.Connection, awaited: set[str], end: float) -> int:
    """Waits until what is awaited is there and nothing more comes, or until `end`; returns the size of the log."""
    size, since = -1, time.monotonic()
    while True:
        awaited.difference_update(
            [row["id"] for row in await connection.fetch(THERE, list(awaited))] if awaited else ()
        )
        now, seen = time.monotonic(), await connection.fetchval(SIZE)
        if seen != size:
            size, since = seen, now
        if now >= end or (not awaited and now - since >= STILL):
            return size
        await asyncio.sleep(LOOK_EVERY)


def compare(
    file: Annotated[
        Path, typer.Argument(help="The journal that `renkei load` wrote.", exists=True, dir_okay=False)
    ],
    database: Annotated[
        str, typer.Option(envvar="RENKEI_AUDIT_DATABASE", help="The audit database (a read is enough).")
    ],
    within: Annotated[
        float, typer.Option(help="Seconds to wait until the log is at rest.", min=0, max=3600)
    ] = 60.0,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Say whether the audit log holds exactly what a load was told. Exit 0 only when all is accounted for."""
    try:
        with file.open("rb") as lines:
            journal = read(lines)
        result = asyncio.run(_account(database, journal, within))
    except NotAJournal as error:
        raise typer.BadParameter(str(error), param_hint="FILE") from None
    except (OSError, asyncpg.PostgresError) as error:
        Console(stderr=True).print(
            f"The audit database could not be read ({type(error).__name__}): "
            "start the stack, or say where it is with --database."
        )
        raise typer.Exit(2) from None
    if json:
        typer.echo(orjson.dumps(as_json(result)))
    else:
        Console().print(*tables(result), sep="\n")
    raise typer.Exit(0 if result.agrees else 1)


async def _account(database: str, journal: Journal, within: float) -> Account:
    connection = await asyncpg.connect(database)
    try:
        return await settled(connection, journal, within=within)
    finally:
        await connection.close()


def as_json(result: Account) -> dict[str, object]:
    """`{"agrees", "requests", "accepted", …, "findings": {<kind>: {"count", "all": [sentence]}}}`."""
    counts = ("requests", "accepted", "refused", "cut", "cut_and_there", "entries", "streams")
    return {
        "agrees": result.agrees,
        **{name: getattr(result, name) for name in counts},
        "findings": {name: {"count": len(found), "all": found} for name, found in result.findings.items()},
    }


def tables(result: Account) -> Sequence[Table | str]:
    """What was compared, what does not agree, and one sentence that sums it up."""
    compared = Table("compared", "", box=None, title_justify="left")
    compared.columns[1].justify = "right"
    for name, count in (
        ("requests", result.requests),
        ("  accepted", result.accepted),
        ("  refused", result.refused),
        ("  cut off without an answer", result.cut),
        ("    of these in the log", result.cut_and_there),
        ("entries of their cases", result.entries),
        ("streams", result.streams),
    ):
        compared.add_row(name, f"{count:,}")
    found = Table("finding", "count", "the first of them", box=None)
    for kind, sentences in result.findings.items():
        first = "\n".join(map(escape, sentences[:EXAMPLES]))
        found.add_row(kind, f"[red]{len(sentences):,}[/]" if sentences else "[green]0[/]", first)
    verdict = (
        "[green]Everything is accounted for.[/]"
        if result.agrees
        else "[red]The log and the journal do not agree.[/] Look at a case with: renkei audit history CASE"
    )
    return compared, "", found, "", verdict
