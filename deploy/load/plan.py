"""What a load asks for, as data: steps of cases.

A body may say TODAY or IN_A_MONTH: days by the clock of the services, which is learned from their answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import orjson

TODAY = "<today>"
IN_A_MONTH = "<in a month>"


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a case.

    `until` names the refusals that mean: a fact is still on its way, so ask again later. `refused` says that
    a refusal is what is planned.
    """

    service: str
    kind: str
    command: str
    actor: str
    body: dict[str, Any]
    until: frozenset[str] = frozenset()
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """One case from its first request to its last. `run` tells its requests from those of other runs."""

    case: str
    steps: Sequence[Step]
    run: str = ""


def on_the_day(body: dict[str, Any], today: date | None) -> bytes:
    """The JSON of a body, with its days filled in as far as they are known."""
    text = orjson.dumps(body)
    if today is None:
        return text
    month = today + timedelta(days=30)
    return text.replace(TODAY.encode(), str(today).encode()).replace(IN_A_MONTH.encode(), str(month).encode())
