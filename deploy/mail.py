"""`renkei mail`: what the local mail sink was given."""

from __future__ import annotations

import email
import email.policy
import unicodedata
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from deploy.local.settings import Settings
from deploy.local.sink import SUFFIX
from deploy.local.trouble import Trouble

app = typer.Typer(name="mail", no_args_is_help=True, help="What the mail sink of this stack was given.")

Json = Annotated[bool, typer.Option("--json", help="For machines.")]


@dataclass(frozen=True, slots=True)
class Kept:
    """A mail in the sink. `again`: how many with the same Message-ID came before it."""

    id: str  # of the Message-ID, what stands before the @
    message_id: str
    to: str
    subject: str
    at: str
    again: int
    message: EmailMessage

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        return _shown(body.get_content()) if body else ""


def kept(folder: Path) -> list[Kept]:
    """Every mail, in the order in which it came."""
    found: list[Kept] = []
    seen: dict[str, int] = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        message = email.message_from_bytes(path.read_bytes(), EmailMessage, policy=email.policy.default)
        message_id = str(message["Message-ID"] or f"<{path.stem}>").strip()
        again = seen[message_id] = seen.get(message_id, -1) + 1
        to, subject, at = (_line(str(message[name] or "")) for name in ("To", "Subject", "Date"))
        id_ = message_id.strip("<>").partition("@")[0]
        found.append(Kept(id_, message_id, to, subject, at, again, message))
    return found


@app.command("list")
def list_(as_json: Json = False) -> None:
    """Every mail, in the order in which it came; one that came before is marked."""
    mails = kept(Settings.read().mail)
    if as_json:
        rows = [{"id": m.id, "to": m.to, "subject": m.subject, "date": m.at, "again": m.again} for m in mails]
        typer.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2))
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("id", no_wrap=True, min_width=max((len(mail.id) for mail in mails), default=0))
    for heading in ("to", "subject", "date", "again"):
        table.add_column(heading, overflow="fold")
    for mail in mails:
        row = (mail.id, mail.to, mail.subject, mail.at, str(mail.again) if mail.again else "")
        table.add_row(*map(escape, row))
    Console().print(table if mails else "There is no mail.")


@app.command()
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="As the list shows it.")], as_json: Json = False
) -> None:
    """One mail, as a person reads it."""
    found = [mail for mail in kept(Settings.read().mail) if mail.id == id_]
    if not found:
        raise Trouble(f"There is no mail {id_!r}; `renkei mail list` shows all.")
    headers = {name: _line(str(value)) for name, value in found[-1].message.items()}
    if as_json:
        mail = {"headers": headers, "text": found[-1].text, "again": found[-1].again}
        typer.echo(orjson.dumps(mail, option=orjson.OPT_INDENT_2))
        return
    for name in ("From", "To", "Subject", "Date", "Message-ID"):
        typer.echo(f"{name}: {headers.get(name, '')}")
    typer.echo(f"\n{found[-1].text}")


def _shown(text: str) -> str:
    """Without what would move a terminal's cursor: people wrote some of it."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf"))


def _line(text: str) -> str:
    return " ".join(_shown(text).split())
