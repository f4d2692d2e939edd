"""The log of a demo, published and verified from outside: by our verifier, and by one that nobody here wrote."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg

from deploy.evidence.kept import Kept
from deploy.local.settings import ROOT, Settings
from services.audit.verifier.log import verify
from services.audit.verifier.notes import checkpoint
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Folder, there
from services.audit.verifier.verdict import Refusal

DRIVER = ROOT / "tests" / "foreign" / "go"
SIZE = "select count(*) from entries"
PATIENCE = 20.0  # seconds, for what was kept last to be published
Said = tuple[bool, str]  # whether all is well, and a line


def verified_from_outside(settings: Settings, database: str) -> Iterator[Said]:
    """A line of each verifier."""
    yield _ours(settings.published, database)
    yield _of_go(settings.published)


def _ours(folder: Path, database: str) -> Said:
    try:
        whole = _reached(folder, database)
        found = verify(Kept(Folder(folder), database), policy((folder / "policy").read_bytes()))
    except Refusal as wrong:
        return False, f"Renkei: 不合格 NOT verified: {wrong}"
    size, cases, seen = found.checkpoint.size, found.cases, ", ".join(found.witnessed) or "–"
    word = "合格 verified" if whole else "未公表の記録あり verified, but not all is published"
    return (
        whole,
        f"Renkei: {word}, {size:,} 件 entries, {cases:,} 案件 cases, 立会人 witnesses {seen} → {folder}",
    )


def _reached(folder: Path, database: str) -> bool:
    """Whether what is published reaches all that was kept when this was asked; it takes a moment."""

    async def kept() -> int:
        connection = await asyncpg.connect(database)
        try:
            return int(await connection.fetchval(SIZE))
        finally:
            await connection.close()

    size, end = asyncio.run(kept()), time.monotonic() + PATIENCE
    while (reached := checkpoint(there(Folder(folder), "checkpoint")).size) < size and time.monotonic() < end:
        time.sleep(0.1)
    return reached >= size


def _of_go(folder: Path) -> Said:
    """golang.org/x/mod/sumdb, where Go is there and its module can be fetched."""
    if shutil.which("go") is None or not DRIVER.exists():
        return True, "Go sumdb: Go がないため省略 left out, for there is no Go here"
    fetched = _go("mod", "download")
    if fetched.returncode:
        return (
            True,
            "Go sumdb: モジュールを取得できないため省略 left out, for its module cannot be fetched here",
        )
    done = _go("run", ".", str(folder.resolve()))
    word = "合格 verified" if done.returncode == 0 else "不合格 NOT verified"
    return done.returncode == 0, f"Go sumdb: {word}: {(done.stdout or done.stderr).strip()}"


def _go(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["go", *words], cwd=DRIVER, capture_output=True, text=True, timeout=120, check=False
    )
