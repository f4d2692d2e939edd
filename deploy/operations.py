"""What an operator does with a service that is put together for it, but not running."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import typer

from chassis.dead_letters import NoSuchLetter
from chassis.faults import shown
from chassis.inbox import again
from chassis.rebuild import rebuild as rebuild_model
from chassis.service import Parts, Service
from chassis.settings import Settings as ServiceSettings
from deploy.deadletters import Place, no_letter, place_of
from deploy.local.client import running
from deploy.local.stack import environment
from deploy.local.trouble import Trouble
from deploy.within import Name, database, worked


@asynccontextmanager
async def _parts(name: str) -> AsyncIterator[tuple[Service, Parts]]:
    """A service of the local stack, put together but not running."""
    async with database(name) as pool:
        service: Service = importlib.import_module(f"services.{name}.main").SERVICE
        yield service, service.parts(ServiceSettings.read(environment(running(), name)), pool)


def replay(service: Name, place: Place) -> None:
    """Take a letter again, and after it all that wait behind its key. Stops at the first that fails."""

    async def take() -> int:
        async with _parts(service) as (described, parts), described.taking(parts) as taking:
            return await parts.letters.replay(*place_of(place), again(taking))

    try:
        done = worked(take())
    except NoSuchLetter:
        raise no_letter(service, place) from None
    except Exception as error:
        raise Trouble(
            f"It still fails ({type(error).__name__}: {shown(error)}); mend the cause, then replay again."
        ) from None
    typer.echo(f"{done} taken.")


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

    typer.echo(f"{service}.{model}: {worked(make()):,} facts replayed.")
