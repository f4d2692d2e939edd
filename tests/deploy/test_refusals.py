"""What can not work is refused in one sentence that says what to do, before anything is started."""

import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.lock import HomeTaken, only_supervisor, supervised
from deploy.local.ports import Ports, PortTaken, free_base
from deploy.local.settings import ROOT, Settings
from deploy.local.trouble import Trouble


@pytest.fixture
def taken() -> Iterator[Ports]:
    """Ports of which matching's is in use."""
    ports = Ports(free_base())
    with socket.create_server(("127.0.0.1", ports.of("matching"))):
        yield ports


def renkei(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "RENKEI_HOME": str(home)}
    command = [sys.executable, "-m", "deploy.cli", *arguments]
    return subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_taken_port_is_refused_with_its_holder(taken: Ports) -> None:
    with pytest.raises(PortTaken, match=rf"where matching should listen, is taken by process {os.getpid()}"):
        taken.refuse_taken(["intake", "matching"])
    taken.refuse_taken(["intake"])


def test_up_refuses_a_taken_port_in_one_sentence_and_starts_nothing(taken: Ports, tmp_path: Path) -> None:
    answer = renkei(tmp_path / "home", "up", "--ports", str(taken.base))
    assert answer.returncode == 1
    assert answer.stderr.startswith(
        f"Port {taken.of('matching')}, where matching should listen, is taken by process"
    )
    assert "choose another base port with --ports" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "home" / "postgres").exists()


def test_status_of_nothing_says_how_to_start(tmp_path: Path) -> None:
    answer = renkei(tmp_path, "status", "--json")
    assert (answer.returncode, answer.stdout) == (1, "[]\n")
    assert "`renkei up` starts it" in answer.stderr


def test_a_home_has_one_supervisor(tmp_path: Path) -> None:
    with only_supervisor(tmp_path):
        assert supervised(tmp_path)
        with pytest.raises(HomeTaken, match="renkei down"), only_supervisor(tmp_path):
            pytest.fail("two supervisors")
    assert not supervised(tmp_path)


def test_whoever_asks_for_a_supervisor_neither_waits_nor_is_taken_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with only_supervisor(tmp_path), monkeypatch.context() as patched:
        patched.setattr(time, "sleep", lambda seconds: pytest.fail("it waits"))
        assert supervised(tmp_path)
    with (tmp_path / "supervisor.lock").open("a") as asking:
        fcntl.flock(asking, fcntl.LOCK_SH)
        assert not supervised(tmp_path)


@pytest.mark.parametrize("base", ["80", "65535", "eight"])
def test_a_base_port_that_can_not_be_is_refused(base: str) -> None:
    with pytest.raises(Trouble, match=base):
        Settings.read(environment={"RENKEI_PORTS": base})


def test_what_the_person_runs_is_used_instead() -> None:
    settings = Settings.read(environment={"RENKEI_KAFKA": "k:1", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://o:2"})
    assert (settings.bootstrap, settings.traces, settings.own_telemetry) == ("k:1", False, True)
