"""An open loop: requests leave when they are due, and latency counts from there."""

import asyncio
from pathlib import Path

import orjson
import pytest

from deploy.load.cases import Cases, Request
from deploy.load.client import Answer, Cut
from deploy.load.generator import Generator, Tally
from deploy.load.journal import Journal, JournalExists
from services.audit.journal import read
from tests.load.plans import STEPS, endless

RATE = 200

FACT = {
    "id": "f",
    "subject": "proposal/c",
    "version": 1,
    "type": "renkei.intake.X.v1",
    "time": "2024-08-01T00:00:00Z",
    "data": {"title": "(confidential)"},
}


class Stalled:
    """Answers nothing until the last request of a run has arrived."""

    def __init__(self, requests: int) -> None:
        self._missing = requests
        self._all_there = asyncio.Event()

    async def send(self, request: Request) -> Answer:
        self._missing -= 1
        if not self._missing:
            self._all_there.set()
        await self._all_there.wait()
        return Answer(200, [FACT], None)


class InTurn:
    """Accepts, refuses, cuts, accepts, …"""

    def __init__(self) -> None:
        self._asked = 0

    async def send(self, request: Request) -> Answer:
        self._asked += 1
        match self._asked % 3:
            case 0:
                raise Cut("ServerDisconnectedError")
            case 1:
                return Answer(200, [FACT], None)
            case _:
                return Answer(409, [], "ScreeningNotOpen")


async def one_second(file: Path, target: Stalled | InTurn) -> Tally:
    with Journal(file) as journal:
        return await Generator(Cases(endless(*STEPS)), target, journal, rate=RATE, seconds=1).run()


async def test_a_stall_holds_no_request_back_and_shows_in_every_latency(tmp_path: Path) -> None:
    tally = await one_second(tmp_path / "journal", Stalled(RATE))

    assert (tally.sent, tally.accepted, tally.highest_backlog) == (RATE, RATE, RATE)
    assert max(tally.latencies) > 0.9 > 0.1 > min(tally.latencies)


async def test_everything_is_counted_and_journalled(tmp_path: Path) -> None:
    tally = await one_second(tmp_path / "journal", InTurn())

    lines = [orjson.loads(line) for line in (tmp_path / "journal").read_bytes().splitlines()]
    assert (tally.sent, tally.accepted, tally.refused.total(), tally.cut.total()) == (200, 67, 67, 66)
    assert sum("sent" in line for line in lines) == 200
    assert sum("cut" in line for line in lines) == 66
    assert [line["refused"] for line in lines if line.get("status") == 409] == ["ScreeningNotOpen"] * 67
    assert not any("confidential" in str(line) for line in lines)


async def test_the_auditor_reads_what_the_generator_wrote(tmp_path: Path) -> None:
    tally = await one_second(tmp_path / "journal", InTurn())

    with (tmp_path / "journal").open("rb") as lines:
        journal = read(lines)

    assert sum(len(asked.accepted) for asked in journal.values()) == tally.accepted
    assert sum(len(asked.refused) for asked in journal.values()) == tally.refused.total()


async def test_a_run_can_be_ended_early(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal:
        generator = Generator(Cases(endless(*STEPS)), InTurn(), journal, rate=RATE, seconds=3600)
        asyncio.get_running_loop().call_later(0.1, generator.stop)

        tally = await generator.run()

    assert 0 < tally.sent < RATE


def test_a_journal_belongs_to_one_run(tmp_path: Path) -> None:
    Journal(tmp_path / "journal").close()

    with pytest.raises(JournalExists, match="new name"):
        Journal(tmp_path / "journal")
