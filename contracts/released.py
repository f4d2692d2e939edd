"""What has been released, as git knows it: the schemas that readers elsewhere may hold.

Released is what the last version tag (`v1.2.0`) holds, what the commit holds that the work stands on, and what stood
there before schemas were last changed. The second speaks up before a change is committed, the third when it is built
from a clean clone, the first ever after.
"""

from __future__ import annotations

import json
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

from contracts.compatibility import Schema


class NoHistory(Exception):
    """git is missing, or this is no clone of the repository."""


def commits(folder: Path) -> list[str]:
    """The last version tag, if there is one; the state before schemas last changed; HEAD. Raises NoHistory."""
    tags = _text(folder, "tag", "--list", "v[0-9]*", "--merged", "HEAD", "--sort=-version:refname")
    last_change = _text(folder, "log", "-1", "--format=%H %P", "HEAD", "--", "schemas").split()
    return [*tags.splitlines()[:1], *last_change[1:2], "HEAD"]


def schemas(folder: Path, commit: str) -> dict[str, Schema]:
    """CloudEvents type → schema, as committed under `folder`/schemas. Raises NoHistory."""
    if not _text(folder, "ls-tree", "--name-only", commit, "schemas"):
        return {}
    archived = _git(folder, "archive", "--format=tar", commit, "schemas")
    with tarfile.open(fileobj=BytesIO(archived)) as archive:
        files = ((Path(name), archive.extractfile(name)) for name in archive.getnames())
        return {path.stem: json.load(file) for path, file in files if file and path.suffix == ".json"}


def _text(folder: Path, *arguments: str) -> str:
    return _git(folder, *arguments).decode()


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=True)
    except FileNotFoundError:
        raise NoHistory("git is not installed") from None
    except subprocess.CalledProcessError as error:
        raise NoHistory(error.stderr.decode(errors="replace").strip()) from None
    return done.stdout
