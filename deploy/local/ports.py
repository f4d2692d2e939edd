"""Every address of the stack follows from one base port."""

import contextlib
import random
import socket
from dataclasses import dataclass

import psutil

from deploy.local import SERVICES
from deploy.local.trouble import Trouble

DEFAULT_BASE = 8100
_OFFSETS = {
    "front": 0,
    **{service: number for number, service in enumerate(SERVICES, start=1)},
    "kafka": 10,
    "kafka controller": 11,
    "postgres": 12,
    "zipkin": 13,
    "mail": 14,
    "witness": 15,
}
_SPAN = max(_OFFSETS.values()) + 1


class PortTaken(Trouble):
    """Somebody else listens where a part of the stack must."""


@dataclass(frozen=True)
class Ports:
    base: int = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not 1024 <= self.base <= 65535 - _SPAN:
            raise Trouble(
                f"{self.base} can not be the base port: choose one between 1024 and {65535 - _SPAN}."
            )

    def of(self, part: str) -> int:
        return self.base + _OFFSETS[part]

    def address(self, part: str) -> str:
        return f"127.0.0.1:{self.of(part)}"

    def refuse_taken(self, parts: list[str]) -> None:
        """Raises PortTaken for the first of the parts whose port somebody holds."""
        for part in parts:
            if not free(self.of(part)):
                raise PortTaken(
                    f"Port {self.of(part)}, where {part} should listen, is taken by {holder(self.of(part))}: "
                    "stop that, or choose another base port with --ports N (or RENKEI_PORTS)."
                )


def free(port: int) -> bool:
    """Whether a server could listen there; a connection that is still closing does not count."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def holder(port: int) -> str:
    """Who listens there, in words."""
    with contextlib.suppress(psutil.Error, OSError):
        for connection in psutil.net_connections("tcp"):
            listens = connection.status == psutil.CONN_LISTEN and tuple(connection.laddr)[1:] == (port,)
            if listens and connection.pid:
                process = psutil.Process(connection.pid)
                return f"process {process.pid} ({' '.join(process.cmdline())[:80] or process.name()})"
    return "a process of another user"


def free_base() -> int:
    """A base whose ports nobody uses now, for a stack beside others. Below those that clients get."""
    for _ in range(100):
        base = random.randrange(10_000, 30_000, _SPAN)
        if all(free(base + offset) for offset in range(_SPAN)):
            return base
    raise Trouble(f"No {_SPAN} ports in a row are free: choose a base port with --ports N.")


def any_free(count: int) -> list[int]:
    """That many ports nobody uses now, for engines that live as long as a test run."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
