"""A load of whole cases while something breaks, and the account of it afterwards."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from tests.stack import RunningStack, finished
from tests.waiting import until

RATE = 200  # requests a second: some engine has to come back while they come
SECONDS = 120  # at the most; a load ends when it has sent enough
AT_LEAST = 2000  # requests for each thing that breaks
ACCEPTED = 0.25  # of these at least; most others are steps that wait for a fact, and are asked again


@dataclass
class Load:
    """A load under way."""

    stack: RunningStack
    journal: Path
    process: asyncio.subprocess.Process
    _sent: set[tuple[str, str]] = field(default_factory=set)
    _read: int = 0  # bytes of the journal

    def requests(self) -> int:
        """How many were sent so far, counting a request once however often it was sent."""
        if not self.journal.exists():
            return 0
        with self.journal.open("rb") as journal:
            journal.seek(self._read)
            whole, end, _ = journal.read().rpartition(b"\n")  # a line that is being written is read later
        self._read += len(whole + end)
        sent = (orjson.loads(line) for line in whole.split(b"\n") if b'"sent"' in line)
        self._sent |= {(line["subject"], line["key"]) for line in sent}
        return len(self._sent)


@asynccontextmanager
async def load(stack: RunningStack, folder: Path, *, breaks: int = 1) -> AsyncIterator[Load]:
    """Within the block the load runs, while so many things break. After it, every request is accounted for and every
    part is ready again."""
    enough = breaks * AT_LEAST
    journal = folder / "journal.jsonl"
    command = [sys.executable, "-m", "deploy.cli"]
    sending = await asyncio.create_subprocess_exec(
        *command, "load", f"--rate={RATE}", f"--seconds={SECONDS}", f"--journal={journal}", "--json",
        env=stack.environment, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        running = Load(stack, journal, sending)
        yield running
        assert await until(lambda: sending.returncode is not None or running.requests() > enough, SECONDS)
        sending.send_signal(signal.SIGINT)
        code, _ = await finished(sending, SECONDS + 60)
        assert code == 0, "the load did not do its work"
    finally:
        if sending.returncode is None:
            sending.kill()
            await sending.wait()
    assert await stack.ready(), "a part needs help"
    comparing = await asyncio.create_subprocess_exec(
        *command, "audit", "compare", str(journal), "--within=90", "--json",
        env={**stack.environment, "RENKEI_AUDIT_DATABASE": stack.log}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    code, output = await finished(comparing, 120)
    account = orjson.loads(output)
    findings = {name: found["all"][:3] for name, found in account["findings"].items() if found["count"]}
    assert (code, findings) == (0, {}), findings
    assert account["requests"] >= enough, account
    assert account["accepted"] >= enough * ACCEPTED, "a load that is hardly ever accepted shows nothing"
