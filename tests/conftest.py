"""Fixtures of all tests."""

import gc
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from hypothesis import settings

from tests.engines import Engines, engines_of_choice
from tests.stack import RunningStack, running_stack

settings.register_profile("renkei", deadline=None)  # how long an example takes is a matter of the machine
settings.load_profile("renkei")


FIRST_OF_TWO = {"faults": -2, "stack": -1}
LAST_OF_ONE = {"stack": 1, "faults": 2}

_running: list[RunningStack] = []
_ends = ExitStack()


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of two processes (`make test`) one begins with those that break their stack under loads of thousands, the other
    with all others that need one; each has a stack of its own. Other tests follow, a file in one process.

    In one process there is one stack, for the last tests, and those that break it come after the others: what such a
    load leaves to be done delays whoever follows.
    """
    order = FIRST_OF_TWO if hasattr(config, "workerinput") else LAST_OF_ONE
    items.sort(key=lambda item: order.get(_group(item), 0))
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def pytest_collection_finish() -> None:
    """Six thousand tests and all they import stay to the end: no collection of garbage need look at them."""
    gc.collect()
    gc.freeze()


def _group(item: pytest.Item) -> str:
    if not _needs_stack(item):
        return item.nodeid.partition("::")[0]
    return "faults" if "faults" in item.path.parts else "stack"


def _needs_stack(item: pytest.Item) -> bool:
    return "stack" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    """Real Kafka and PostgreSQL, started once for the session and gone after it."""
    with engines_of_choice(tmp_path_factory.mktemp("engines")) as engines:
        yield engines


@pytest.fixture
def stack(tmp_path_factory: pytest.TempPathFactory) -> RunningStack:
    """The whole local stack, started for the first test that needs it and gone after the last of them."""
    if not _running:
        _running.append(_ends.enter_context(running_stack(tmp_path_factory.mktemp("stack"))))
        _ends.callback(_running.clear)
    return _running[0]


@pytest.hookimpl(trylast=True)  # after the test's own fixtures
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """What nobody needs any more leaves the machine to the others."""
    if nextitem is None or not _needs_stack(nextitem):
        _ends.close()


@pytest.fixture(autouse=True)
def _today(request: pytest.FixtureRequest) -> None:
    """A journey moves the clock of the stack; whoever comes next finds the time of this machine."""
    if "stack" in request.fixturenames:
        request.getfixturevalue("stack").forget_the_clock()
