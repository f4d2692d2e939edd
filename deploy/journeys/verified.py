"""The log of a demo, published and verified from outside: by our verifier, and by one that nobody here wrote."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import asyncpg

from deploy.evidence.export import Key, export
from deploy.evidence.kept import Kept
from deploy.local.settings import ROOT, Settings
from services.audit.verifier.log import verify
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Folder
from services.audit.verifier.verdict import Refusal

DRIVER = ROOT / "tests" / "foreign" / "go"
ORIGIN = "renkei.example/audit"  # of a development system; a city takes its own name
Said = tuple[bool, str]  # whether all is well, and a line


def published(settings: Settings) -> Path:
    """Where the log of this stack is published."""
    return settings.home / "audit-log"


async def publish(settings: Settings, database: str) -> Path:
    """The key is made at first use."""
    folder, path = published(settings), settings.home / "audit-log.key"
    key = Key.read(path) if path.exists() else Key.make(path, ORIGIN)
    connection = await asyncpg.connect(database)
    try:
        await export(connection, folder, key)
    finally:
        await connection.close()
    return folder


def verified_from_outside(settings: Settings, database: str) -> Iterator[Said]:
    """A line of each verifier."""
    folder = asyncio.run(publish(settings, database))
    yield _ours(folder, database)
    yield _of_go(folder)


def _ours(folder: Path, database: str) -> Said:
    try:
        found = verify(Kept(Folder(folder), database), policy((folder / "policy").read_bytes()))
    except Refusal as wrong:
        return False, f"Renkei: 不合格 NOT verified: {wrong}"
    size, cases = found.checkpoint.size, found.cases
    return True, f"Renkei: 合格 verified, {size:,} 件 entries, {cases:,} 案件 cases → {folder}"


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
