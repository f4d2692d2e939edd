"""What a process is told by its environment; read once, in `main`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class NotConfigured(SystemExit):
    """A setting is missing or malformed; names it and says what to set."""


class Settings(BaseModel):
    """`RENKEI_…` variables by their names in lower case."""

    model_config = ConfigDict(frozen=True)

    environment: Literal["development", "production"] = "production"
    http: str = Field(default="127.0.0.1:8000", pattern=r"^[^:]+:[0-9]+$")
    kafka: str
    database: str
    clock: Path | None = None  # the shared development clock
    keys: Path = Path("keys")  # folder of this service's secret keys
    municipality: str = "112089"  # code of the local government: Tokorozawa
    smtp: str | None = Field(
        default=None, pattern=r"^[^\s@]+:[0-9]+$"
    )  # the mail server; without one, mail waits
    mail_from: str | None = Field(
        default=None, pattern=r"^[!-?A-~]+@[!-?A-~]+$"
    )  # instead of the office's own
    address: str = Field(
        default="http://127.0.0.1:8100", pattern=r"^https?://[^\s/]+(/[^\s]*)?$"
    )  # under which people reach the system; stands in what is published
    audit_log: Path | None = None  # the folder in which the audit log is published
    shards: frozenset[int] = frozenset(range(4))  # of the outbox, led by this process

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Raises NotConfigured."""
        given = {
            name: value for name in cls.model_fields if (value := environment.get(f"RENKEI_{name.upper()}"))
        }
        try:
            return cls.model_validate({**given, **_listed(given)})
        except ValidationError as error:
            wrong = "; ".join(
                f"RENKEI_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors(include_input=False)
            )
            raise NotConfigured(f"Set these and start again: {wrong}") from None


def _listed(given: Mapping[str, str]) -> dict[str, list[str]]:
    return {"shards": given["shards"].split(",")} if "shards" in given else {}
