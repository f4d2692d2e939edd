"""Publication on a real database."""

from collections.abc import AsyncIterator

import pytest

from tests.engines import Engines
from tests.publication.hall import Hall, opened


@pytest.fixture
async def hall(engines: Engines) -> AsyncIterator[Hall]:
    async with opened(engines) as hall:
        yield hall
