"""The command line of a service: `python -m services.<name> api | consumer | relay | all | migrate`.

A service is a package with `main.SERVICE` and a folder `migrations`. To migrate needs the folder alone, so the service
itself is brought in only when it is to run.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from importlib import import_module

from chassis.database import migrate, migrations
from chassis.settings import Settings

PROCESSES = ("api", "consumer", "relay", "all")


def start(package: str) -> None:
    """What the command line asks of the service in this package. Raises SystemExit when that cannot be understood."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("aiokafka").setLevel(logging.ERROR)
    settings = Settings.read()
    match sys.argv[1:] or ["all"]:
        case [process] if process in PROCESSES:
            import_module("chassis.service").run(import_module(f"{package}.main").SERVICE, process, settings)
        case ["migrate"]:
            asyncio.run(migrate(settings.database, *migrations(package)))
        case _:
            raise SystemExit(f"python -m {package} {' | '.join(PROCESSES)} | migrate")
