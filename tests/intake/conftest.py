"""The window on a real database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.engines import Engines
from tests.intake.counter import Counter, open_counter


@pytest.fixture
async def counter(engines: Engines, tmp_path: Path) -> AsyncIterator[Counter]:
    async with open_counter(engines, tmp_path) as counter:
        yield counter
