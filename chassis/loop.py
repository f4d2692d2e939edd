"""The event loop of a process: uvloop, with what aiokafka has to be told about it.

aiokafka (0.14) expects OSError where it writes to a connection that the other side has closed. asyncio's own loop says
nothing there, uvloop says RuntimeError. That ends, unseen, the task which keeps a client's metadata; whoever asks for
metadata then waits for ever, and a consumer lives on without taking anything (docs/decisions/0026).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine
from typing import Any

import uvloop
from aiokafka.conn import AIOKafkaConnection, CloseReason
from aiokafka.errors import KafkaConnectionError


def _lost(send: Callable[..., Any]) -> Callable[..., Any]:
    """The same, where a connection that is closed is a connection that was lost."""

    @functools.wraps(send)
    def sent(self: AIOKafkaConnection, *args: Any, **more: Any) -> Any:
        try:
            return send(self, *args, **more)
        except RuntimeError as error:
            if type(error) is not RuntimeError:  # NotImplementedError is one as well
                raise
            self.close(reason=CloseReason.CONNECTION_BROKEN)
            raise KafkaConnectionError(f"Connection at {self.host}:{self.port} broken: {error}") from error

    return sent


for _name in ("send", "_send_sasl_token"):
    setattr(AIOKafkaConnection, _name, _lost(getattr(AIOKafkaConnection, _name)))


def run(work: Coroutine[Any, Any, None]) -> None:
    """Runs it to its end."""
    uvloop.run(work)
