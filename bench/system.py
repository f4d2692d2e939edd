"""Everything running: what it holds, how far it falls behind, how much memory that takes."""

from __future__ import annotations

import psutil

from bench.lag import Lag, watching
from bench.load import disagreements, submit
from bench.stack import Stack
from bench.table import Row, at_least, at_most

STEADY = 400  # submissions a second
STEPS = (500, 600, 700, 800, 1000)
STILL_HELD = 250.0  # milliseconds, p99
AT_REST = 30.0  # seconds; longer is taken for never
MEGABYTE = 1_000_000


async def measure(stack: Stack) -> list[Row]:
    async with watching(stack.settings) as lag:
        stack.say("system: warming up")
        await submit(stack, 100, 3)
        await lag.gone(AT_REST)
        rows = await _steady(stack, lag)
        held = rows[0].value is not None and rows[0].value <= STILL_HELD
        rows.append(await _highest(stack, lag, STEADY if held else 0))
    rows.append(_memory(stack))
    return rows


async def _steady(stack: Stack, lag: Lag) -> list[Row]:
    seconds = stack.scaled(60, 10)
    stack.say(f"system: {STEADY} submissions a second for {seconds} s")
    load = await submit(stack, STEADY, seconds)
    behind = await lag.gone(AT_REST)
    stack.say("system: comparing the audit log with the journal")
    wrong = await disagreements(stack.settings, load)
    told = [f"of {load.sent:,}", load.why, *(f"{count} {kind}" for kind, count in wrong.items())]
    name = f"{STEADY} submissions/s over HTTP for {seconds} s"
    return [
        Row(f"{name}, p99", load.p99, "ms", target=at_most(60), note=f"p50 {load.p50:.0f} ms"),
        Row(
            f"{name}, not accepted or not in the log",
            load.lost + sum(wrong.values()),
            "requests",
            target=at_most(0),
            note=", ".join(filter(None, told)),
        ),
        Row(
            f"{name}, all lag gone after",
            behind,
            "s",
            target=at_most(5),
            note="" if behind is not None else f"not within {AT_REST:.0f} s",
        ),
    ]


async def _highest(stack: Stack, lag: Lag, held: int) -> Row:
    """Step by step from what is held already, until one is not."""
    seconds = stack.scaled(15, 4)
    seen = [] if held else [f"{STEADY} is not held"]
    for rate in STEPS[: stack.scaled(len(STEPS), 2)] if held else ():
        stack.say(f"system: {rate} submissions a second for {seconds} s")
        load = await submit(stack, rate, seconds)
        behind = await lag.gone(AT_REST)
        seen.append(f"{rate}: p99 {load.p99:,.0f} ms, lag {'stays' if behind is None else f'{behind:.1f} s'}")
        if load.lost or load.p99 > STILL_HELD:
            break
        held = rate
    return Row(
        f"highest rate held for {seconds} s with p99 ≤ {STILL_HELD:.0f} ms",
        held,
        "submissions/s",
        target=at_least(600),
        note="; ".join(seen),
    )


def _memory(stack: Stack) -> Row:
    """Of the service that takes most."""
    resident = {}
    for part in stack.services():
        if part.pid is not None:
            process = psutil.Process(part.pid)
            family = [process, *process.children(recursive=True)]
            resident[part.name] = sum(one.memory_info().rss for one in family) / MEGABYTE
    note = ", ".join(f"{name} {size:.0f}" for name, size in resident.items())
    largest = max(resident.values(), default=None)
    return Row(
        "memory of the largest service process after the load", largest, "MB", target=at_most(110), note=note
    )
