"""The journal: what was asked and what was answered, written down as it happens.

One JSON object a line. Before a request leaves:

    {"n": 7, "due": 1722470400.1, "sent": 1722470400.1, "service": "screening",
     "subject": "screening/<case>", "command": "confirm-eligible", "key": "<case>-5.1", "case": "<case>"}

and when it is over, one of:

    {"n": 7, "answered": 1722470400.2, "status": 200, "refused": null,
     "facts": [{"id", "subject", "version", "type"}]}
    {"n": 7, "answered": 1722470400.2, "status": 409, "facts": [], "refused": "ScreeningNotOpen"}
    {"n": 7, "cut": "ClientConnectorError"}

Times are seconds since 1970. A request that is sent again, because it was cut, has a new `n` and the same
`key`. Each line is handed to the operating system at once, so that killing this process loses none; what a
power cut loses is not its concern.
`services/audit/journal.py` reads it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

from deploy.local.trouble import Trouble


class JournalExists(Trouble):
    """A journal belongs to one run."""


class Journal:
    """A new file, one line for each thing that happens."""

    def __init__(self, file: Path) -> None:
        """Raises JournalExists, or OSError where nothing can be written."""
        try:
            self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)
        except FileExistsError:
            raise JournalExists(f"{file} is the journal of another run: give this one a new name.") from None

    def sent(
        self,
        n: int,
        *,
        due: float,
        sent: float,
        service: str,
        subject: str,
        command: str,
        key: str,
        case: str,
    ) -> None:
        self._write(
            {"n": n, "due": round(due, 6), "sent": round(sent, 6), "service": service, "subject": subject,
             "command": command, "key": key, "case": case}
        )  # fmt: skip

    def answered(
        self, n: int, *, answered: float, status: int, facts: Iterable[Mapping[str, Any]], refused: str | None
    ) -> None:
        """Of each fact only what tells it apart, never what it says."""
        told = [{name: fact[name] for name in ("id", "subject", "version", "type")} for fact in facts]
        self._write(
            {"n": n, "answered": round(answered, 6), "status": status, "facts": told, "refused": refused}
        )

    def cut(self, n: int, reason: str) -> None:
        self._write({"n": n, "cut": reason})

    def close(self) -> None:
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _write(self, line: dict[str, Any]) -> None:
        os.write(self._file, orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
