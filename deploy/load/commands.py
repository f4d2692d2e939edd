"""`renkei load`: how much does this machine hold?"""

from __future__ import annotations

import asyncio
import secrets
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import orjson
import typer
import uvloop
from rich.console import Console
from rich.live import Live
from yarl import URL

from deploy.load import report
from deploy.load.cases import Cases
from deploy.load.client import Client, addresses
from deploy.load.generator import Generator, Tally
from deploy.load.journal import Journal
from deploy.load.prepare import NobodyAnswered, prepared
from deploy.load.ways import before, plans, submissions
from deploy.local.settings import Settings

MOST_PER_SECOND = 5000
LONGEST_SECONDS = 3600
SECONDS_TO_ANSWER = 10.0


def load(
    rate: Annotated[int, typer.Option(help="Requests a second.", min=1, max=MOST_PER_SECOND)],
    seconds: Annotated[int, typer.Option(help="For how long.", min=1, max=LONGEST_SECONDS)],
    journal: Annotated[Path, typer.Option(help="A new file for every request and answer.", dir_okay=False)],
    address: Annotated[
        str | None, typer.Option(help="The front of a stack on this machine, if not of the usual one.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="The same seed asks for the same, of new cases.")] = None,
    submissions_only: Annotated[bool, typer.Option(help="New proposals only, no further steps.")] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Send the commands of whole cases at a fixed rate, and journal what was asked and answered.

    Latency counts from the moment a request was due. Ends by itself; Ctrl-C ends it early. Afterwards ask the
    audit log whether it agrees: renkei audit compare JOURNAL
    """
    services = addresses(address or Settings.read().front)
    seed = secrets.randbelow(2**32) if seed is None else seed
    run = secrets.token_hex(8)  # makes the cases of this run new ones, whatever the seed
    cases = Cases((submissions if submissions_only else plans)(seed, run))
    errors = Console(stderr=True, quiet=json)
    with Journal(journal) as lines:
        tally = uvloop.run(_run(run, cases, services, lines, rate, seconds, errors))
    if json:
        typer.echo(orjson.dumps(report.as_json(tally, cases, rate=rate, seconds=seconds, seed=seed)))
    else:
        Console().print(report.table(tally, cases))
    if not tally.answered:
        raise NobodyAnswered(f"Nobody answered at {services['intake']}: is the stack up? See renkei status.")


async def _run(
    run: str,
    cases: Cases,
    services: Mapping[str, URL],
    journal: Journal,
    rate: int,
    seconds: int,
    errors: Console,
) -> Tally:
    async with Client(services, SECONDS_TO_ANSWER) as client:
        await prepared(client, before(run))
        generator = Generator(cases, client, journal, rate=rate, seconds=seconds)
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, generator.stop)
        watching = asyncio.create_task(_watch(generator.tally, rate * seconds, errors))
        try:
            return await generator.run()
        finally:
            watching.cancel()


async def _watch(tally: Tally, slots: int, errors: Console) -> None:
    """One line a second on a terminal; drawn no more often, for the cores are the servers'."""
    if not errors.is_terminal:
        return
    with Live(console=errors, auto_refresh=False, transient=True) as live:
        while True:
            await asyncio.sleep(1)
            live.update(
                f"{tally.sent:,} of {slots:,} sent · {tally.accepted:,} accepted · "
                f"{tally.refused.total():,} refused · {tally.cut.total():,} cut · {tally.backlog:,} waiting",
                refresh=True,
            )
