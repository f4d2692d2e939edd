"""A process that is killed – by the kernel, at once – at a step between insert and publish, and the next one."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.local.settings import ROOT
from services.audit.witness.store import Store
from tests.audit.attacks.town import Town, facts, off_loop, town
from tests.engines import Engines

STEPS = 7  # to the commit; from the cosignature on: five tiles; the checkpoint


@pytest.fixture
async def city(engines: Engines, tmp_path: Path) -> AsyncIterator[Town]:
    async with town(engines, tmp_path) as made:
        yield made


@pytest.mark.parametrize("step", range(STEPS))
async def test_what_was_killed_is_gone_on_from(city: Town, step: int) -> None:
    words = (city.dsn, str(city.folder), city.signer.text, str(step), city.court.key.vkey, city.witness_url)
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.audit.attacks.killed", *words, cwd=ROOT
    )
    assert await asyncio.wait_for(killed.wait(), 60) == -signal.SIGKILL
    assert not (city.folder / "checkpoint").exists(), "the checkpoint comes last"
    seen = Store(city.folder.parent / "witness").seen(city.signer.name)
    assert (seen.size if seen else 0) == (300 if step else 0), "the witness signs first"
    pool = await city.pool()
    assert await pool.fetchval("select count(*) from entries") == (300 if step else 0)
    log, publisher = await city.service()
    await log(facts(301))  # what was not acknowledged comes again
    assert await publisher.publish() == 301
    found = await off_loop(city.audited)
    assert (found.checkpoint.size, list(found.witnessed)) == (301, ["court"])
    assert not list(city.folder.rglob("*.new"))
