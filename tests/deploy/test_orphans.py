"""What a killed supervisor leaves behind is ended; what merely has the same process id is not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.identity import Identity
from deploy.local.orphans import end_orphans
from deploy.local.ports import any_free
from deploy.local.state import PartState, StackState, read_state, write_state
from tests.deploy.dummy import Dummy


@pytest.fixture
def orphan(tmp_path: Path) -> Iterator[Dummy]:
    dummy = Dummy(tmp_path, any_free(1)[0])
    dummy.process.start()
    yield dummy
    if dummy.process.pid:
        end_orphans(recorded(dummy))


def recorded(dummy: Dummy, years_ago: float = 0) -> StackState:
    assert dummy.process.pid
    identity = Identity.of(dummy.process.pid)
    assert identity
    started_at = identity.started_at - years_ago * 31_536_000
    part = PartState(
        "dummy", "service", "127.0.0.1:1", pid=identity.pid, state="ready", started_at=started_at
    )
    return StackState(supervisor=1, supervisor_started_at=0.0, base=8100, parts=[part])


def test_a_recorded_process_is_ended(orphan: Dummy, tmp_path: Path) -> None:
    write_state(tmp_path, recorded(orphan))
    state = read_state(tmp_path)
    assert state
    assert end_orphans(state) == ["dummy"]
    assert not orphan.process.running


def test_another_process_with_the_same_id_is_left_alone(orphan: Dummy) -> None:
    assert end_orphans(recorded(orphan, years_ago=1)) == []
    assert orphan.process.running


def test_the_state_file_says_what_was_written(orphan: Dummy, tmp_path: Path) -> None:
    state = recorded(orphan)
    write_state(tmp_path, state)
    assert read_state(tmp_path) == state
    assert not state.supervised
    assert read_state(tmp_path / "nowhere") is None
