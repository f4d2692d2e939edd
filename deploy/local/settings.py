"""What a person may choose about the local stack. Read once, at the start of a command."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.ports import DEFAULT_BASE, Ports
from deploy.local.trouble import Trouble

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Settings:
    """Where the stack lives and listens, and which engines are somebody else's.

    `kafka`: bootstrap servers; `postgres`: an administrator's DSN; `smtp`: host:port of a mail server; None means
    the embedded one.
    `own_telemetry`: the person set standard OTEL_* variables, which then pass to the services as they are.
    """

    home: Path
    ports: Ports
    traces: bool = True
    kafka: str | None = None
    postgres: str | None = None
    smtp: str | None = None
    own_telemetry: bool = False

    @classmethod
    def read(
        cls, ports: int | None = None, traces: bool = True, environment: Mapping[str, str] = os.environ
    ) -> "Settings":
        base = environment.get("RENKEI_PORTS", str(DEFAULT_BASE)) if ports is None else str(ports)
        if not base.isdigit():
            raise Trouble(
                f"RENKEI_PORTS is {base!r}: set it to the number of the first port, such as {DEFAULT_BASE}."
            )
        own_telemetry = "OTEL_EXPORTER_OTLP_ENDPOINT" in environment or "OTEL_TRACES_EXPORTER" in environment
        return cls(
            home=Path(environment.get("RENKEI_HOME") or ROOT / ".renkei").absolute(),
            ports=Ports(int(base)),
            traces=traces and not own_telemetry and environment.get("RENKEI_TRACES") != "off",
            kafka=environment.get("RENKEI_KAFKA"),
            postgres=environment.get("RENKEI_POSTGRES"),
            smtp=environment.get("RENKEI_SMTP"),
            own_telemetry=own_telemetry,
        )

    def for_supervisor(self) -> dict[str, str]:
        """The environment in which the supervisor reads the same settings again."""
        chosen = {"RENKEI_HOME": str(self.home), "RENKEI_PORTS": str(self.ports.base)}
        return {**os.environ, **chosen, **({} if self.traces else {"RENKEI_TRACES": "off"})}

    @property
    def bootstrap(self) -> str:
        return self.kafka or self.ports.address("kafka")

    @property
    def mail_server(self) -> str:
        return self.smtp or self.ports.address("mail")

    @property
    def mail(self) -> Path:
        """Where the sink keeps what it was given."""
        return self.home / "mail"

    @property
    def published(self) -> Path:
        """Where the audit log is published, as files."""
        return self.home / "audit-log"

    @property
    def front(self) -> str:
        return f"http://{self.ports.address('front')}"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    def log(self, part: str) -> Path:
        return self.logs / f"{part}.log"

    def held(self, part: str) -> Path:
        """A file that is there while an operator wants the part to rest."""
        return self.home / "held" / part

    def make_home(self) -> None:
        """Private: it holds passwords, keys and what people wrote."""
        for folder in (self.home, self.logs, self.home / "held", self.home / "keys"):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
