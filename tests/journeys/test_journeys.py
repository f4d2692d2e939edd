"""Every scenario file of this folder, on the real stack."""

from pathlib import Path

import pytest

from deploy.journeys.front import Front
from deploy.journeys.player import play
from deploy.journeys.reading import read
from tests.stack import RunningStack

FILES = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_journey(stack: RunningStack, file: Path) -> None:
    async with Front(stack.address) as front:
        played = await play(front, read(file))

    assert played.failure is None, played.failure
    assert all(found["complete"] for found in played.histories.values())
