"""Submissions at a fixed rate, by the load generator in a process of its own, and what became of them."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import orjson

from bench.stack import Stack
from deploy.local.passwords import AUDITOR
from deploy.local.settings import ROOT, Settings
from deploy.local.stack import dsn
from services.audit.account import account
from services.audit.compare import entries_of
from services.audit.journal import read

_numbers = count(1)


class LoadFailed(Exception):
    """The load generator gave up."""


@dataclass(frozen=True)
class Load:
    """One run. `lost` counts requests not accepted, `why` says why; milliseconds are from due to answer."""

    rate: int
    sent: int
    lost: int
    why: str
    p50: float
    p99: float
    journal: Path


async def submit(stack: Stack, rate: int, seconds: int) -> Load:
    """Raises LoadFailed with the generator's words."""
    journal = stack.folder / f"journal-{next(_numbers)}"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "deploy.cli", "load", "--rate", str(rate), "--seconds", str(seconds), "--json",
        "--submissions-only", "--journal", str(journal), "--address", stack.settings.front,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise LoadFailed(err.decode(errors="replace").strip())
    told: dict[str, Any] = orjson.loads(out)
    took = told["latency_ms"]
    if took["p99"] is None:
        raise LoadFailed("not one request was answered")
    why = ", ".join(f"{count} {name}" for name, count in (told["refused"] | told["cut"]).items())
    lost = told["sent"] - told["accepted"]
    return Load(rate, told["sent"], lost, why, took["p50"], took["p99"], journal)


async def disagreements(settings: Settings, load: Load) -> dict[str, int]:
    """What the audit log and the journal do not agree on, and how often."""
    with load.journal.open("rb") as lines:
        journal = read(lines)
    connection = await asyncpg.connect(dsn(settings, AUDITOR, "audit"))
    try:
        found = account(journal, await entries_of(connection, journal, within=30))
    finally:
        await connection.close()
    return {kind: len(all_) for kind, all_ in found.findings.items() if all_}
