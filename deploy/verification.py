"""`renkei audit verify`: everything recomputed, from what was published or from the audit database itself.

Exit codes: 0 all holds · 1 something does not, and the first entry where it shows is named · 2 nothing could be read.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import asyncpg
import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from deploy.audit import OWN
from deploy.evidence.kept import Kept
from deploy.local.client import running
from deploy.local.passwords import AUDITOR
from deploy.local.stack import dsn
from deploy.local.trouble import Trouble
from services.audit.history import Verification
from services.audit.history import verify as verify_database
from services.audit.verifier.command import conflicts, own_policy
from services.audit.verifier.entries import Run
from services.audit.verifier.log import Verified, verify
from services.audit.verifier.notes import checkpoint
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Source, source, there
from services.audit.verifier.verdict import Refusal

PROCESSES = min(os.cpu_count() or 1, 8)

NOBODYS = ("note.", "checkpoint.", "policy.")  # checks of what no log has signed
AT_ONCE = 50_000  # entries; fewer are verified sooner than processes start

From = Annotated[
    str | None, typer.Option("--from", metavar="FOLDER|URL", help="What was published; else our own.")
]
Trust = Annotated[
    Path | None, typer.Option("--policy", help="Whom to trust; else the policy that came with it.")
]
Known = Annotated[
    Path | None,
    typer.Option(
        "--remember", help="A checkpoint seen before, which the log has to extend; then today's is kept."
    ),
]


def verify_command(
    place: From = None,
    trust: Trust = None,
    remember: Known = None,
    opaque: Annotated[bool, typer.Option("--opaque", help="A log of something else: hashes only.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    *,
    database: Annotated[
        str | None, typer.Option(envvar="RENKEI_AUDIT_DATABASE", help="The audit database.")
    ] = None,
) -> None:
    """Recompute the whole log: bytes, entries, hashes, signatures, witnesses, nothing missing of a case or stream."""
    began = time.perf_counter()
    try:
        if place is None:
            rows = asyncio.run(_rows(_database(database)))
            if not rows.ok or not rows.entries or OWN not in os.environ:
                _say(as_json, asdict(rows) | {"ok": rows.ok}, _of_rows(rows))
                raise typer.Exit(0 if rows.ok else 1)
        of = source(place) if place else Kept(own_log(), _database(database))
        found = _verified(of, trust, remember, opaque, quiet=as_json)
    except Refusal as wrong:
        told = {"ok": False, "check": wrong.check, "entry": wrong.entry, "what": wrong.what}
        _say(as_json, told, f"[red]不合格 NOT VERIFIED[/] {escape(str(wrong))}")
        raise typer.Exit(1) from None
    except (OSError, asyncpg.PostgresError) as error:
        Console(stderr=True).print(
            f"The log could not be read ({type(error).__name__}): {escape(str(error))}"
        )
        raise typer.Exit(2) from None
    _say(as_json, _told(found), _sentence(found, time.perf_counter() - began))


def own_log() -> Source:
    """What this stack publishes; its place stands in the environment."""
    if OWN not in os.environ:
        raise Trouble(f"This stack publishes no log: say where one is with --from, or in {OWN}.")
    return source(os.environ[OWN])


def _database(named: str | None) -> str:
    return named or dsn(running(), AUDITOR, "audit")


async def _rows(database: str) -> Verification:
    """Also what is not published yet: index without a gap, bytes as received, every stream complete."""
    connection = await asyncpg.connect(database)
    try:
        return await verify_database(connection)
    finally:
        await connection.close()


def _of_rows(rows: Verification) -> str:
    word = "verified" if rows.ok else "NOT in order"
    return "\n".join([*map(escape, rows.problems), f"{rows.entries:,} entries: {word}."])


def _verified(of: Source, trust: Path | None, remember: Path | None, opaque: bool, quiet: bool) -> Verified:
    trusted = policy(trust.read_bytes() if trust else own_policy(of))
    known = checkpoint(remember.read_bytes()) if remember and remember.exists() else None
    head = there(of, "checkpoint")
    try:
        with _bar(quiet) as progress, _processes(checkpoint(head).size) as in_parallel:
            found = verify(of, trusted, known, opaque, in_parallel, progress)
    except Refusal as wrong:
        if known and remember and not wrong.check.startswith(NOBODYS):
            _keep_evidence(remember, head)
        raise
    if remember:
        unfinished = remember.with_name(remember.name + ".new")
        unfinished.write_bytes(head)
        unfinished.replace(remember)
    return found


def _keep_evidence(remember: Path, head: bytes) -> None:
    """Two checkpoints that one log signed, of which one does not extend the other: that is what convicts it."""
    evidence = remember.with_name(remember.name + ".evidence")
    evidence.write_bytes(remember.read_bytes() + b"\n" + head)
    Console(stderr=True).print(f"[red]Both checkpoints are kept as evidence:[/] {escape(str(evidence))}")


InParallel = Callable[[Callable[[int], Run], Iterable[int]], Iterable[Run]]


@contextmanager
def _processes(size: int) -> Iterator[InParallel]:
    if size < AT_ONCE or PROCESSES == 1:
        yield map
        return
    pool = ProcessPoolExecutor(PROCESSES)
    try:
        yield pool.map
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _bar(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    columns = (TextColumn("検証中 verifying"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=quiet) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, size: bar.update(task, completed=done, total=size)


def _told(found: Verified) -> dict[str, Any]:
    return {
        "ok": True,
        "origin": found.checkpoint.origin,
        "entries": found.checkpoint.size,
        "root": found.checkpoint.root.hex(),
        "cases": found.cases,
        "streams": found.streams,
        "witnessed": found.witnessed,
        "extends": found.extends,
        "conflicts": list(found.conflicts),
    }


def _sentence(found: Verified, seconds: float) -> str:
    lines = [
        f"[green]合格 VERIFIED[/] {escape(found.checkpoint.origin)}: {found.checkpoint.size:,} 件の記録 entries, "
        f"{found.cases:,} 案件 cases, {found.streams:,} 系列 streams ({seconds:.1f} s)",
        f"  立会人 witnesses: {', '.join(found.witnessed) or '–'}",
    ]
    if found.extends is not None:
        lines.append(f"  前回の {found.extends:,} 件に続くもの extends the {found.extends:,} known before")
    return "\n".join([*lines, *map(escape, conflicts(found))])


def _say(as_json: bool, told: dict[str, Any], sentence: str) -> None:
    if as_json:
        typer.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2))
    else:
        Console().print(sentence, highlight=False)
