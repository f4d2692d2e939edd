"""Mail: what is told by mail waits in `mails`, put there in the transaction of its fact, until the server took it.

A row says which fact, and nothing of what is told or to whom: the mail is written from the facts when it is sent (see
`chassis.mailer`). The fact that it was taken, or refused for good, takes the row away.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as CRLF

from chassis.decider import Command, Recorded
from chassis.deciding import Follow
from chassis.projections import Change, Put, Remove

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = (
    rf"(?=[^@]{{1,64}}@.{{1,253}}\Z){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}"  # RFC 5321, without quotes
)


def is_address(text: str) -> bool:
    """Whether a mail can be sent there: `local@domain` in ASCII, nothing around it, nothing quoted."""
    return re.fullmatch(ADDRESS, text) is not None


@dataclass(frozen=True, slots=True)
class Queue:
    """A mail is to be sent about this fact. One `name` of a stream has one mail."""

    name: str


@dataclass(frozen=True, slots=True)
class Done:
    """The mail of this name needs no sending any more."""

    name: str


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one recipient, in plain text, and the commands by which the stream of its fact learns of its fate."""

    message_id: str  # `<…@…>`, the same each time
    at: datetime  # likewise
    sender: str
    to: str
    subject: str
    text: str
    sent: Callable[[datetime], Command]
    undeliverable: Callable[[datetime, str], Command]  # with the status codes of SMTP

    def message(self) -> EmailMessage:
        """Raises ValueError for a header with a line break, or an address that is none."""
        if not (is_address(self.sender) and is_address(self.to)):
            raise ValueError("sender and recipient are addresses of mail, and nothing else")
        message = EmailMessage(policy=CRLF)
        message["From"] = Address(addr_spec=self.sender)
        message["To"] = Address(addr_spec=self.to)
        message["Subject"] = self.subject
        message["Date"] = self.at
        message["Message-ID"] = self.message_id
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = "ja"
        message.set_content(self.text, cte="base64")
        return message


Mailed = Callable[[Recorded], Sequence[Queue | Done]]
Write = Callable[[Recorded], Awaitable[Mail]]  # the mail about a fact, from what the streams say now


def follow(mailed: Mailed) -> Follow:
    """The row changes by which the mails follow the facts."""

    def changes(recorded: Recorded) -> list[tuple[str, Change]]:
        return [("mails", _row(recorded, mail)) for mail in mailed(recorded)]

    return changes


def _row(recorded: Recorded, mail: Queue | Done) -> Change:
    stream = recorded.envelope.subject
    key = f"{stream}#{mail.name}"
    if isinstance(mail, Done):
        return Remove(key)
    return Put(key, {"stream": stream, "version": recorded.envelope.version})
