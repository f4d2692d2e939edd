"""Only the jars that the lock names are ever run."""

from hashlib import sha256
from pathlib import Path

import pytest

from deploy.local.jars import JarNotFetched, WrongJar, class_path, read_lock, silent
from deploy.local.kafka import LOCK

COORDINATE = "org.example:thing:1.0:exec"


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    lock = tmp_path / "thing.lock"
    lock.write_text(f"{COORDINATE} {sha256(b'the jar').hexdigest()}\n")
    return lock


def test_a_jar_with_the_locked_sum_is_used_without_a_download(lock: Path, tmp_path: Path) -> None:
    jar = tmp_path / "thing-1.0-exec.jar"
    jar.write_bytes(b"the jar")
    assert class_path(lock, silent, tmp_path) == [jar]


@pytest.mark.parametrize("content", [b"the ja", b"another", b""])
def test_another_jar_is_refused_with_the_file_to_delete(lock: Path, tmp_path: Path, content: bytes) -> None:
    jar = tmp_path / "thing-1.0-exec.jar"
    jar.write_bytes(content)
    with pytest.raises(WrongJar, match=f"{jar} is not the file that thing.lock names: delete it"):
        class_path(lock, silent, tmp_path)


def test_a_failed_download_leaves_nothing_behind(
    lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for proxy in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(proxy, "http://127.0.0.1:1")  # nobody is there
    folder = tmp_path / "jars"
    with pytest.raises(JarNotFetched, match="check the network"):
        class_path(lock, silent, folder)
    assert list(folder.iterdir()) == []


def test_the_locks_name_no_address_and_one_kafka() -> None:
    assert "//" not in LOCK.read_text()
    kafkas = {
        jar.coordinate.split(":")[2]
        for jar in read_lock(LOCK)
        if jar.coordinate.startswith("org.apache.kafka")
    }
    assert kafkas == {"4.3.1"}
