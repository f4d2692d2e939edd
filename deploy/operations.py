"""What an operator does with a running system: dead letters, read models."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chassis.database import UNREACHABLE, connect
from chassis.dead_letters import NoSuchLetter
from chassis.faults import shown
from chassis.inbox import again
from chassis.rebuild import rebuild as rebuild_model
from chassis.service import Parts, Service
from chassis.settings import Settings as ServiceSettings
from deploy.local import SERVICES
from deploy.local.client import running
from deploy.local.stack import environment
from deploy.local.trouble import Trouble

app = typer.Typer()
deadletters = typer.Typer(no_args_is_help=True, help="Records that a service could not act on.")
app.add_typer(deadletters, name="deadletters")


Name = Annotated[str, typer.Argument(help=f"One of {', '.join(SERVICES)}.")]
Place = Annotated[str, typer.Argument(help="<topic>/<partition>/<offset>, as the list shows it.")]
Json = Annotated[bool, typer.Option("--json", help="For machines.")]


@asynccontextmanager
async def _parts(name: str) -> AsyncIterator[tuple[Service, Parts]]:
    """A service of the local stack, put together but not running."""
    if name not in SERVICES:
        raise Trouble(f"There is no service {name!r}: take one of {', '.join(SERVICES)}.")
    service: Service = importlib.import_module(f"services.{name}.main").SERVICE
    settings = ServiceSettings.read(environment(running(), name))
    pool = await connect(settings.database, 4)
    try:
        yield service, service.parts(settings, pool)
    finally:
        await pool.close()


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    try:
        return asyncio.run(work)
    except UNREACHABLE as error:
        raise Trouble(
            f"The database does not answer ({type(error).__name__}): `renkei up` starts the stack."
        ) from None


@deadletters.command("list")
def list_(as_json: Json = False) -> None:
    """Every dead letter of every service, oldest first. Bodies are never shown here."""

    async def every() -> list[dict[str, Any]]:
        found = []
        for name in SERVICES:
            async with _parts(name) as (_, parts):
                found += [{"service": name, **letter} for letter in await parts.letters.list()]
        return found

    letters = _run(every())
    if as_json:
        typer.echo(orjson.dumps(letters, default=_text, option=orjson.OPT_INDENT_2))
        return
    table = Table("service", "place", "key", "why", "detail", "others wait", box=None)
    for x in letters:
        place = f"{x['topic']}/{x['partition']}/{x['offset']}"
        row = (x["service"], place, _text(x["key"]), x["reason"], x["detail"], "yes" if x["blocks"] else "no")
        table.add_row(*map(escape, row))
    Console().print(table if letters else "There are no dead letters.")


@deadletters.command()
def show(service: Name, place: Place) -> None:
    """One letter with its headers and the size of its body, as JSON."""

    async def one() -> dict[str, Any]:
        async with _parts(service) as (_, parts):
            return await parts.letters.show(*_place(place))

    try:
        typer.echo(orjson.dumps(_run(one()), default=_text, option=orjson.OPT_INDENT_2))
    except NoSuchLetter:
        raise Trouble(
            f"No dead letter of {service} lies at {place}; `renkei deadletters list` shows all."
        ) from None


@deadletters.command()
def replay(service: Name, place: Place) -> None:
    """Take a letter again, and after it all that wait behind its key. Stops at the first that fails."""

    async def take() -> int:
        async with _parts(service) as (described, parts):
            return await parts.letters.replay(*_place(place), again(described.taking(parts)))

    try:
        done = _run(take())
    except NoSuchLetter:
        raise Trouble(
            f"No dead letter of {service} lies at {place}; `renkei deadletters list` shows all."
        ) from None
    except Exception as error:
        raise Trouble(
            f"It still fails ({type(error).__name__}: {shown(error)}); mend the cause, then replay again."
        ) from None
    typer.echo(f"{done} taken.")


@app.command()
def rebuild(service: Name, model: Annotated[str, typer.Argument(help="The read model's name.")]) -> None:
    """Make a read model anew by replay, beside the old one, and swap them while the service goes on."""

    async def make() -> int:
        async with _parts(service) as (described, parts):
            models = {m.name: m for m in described.read_models}
            if model not in models:
                raise Trouble(
                    f"{service} has no read model {model!r}: take one of {', '.join(models) or 'none'}."
                )
            return await rebuild_model(parts.store, models[model])

    typer.echo(f"{service}.{model}: {_run(make()):,} facts replayed.")


def _place(place: str) -> tuple[str, int, int]:
    topic, _, rest = place.partition("/")
    partition, _, offset = rest.partition("/")
    if not (topic and partition.isdigit() and offset.isdigit()):
        raise Trouble(
            f"{place!r} is no place of a dead letter: <topic>/<partition>/<offset>, as the list shows it."
        )
    return topic, int(partition), int(offset)


def _text(value: Any) -> str:
    return value.decode(errors="backslashreplace") if isinstance(value, bytes) else str(value or "–")
