"""Fixtures of all tests."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.engines import Engines, engines_of_choice
from tests.stack import RunningStack, running_stack

settings.register_profile("renkei", deadline=None)  # how long an example takes is a matter of the machine
settings.load_profile("renkei")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Two processes share the tests (`make test`); all that need the stack go to one, so that there is one stack.

    Those that break it, under loads of thousands, come last: what such a load leaves to be done delays whoever follows.
    """
    items.sort(key=lambda item: "faults" in item.path.parts)
    for item in items:
        on_stack = "stack" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("stack" if on_stack else item.path.name))


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    """Real Kafka and PostgreSQL, started once for the session and gone after it."""
    with engines_of_choice(tmp_path_factory.mktemp("engines")) as engines:
        yield engines


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """The whole local stack, started once for the session and gone after it."""
    with running_stack(tmp_path_factory.mktemp("stack")) as stack:
        yield stack


@pytest.fixture(autouse=True)
def _today(request: pytest.FixtureRequest) -> None:
    """A journey moves the clock of the stack; whoever comes next finds the time of this machine."""
    if "stack" in request.fixturenames:
        request.getfixturevalue("stack").forget_the_clock()
