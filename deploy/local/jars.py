"""Java programs from Maven coordinates: a lock names every jar and its sum, and nothing else is ever run.

A lock is a text file, one jar a line: its coordinate and the SHA-256 of its bytes. It names no address, so
whoever builds behind a mirror uses the same lock. `jgo` knows where jars come from and how to resolve them;
what it fetched is believed only after we summed it, for it accepts whatever lies in its cache.
"""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from deploy.local.trouble import Trouble

Progress = Callable[[str], None]
"""Told in words what is being done, for a person who waits."""

_AT_ONCE = 8
_SECONDS_WITHOUT_A_BYTE = 60
_SAY_EVERY = 0.3


def silent(_words: str) -> None:
    """For what takes no time, and for tests."""


def cache_folder() -> Path:
    """Where downloads live: a cache of the user's, so that a second clone need not download again."""
    return platformdirs.user_cache_path("renkei", appauthor=False)


class WrongJar(Trouble):
    """A jar is not the one that the lock names."""


class JarNotFetched(Trouble):
    """A jar could not be downloaded."""


@dataclass(frozen=True)
class Jar:
    """One line of a lock: `group:artifact:version[:classifier]` and the SHA-256 of its bytes in hex."""

    coordinate: str
    sha256: str

    @property
    def file_name(self) -> str:
        _, artifact, *version_and_classifier = self.coordinate.split(":")
        return "-".join([artifact, *version_and_classifier]) + ".jar"

    def download(self, into: Path, tally: "Tally") -> Path:
        """Fetch the jar into a folder nobody else uses, so that a cut connection leaves no half jar."""
        from jgo.maven import MavenContext, PythonResolver  # here, for most starts download nothing

        group, artifact, version, *classifier = self.coordinate.split(":")
        resolver = PythonResolver(progress_callback=tally.of_one)
        context = MavenContext(resolver, repo_cache=into, timeout=_SECONDS_WITHOUT_A_BYTE)
        component = context.project(group, artifact).at_version(version)
        path: Path = component.artifact(classifier="".join(classifier)).resolve()
        return path


@dataclass
class Tally:
    """Counts what several downloads have fetched, and says so, not too often."""

    jars: int
    say: Progress
    done: int = 0
    size: int = 0
    _said_at: float = 0.0

    @contextmanager
    def of_one(self, _name: str, _size: int) -> Iterator[Callable[[int], None]]:
        yield self.add
        self.done += 1

    def add(self, size: int) -> None:
        self.size += size
        if time.monotonic() - self._said_at > _SAY_EVERY:
            self._said_at = time.monotonic()
            self.say(f"downloading: {self.done} of {self.jars} jars, {self.size / 1e6:.0f} MB")


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_lock(lock: Path) -> list[Jar]:
    lines = (line.split("#")[0].split() for line in lock.read_text().splitlines())
    return [Jar(coordinate, digest) for coordinate, digest in filter(None, lines)]


def class_path(lock: Path, progress: Progress, folder: Path | None = None) -> list[Path]:
    """The jars of a lock, in its order, each one summed; those that are missing are downloaded first.

    Raises WrongJar when a sum differs, JarNotFetched when the download failed.
    """
    folder = folder or cache_folder() / "jars"
    jars = read_lock(lock)
    missing = [jar for jar in jars if not (folder / jar.file_name).exists()]
    if missing:
        _fetch(missing, folder, progress)
    for jar in jars:
        path = folder / jar.file_name
        if jar not in missing and sha256(path) != jar.sha256:
            raise WrongJar(
                f"{path} is not the file that {lock.name} names: delete it, and it will be downloaded again."
            )
    return [folder / jar.file_name for jar in jars]


def _fetch(jars: Sequence[Jar], folder: Path, progress: Progress) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".download-", dir=folder))
    tally = Tally(len(jars), progress)
    try:
        progress(f"downloading: {len(jars)} jars")
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(lambda jar: _fetch_one(jar, staging / jar.file_name, folder, tally), jars))
        progress(f"downloaded: {len(jars)} jars, {tally.size / 1e6:.0f} MB")
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _fetch_one(jar: Jar, staging: Path, folder: Path, tally: Tally) -> None:
    try:
        path = jar.download(staging, tally)
    except Exception as error:  # whatever the network or jgo's many layers raise means the same to a person
        raise JarNotFetched(
            f"{jar.file_name} could not be downloaded ({type(error).__name__}): "
            "check the network, then run it again."
        ) from error
    if sha256(path) != jar.sha256:
        raise WrongJar(
            f"The registry served a {jar.file_name} that is not the one locked: "
            "it was thrown away. Ask why it changed."
        )
    os.replace(path, folder / jar.file_name)
