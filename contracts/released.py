"""What has been released, as git knows it: the schemas that readers elsewhere may hold.

Released is what the last version tag (`v1.2.0`) holds, what the commit holds that the work stands on, and what stood
there before schemas were last changed. The second speaks up before a change is committed, the third when it is built
from a clean clone, the first ever after.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from contracts.compatibility import Schema


class NoHistory(Exception):
    """git is missing, or this is no clone of the repository."""


def commits(folder: Path) -> list[str]:
    """The last version tag, if there is one; the state before schemas last changed; HEAD. Raises NoHistory."""
    tag = _git(folder, "tag", "--list", "v[0-9]*", "--merged", "HEAD", "--sort=-version:refname").split("\n")[
        0
    ]
    last_change = _git(folder, "log", "-1", "--format=%H %P", "HEAD", "--", "schemas").split()
    return [*filter(None, [tag]), *last_change[1:2], "HEAD"]


def schemas(folder: Path, commit: str) -> dict[str, Schema]:
    """CloudEvents type → schema, as committed under `folder`/schemas. Raises NoHistory."""
    names = _git(folder, "ls-tree", "-z", "--name-only", commit, "schemas/").split("\0")
    return {
        Path(name).stem: json.loads(_git(folder, "show", f"{commit}:./{name}"))
        for name in names
        if name.endswith(".json")
    }


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=True)
    except FileNotFoundError:
        raise NoHistory("git is not installed") from None
    except subprocess.CalledProcessError as error:
        raise NoHistory(error.stderr.decode(errors="replace").strip()) from None
    return done.stdout.decode()
