"""The mail sink keeps every mail it takes, and `renkei mail` shows them."""

from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import orjson
import pytest
from typer.testing import CliRunner

from deploy.local.mail import MailSink, greets
from deploy.local.ports import any_free
from deploy.local.settings import Settings
from deploy.local.stack import assemble, environment
from deploy.mail import app, kept

TEXT = "提案を受け付けました。\n受付番号 2023-000001\n"


@pytest.fixture
async def sink(tmp_path: Path) -> AsyncIterator[MailSink]:
    [port] = any_free(1)
    sink = MailSink(tmp_path / "mail", tmp_path / "sink.log", f"127.0.0.1:{port}")
    await sink.start()
    yield sink
    await sink.stop()


def letter(id_: str, text: str = TEXT) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "office@city.example.jp", "someone@example.jp"
    message["Subject"] = "公民連携に関する提案の受付について(通知)"
    message["Message-ID"] = f"<{id_}@city.example.jp>"
    message.set_content(text)
    return message


async def send(sink: MailSink, *messages: EmailMessage) -> None:
    host, _, port = sink.address.partition(":")
    async with aiosmtplib.SMTP(hostname=host, port=int(port)) as server:
        for message in messages:
            await server.send_message(message)


async def test_a_mail_that_was_taken_is_on_the_disk_and_survives_a_kill(
    sink: MailSink, tmp_path: Path
) -> None:
    await send(sink, letter("one"))
    await sink.kill()
    [mail] = kept(tmp_path / "mail")
    assert (mail.id, mail.to, mail.text) == ("one", "someone@example.jp", TEXT)
    await sink.start()
    await send(sink, letter("two"))
    assert [mail.id for mail in kept(tmp_path / "mail")] == ["one", "two"]


async def test_the_same_mail_again_shows_by_its_message_id(sink: MailSink, tmp_path: Path) -> None:
    await send(sink, letter("one"), letter("two"), letter("one"))
    assert [(mail.id, mail.again) for mail in kept(tmp_path / "mail")] == [("one", 0), ("two", 0), ("one", 1)]


async def test_what_people_wrote_moves_no_cursor(
    sink: MailSink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await send(sink, letter("one", "理由\x1b[2J\u202e逆\n"))
    monkeypatch.setenv("RENKEI_HOME", str(tmp_path))
    shown = CliRunner().invoke(app, ["show", "one"])
    assert shown.exit_code == 0
    assert "理由[2J逆" in shown.output
    listed = orjson.loads(CliRunner().invoke(app, ["list", "--json"]).output)
    assert [mail["subject"] for mail in listed] == ["公民連携に関する提案の受付について(通知)"]
    assert CliRunner().invoke(app, ["show", "three"]).exit_code == 1


async def test_only_a_mail_server_greets(sink: MailSink) -> None:
    [nobody] = any_free(1)
    assert await greets(sink.address)
    assert not await greets(f"127.0.0.1:{nobody}")


def test_a_mail_server_elsewhere_replaces_the_sink(tmp_path: Path) -> None:
    own = Settings.read(environment={"RENKEI_HOME": str(tmp_path)})
    theirs = Settings.read(environment={"RENKEI_HOME": str(tmp_path), "RENKEI_SMTP": "mail.example.jp:25"})
    for settings, starts, address in (
        (own, True, own.ports.address("mail")),
        (theirs, False, "mail.example.jp:25"),
    ):
        settings.make_home()
        [part] = [k for k in assemble(settings, lambda: None).engines if k.state.name == "mail"]
        assert ((part.engine.process is not None), part.state.address) == (starts, address)
        assert not part.state.needed, "the stack is of use without mail"
        assert environment(settings, "intake")["RENKEI_SMTP"] == address
