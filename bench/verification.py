"""How long an auditor waits: a published log of a million entries verified, and one entry proved."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench.engines import Bench
from bench.figures import percentile
from bench.published import publish
from bench.table import Row, at_most
from deploy.evidence.published import Published
from deploy.verification import PROCESSES
from services.audit.verifier.log import verify
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Folder

SIZE = 1_000_000
PROOFS = 500


async def measure(bench: Bench) -> list[Row]:
    return await asyncio.to_thread(_measure, bench)


def _measure(bench: Bench) -> list[Row]:
    size = bench.scaled(SIZE, SIZE // 10)
    with tempfile.TemporaryDirectory(prefix="renkei-log-") as folder:
        log = Folder(publish(Path(folder), size, bench.say))
        trust = policy((log.path / "policy").read_bytes())
        bench.say(f"verifying {size:,} entries")
        began = time.perf_counter()
        with ProcessPoolExecutor(PROCESSES) as pool:
            verify(log, trust, in_parallel=pool.map)
        whole = time.perf_counter() - began
        bench.say("proving entries")
        proofs = [_proof(log, n * (size // PROOFS)) for n in range(PROOFS)]
        read = _read(log.path)
    return [
        Row(
            f"verify a log of {size:,} entries",
            whole,
            "s",
            read,
            "reading and hashing its files",
            at_most(60.0 * size / SIZE),
            f"{PROCESSES} processes; {size / whole:,.0f} entries/s",
        ),
        Row(
            "proof of one entry, p50",
            percentile(proofs, 50),
            "ms",
            None,
            "",
            at_most(5.0),
            f"{PROOFS} entries of {size:,}, from tiles on disk; p99 {percentile(proofs, 99):.1f} ms",
        ),
    ]


def _proof(log: Folder, index: int) -> float:
    began = time.perf_counter()
    Published.now(log).proof(index)
    return (time.perf_counter() - began) * 1000


def _read(folder: Path) -> float:
    """Seconds to read every byte once and hash it, in one process."""
    began = time.perf_counter()
    for path in folder.rglob("*"):
        if path.is_file():
            hashlib.sha256(path.read_bytes())
    return time.perf_counter() - began
