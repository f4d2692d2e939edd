"""`python -m bench`: measure, show the table, write results.json. Exit 1 when something could not be measured.

Only a whole run is written. A part of it, a quick one, or one that was ended early is shown, and results.json is left.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import uvloop
from rich.console import Console

from bench import (
    appends,
    audit,
    checkpoints,
    consumer,
    firms,
    handling,
    idle,
    library,
    matching,
    rebuild,
    relay,
    system,
    verification,
)
from bench.engines import Bench, engines
from bench.progress import Told, told
from bench.stack import Stack, stack
from bench.table import Row, marked, notes, table, verdict, write

RESULTS = Path(__file__).with_name("results.json")

ON_ENGINES: dict[str, Callable[[Bench], Coroutine[Any, Any, list[Row]]]] = {
    "handle": handling.measure,
    "relay": relay.measure,
    "consumer": consumer.measure,
    "audit": audit.measure,
    "checkpoints": checkpoints.measure,
    "rebuild": rebuild.measure,
    "append": appends.measure,
    "eventsourcing": library.measure,
}
ALONE: dict[str, Callable[[Bench], Coroutine[Any, Any, list[Row]]]] = {  # they need no engine
    "matching": matching.measure,
    "firms": firms.measure,
    "verify": verification.measure,
}
ON_STACK: dict[str, Callable[[Stack], Coroutine[Any, Any, list[Row]]]] = {
    "system": system.measure,
    "idle": idle.measure,
}
WIDTH = 130  # of what is not a terminal
LONGEST = 300.0  # seconds for one measurement; a whole run takes about six minutes
NAMES = (*ON_ENGINES, *ALONE, *ON_STACK)


T = TypeVar("T")
Measures = Mapping[str, Callable[[T], Coroutine[Any, Any, list[Row]]]]


class Run:
    """The rows so far, and whether anything failed."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.failed = False

    def all_of(self, chosen: Measures[T], ready: AbstractContextManager[T], progress: Told) -> None:
        """One after the other; what fails does not keep the others from being measured."""
        if not chosen:
            return
        try:
            with ready as given:
                for name, measure in chosen.items():
                    try:
                        self.rows += uvloop.run(asyncio.wait_for(measure(given), LONGEST))
                    except Exception as error:
                        self._fail(name, error, progress)
                    progress.step()
        except Exception as error:
            self._fail(", ".join(chosen), error, progress)

    def _fail(self, name: str, error: Exception, progress: Told) -> None:
        self.failed = True
        progress.trouble("".join(traceback.format_exception(error)))
        why = f"failed: {type(error).__name__}: {error}".splitlines()[0]
        self.rows.append(Row(name, None, "", note=why))


def main() -> int:
    asked = _asked()
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))  # both end what was started
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # it complains while groups form
    only = set(asked.only or NAMES)
    on_engines = {name: measure for name, measure in ON_ENGINES.items() if name in only}
    alone = {name: measure for name, measure in ALONE.items() if name in only}
    on_stack = {name: measure for name, measure in ON_STACK.items() if name in only}
    run, ended_early = Run(), False
    try:
        with (
            tempfile.TemporaryDirectory(prefix="renkei-bench-", ignore_cleanup_errors=True) as folder,
            told(len(on_engines) + len(alone) + len(on_stack)) as progress,
        ):
            run.all_of(on_engines, engines(Path(folder), asked.quick, progress.say), progress)
            run.all_of(alone, nullcontext(Bench("", "", asked.quick, progress.say)), progress)
            run.all_of(on_stack, stack(Path(folder), asked.quick, progress.say), progress)
    except KeyboardInterrupt:
        ended_early = True
        Console(stderr=True).print("Ended early; everything that was started has ended, too.")
    rows = [marked(row, "quick") for row in run.rows] if asked.quick else run.rows
    if not (asked.only or asked.quick or ended_early):
        write(RESULTS, rows)
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    title = "quick: smaller, so rougher" if asked.quick else f"on {os.cpu_count()} cores, telemetry on"
    if rows:
        of = ", as far as it came" if ended_early else ""
        console.print(table(rows, f"Renkei, {title}{of}"), "", notes(rows), "", verdict(rows), sep="\n")
    return 130 if ended_early else int(run.failed)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="How fast it is, beside the raw limits."
    )
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", choices=NAMES, help=f"some of: {', '.join(NAMES)}"
    )
    parser.add_argument("--quick", action="store_true", help="less of everything, in a minute and a half")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
