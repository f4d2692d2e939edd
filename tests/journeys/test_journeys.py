"""Every scenario file of this folder, on the real stack; and each of its decisions made again from the record."""

from pathlib import Path

import pytest

from deploy.journeys.commands import SAMPLES
from deploy.journeys.decisions import differences, made_again
from deploy.journeys.front import Front
from deploy.journeys.player import play
from deploy.journeys.reading import read
from tests.stack import RunningStack

FILES = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_journey(stack: RunningStack, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Front(stack.address) as front:
        played = await play(front, read(file))

    assert played.failure is None, played.failure
    assert all(found["complete"] for found in played.histories.values())
    monkeypatch.setenv("RENKEI_GUIDELINES", str(stack.packs))
    assert differences(await made_again(stack.log, [played])) == []


def test_every_sample_case_is_played_by_the_demo() -> None:
    assert [f"C{number:02}" for number in range(1, 9)] == [file.stem for file in sorted(SAMPLES)]
