"""The disk of the published log is full: what was published stays whole, and the rest comes once there is room."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audit.attacks.town import facts, off_loop, town
from tests.engines import Engines


def mount(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["mount", *words], capture_output=True, check=False)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 128 KiB."""
    (tmp_path / "log").mkdir()
    if mount("-t", "tmpfs", "-o", "size=128k", "none", str(tmp_path / "log")).returncode:
        pytest.skip("a small disk cannot be made here: that needs the right to mount one")
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", str(tmp_path / "log")], check=True)


def enlarge(disk: Path) -> None:
    assert not mount("-o", "remount,size=4m", str(disk)).returncode


async def test_publication_waits_until_there_is_room(engines: Engines, small: Path) -> None:
    async with town(engines, small) as city:
        log, publisher = await city.service()
        await log(facts(50))
        await publisher.publish()
        await log(facts(600, first=51))
        with pytest.raises(OSError, match="No space left"):
            await publisher.publish()
        assert (await off_loop(city.audited)).checkpoint.size == 50
        enlarge(city.folder)
        assert await publisher.publish() == 650
        assert (await off_loop(city.audited)).checkpoint.size == 650
