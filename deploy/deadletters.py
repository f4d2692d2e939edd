"""`renkei deadletters`: the records that a service could not act on."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chassis.dead_letters import DeadLetters, NoSuchLetter
from deploy.lazily import lazily
from deploy.local import SERVICES
from deploy.local.trouble import Trouble
from deploy.within import Name, database, worked

Place = Annotated[str, typer.Argument(help="<topic>/<partition>/<offset>, as the list shows it.")]
Json = Annotated[bool, typer.Option("--json", help="For machines.")]

WHERE = {
    "list": "deploy.deadletters:list_",
    "show": "deploy.deadletters:show",
    "replay": "deploy.operations:replay",
}
app = typer.Typer(
    name="deadletters",
    cls=lazily(WHERE),
    no_args_is_help=True,
    help="Records that a service could not act on.",
)


def list_(as_json: Json = False) -> None:
    """Every dead letter of every service, oldest first. Bodies are never shown here."""

    async def every() -> list[dict[str, Any]]:
        found = []
        for name in SERVICES:
            async with database(name) as pool:
                found += [{"service": name, **letter} for letter in await DeadLetters(pool).list()]
        return found

    letters = worked(every())
    if as_json:
        typer.echo(orjson.dumps(letters, default=_text, option=orjson.OPT_INDENT_2))
        return
    table = Table("service", "place", "key", "why", "detail", "others wait", box=None)
    for x in letters:
        place = f"{x['topic']}/{x['partition']}/{x['offset']}"
        row = (x["service"], place, _text(x["key"]), x["reason"], x["detail"], "yes" if x["blocks"] else "no")
        table.add_row(*map(escape, row))
    Console().print(table if letters else "There are no dead letters.")


def show(service: Name, place: Place) -> None:
    """One letter with its headers and the size of its body, as JSON."""

    async def one() -> dict[str, Any]:
        async with database(service) as pool:
            return await DeadLetters(pool).show(*place_of(place))

    try:
        typer.echo(orjson.dumps(worked(one()), default=_text, option=orjson.OPT_INDENT_2))
    except NoSuchLetter:
        raise no_letter(service, place) from None


def no_letter(service: str, place: str) -> Trouble:
    return Trouble(f"No dead letter of {service} lies at {place}; `renkei deadletters list` shows all.")


def place_of(place: str) -> tuple[str, int, int]:
    """Topic, partition and offset. Raises Trouble."""
    topic, _, rest = place.partition("/")
    partition, _, offset = rest.partition("/")
    if not (topic and partition.isdigit() and offset.isdigit()):
        raise Trouble(
            f"{place!r} is no place of a dead letter: <topic>/<partition>/<offset>, as the list shows it."
        )
    return topic, int(partition), int(offset)


def _text(value: Any) -> str:
    return value.decode(errors="backslashreplace") if isinstance(value, bytes) else str(value or "–")
