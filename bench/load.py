"""Submissions at a fixed rate, by the load generator in a process of its own, and what became of them."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import orjson

from bench.stack import Stack
from deploy.local.passwords import AUDITOR
from deploy.local.settings import ROOT, Settings
from deploy.local.stack import dsn

_numbers = count(1)


class Failed(Exception):
    """A command gave up."""


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
    """Raises Failed when nobody answered."""
    journal = stack.folder / f"journal-{next(_numbers)}"
    told = await _renkei(
        "load", "--rate", str(rate), "--seconds", str(seconds), "--journal", str(journal), "--submissions-only",
        "--address", stack.settings.front,
    )  # fmt: skip
    took = told["latency_ms"]
    if took["p99"] is None:
        raise Failed("not one request was answered")
    why = ", ".join(f"{count} {name}" for name, count in (told["refused"] | told["cut"]).items())
    lost = told["sent"] - told["accepted"]
    return Load(rate, told["sent"], lost, why, took["p50"], took["p99"], journal)


async def disagreements(settings: Settings, load: Load) -> dict[str, int]:
    """What the audit log and the journal do not agree on, and how often."""
    log = dsn(settings, AUDITOR, "audit")
    told = await _renkei("audit", "compare", str(load.journal), "--within", "30", RENKEI_AUDIT_DATABASE=log)
    return {kind: found["count"] for kind, found in told["findings"].items() if found["count"]}


async def _renkei(*words: str, **environment: str) -> dict[str, Any]:
    """What a command says as JSON. Raises Failed with its words when it says nothing."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.cli", *words, "--json"),
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if not out:
        raise Failed(f"renkei {words[0]}: {err.decode(errors='replace').strip()}")
    answer: dict[str, Any] = orjson.loads(out)
    return answer
