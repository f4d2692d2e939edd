"""A mail server for tests, in the test's own loop, that says what it is told to say."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from chassis.mailer import Mailer
from deploy.local.sink import session

TAKEN = "250 2.0.0 taken"


class Postbox:
    """A mail server that says what it is told to say."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.answers: dict[str, str] = {}  # to a recipient
        self.to_content: list[str] = []  # to the next mails, then it takes them
        self.on_taken: Callable[[], object] = lambda: None
        self._held = socket.socket()  # the port stays ours while nobody listens there
        self._held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._held.bind(("127.0.0.1", 0))
        self.port: int = self._held.getsockname()[1]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get(address.partition("@")[0], TAKEN)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.to_content:
            return self.to_content.pop(0)
        content = envelope.original_content
        assert isinstance(content, bytes)
        self.messages.append(message_from_bytes(content, EmailMessage, policy=policy.default))
        self.on_taken()
        return TAKEN

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: session(self), "127.0.0.1", self.port, reuse_port=True)
        try:
            yield
        finally:
            server.close()

    def end(self) -> None:
        self._held.close()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.messages]


@asynccontextmanager
async def running(*mailers: Mailer) -> AsyncIterator[list[asyncio.Task[None]]]:
    tasks = [asyncio.create_task(one.run()) for one in mailers]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
