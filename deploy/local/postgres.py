"""PostgreSQL from a Python package's binaries: TCP on loopback, a password for everybody, data that stays."""

import contextlib
import secrets
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

import psutil

from deploy.local.databases import answers
from deploy.local.jars import Progress, silent
from deploy.local.passwords import write_secret
from deploy.local.postgres_user import as_ordinary_user, program
from deploy.local.process import Process, moments, until_ready
from deploy.local.trouble import Trouble

ADMIN = "renkei"

# What was measured to matter: room for the working set and bursts of appends; small statements not compiled.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_min_messages": "warning",
    # What people wrote is nothing for a log: no failed statements, no values that violated a constraint
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class Postgres:
    """The embedded server. `stop` lets it finish, `kill` does not; `start` after either recovers its data."""

    def __init__(
        self,
        folder: Path,
        log: Path,
        port: int,
        *,
        tethered: bool = False,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.port = port
        self._data = folder / "data"
        self._password_file = folder / "password"
        self._log = log
        self._settings = _SETTINGS | dict(settings or {})
        # SIGINT is its fast shutdown: sessions are ended, work in hand is rolled back, files are left clean
        self.process = Process([], log, stop_signal=signal.SIGINT, tethered=tethered)

    @property
    def admin_dsn(self) -> str:
        return f"postgresql://{ADMIN}:{self._password_file.read_text()}@127.0.0.1:{self.port}/postgres"

    def prepare(self, _progress: Progress = silent) -> None:
        """Make the data folder when it is not there yet."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        if not (self._data / "PG_VERSION").exists():
            write_secret(self._password_file, secrets.token_urlsafe(24))
            self._initdb()
        settings = [text for name, value in self._settings.items() for text in ("-c", f"{name}={value}")]
        server = [program("postgres"), "-D", str(self._data), "-p", str(self.port), *settings]
        self.process.command = [*as_ordinary_user(self.folder), *server]

    async def launch(self) -> None:
        await self._let_the_last_one_go()
        self.process.start()

    async def start(self, within: float = 60.0) -> None:
        """Launch it and wait until it takes connections."""
        await self.launch()
        await until_ready("PostgreSQL", self.process, self.ready, within)

    async def ready(self) -> bool:
        return await answers(self.admin_dsn)

    async def alive(self) -> bool:
        return True

    async def stop(self) -> None:
        await self.process.stop(grace=30.0)

    async def kill(self) -> None:
        await self.process.kill()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    def _initdb(self) -> None:
        command = [
            program("initdb"),
            "-D",
            str(self._data),
            "-U",
            ADMIN,
            "--pwfile",
            str(self._password_file),
        ]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
        command += ["--builtin-locale=C.UTF-8", "--data-checksums"]
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            launch = as_ordinary_user(self.folder)
            done = subprocess.run([*launch, *command], stdout=log, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            raise Trouble(f"PostgreSQL's data folder {self._data} could not be made: see {self._log}.")

    async def _let_the_last_one_go(self) -> None:
        """After a kill the server's own processes outlive it a moment, and its note of itself for good."""
        note = self._data / "postmaster.pid"
        left: list[psutil.Process] = []
        async for _ in moments(10.0):
            left = _processes_in(self._data)
            if not left:
                note.unlink(missing_ok=True)  # nobody works in this folder, whoever has that process id today
                return
            if note.exists() and any(str(process.pid) == note.read_text().split("\n")[0] for process in left):
                break
        raise Trouble(
            f"{self._data} is in use by another PostgreSQL (process {left[0].pid}): "
            "stop the stack that it belongs to, or set RENKEI_HOME to another folder."
        )


def _processes_in(folder: Path) -> list[psutil.Process]:
    """The server's processes: each works in its data folder."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.cwd() == str(folder.resolve()) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found
