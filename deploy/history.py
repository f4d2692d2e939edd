"""`renkei audit history` and `renkei audit diff`: what the log knows of a case, asked of the audit service itself.

There is one door to the record of a case, so that every reading is kept: by whom, when, of what time.
Exit codes: 0 when it was shown; 1 when the case is not whole; 2 when there is nothing to show.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

import orjson
import typer
from rich.console import Console
from rich.markup import escape

from chassis.identity import new_id
from contracts.cloudevents import instant
from deploy.journeys.front import Front
from deploy.journeys.history_table import history_table
from deploy.local.client import running
from deploy.local.trouble import Trouble

FORMATS = ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"]

Case = Annotated[str, typer.Argument(help="The case's id.")]
Reader = Annotated[
    str,
    typer.Option(
        "--actor", envvar="RENKEI_ACTOR", help="Who reads: auditor:ID. The reading is kept as a fact."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="For machines.")]
ME = "auditor:A-01"


def history(
    case: Case,
    as_of: Annotated[
        datetime | None, typer.Option(help="As known then (UTC where no offset is given).", formats=FORMATS)
    ] = None,
    actor: Reader = ME,
    as_json: Json = False,
) -> None:
    """Every fact of a case in the order in which it became known: who, what, why; when it happened and was known."""
    found = _asked(case, "history", actor, {"as_of": as_of})
    if as_json:
        typer.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2))
    elif found["entries"]:
        console = Console()
        console.print(history_table(found, known=True, width=console.width))
        Console().print(
            "欠落なし complete" if found["complete"] else f"NOT complete: {'; '.join(found['gaps'])}"
        )
    if not found["entries"]:
        raise Trouble(f"The log knows no case {case!r}" + (" at that time." if as_of else "."))
    raise typer.Exit(0 if found["complete"] else 1)


def diff(
    case: Case,
    since: Annotated[datetime, typer.Option("--from", help="Not yet known then.", formats=FORMATS)],
    until: Annotated[datetime, typer.Option("--to", help="Known then.", formats=FORMATS)],
    actor: Reader = ME,
    as_json: Json = False,
) -> None:
    """What became known of a case between two times; what had happened before the first is marked as late."""
    found = _asked(case, "diff", actor, {"from": since, "to": until})
    if as_json:
        typer.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2))
        return
    if not found["entries"]:
        typer.echo("変化なし Nothing became known of it in that time.")
        return
    console = Console()
    console.print(history_table(found, known=True, width=console.width))
    for stream in found["streams"]:
        console.print(escape(f"{stream['stream']}: {stream['from']} → {stream['to']}"))


async def keep_reading(case: str, manner: str, actor: str, purpose: str | None) -> None:
    """A reading that does not come through the audit service is kept there all the same, before anything is read."""
    async with Front(running().front) as front:
        answer = await front.ask(
            f"audit/reading/{case}/read-case", actor, new_id(), {"manner": manner, "purpose": purpose}
        )
    if answer.status != 200:
        raise Trouble(f"The reading could not be kept ({answer.status}): {answer.told}")


def _asked(case: str, what: str, actor: str, times: dict[str, datetime | None]) -> dict[str, Any]:
    query = urlencode({name: _utc(time) for name, time in times.items() if time})
    path = f"audit/case/{case}/{what}" + (f"?{query}" if query else "")

    async def ask() -> dict[str, Any]:
        async with Front(running().front) as front:
            answer = await front.look(path, actor)
        if answer.status != 200:
            raise Trouble(f"The audit service answers {answer.status}: {answer.told}")
        return answer.body

    return asyncio.run(ask())


def _utc(time: datetime) -> str:
    return instant(time if time.tzinfo else time.replace(tzinfo=UTC))
