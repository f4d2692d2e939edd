"""Notices on real PostgreSQL and SMTP: from the fact to the mail, once, to whom it concerns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from chassis.database import connect
from chassis.deciding import Asked
from chassis.inbox import Received
from chassis.mailer import Mailer
from chassis.service import Parts
from chassis.settings import Settings
from contracts.cloudevents import Envelope
from contracts.fact import Fact
from contracts.intake import NoticeIssued, NoticeSent, NoticeUndeliverable
from services.intake.domain import SubmitProposal
from services.intake.main import SERVICE
from tests.deciding import at
from tests.engines import Engines
from tests.intake.notices import ADDRESS, EDITION, FACTS, INELIGIBLE, MATCHED, MUNICIPALITY, WITH_ADDRESS
from tests.intake.sample import FORM, GIVEN, PROPOSER, recorded
from tests.postbox import Postbox, running
from tests.waiting import until

OFFICE = "koumin-renkei@tokorozawa.example.jp"
NOW = at("2023-08-30 10:00")


@dataclass
class Window:
    """Intake with its database and a mail server, and what was told to it by others."""

    parts: Parts
    postbox: Postbox

    async def submit(self, case: str, proposer: dict[str, Any]) -> list[Envelope]:
        number = {"receipt_number": f"2023-{case}"}
        fields = {**FORM, **GIVEN, **number, "proposer": proposer, "actor": PROPOSER, "at": NOW}
        facts = await self.parts.commands.handle_many([Asked(case, SubmitProposal.model_validate(fields))])
        assert isinstance(facts[0], list)
        return [fact.envelope for fact in facts[0]]

    async def hears(self, *envelopes: Envelope) -> None:
        """Facts arrive in one batch, from this service's own topic or another's."""
        records = [Received(None, envelope) for envelope in envelopes]  # type: ignore[arg-type]  # no record is read
        async with SERVICE.taking(self.parts) as take:
            await take(records)

    async def notices(self, case: str) -> list[Fact]:
        return [envelope.fact() for envelope in await self.parts.store.load(f"notice/{case}")]

    def mailer(self) -> Mailer:
        assert SERVICE.write is not None
        parts, address = self.parts, self.postbox.address
        return Mailer(
            parts.store, parts.commands, SERVICE.write(parts), lambda: NOW, address, idle=0.02, pause=0.02
        )

    async def delivered(self) -> list[EmailMessage]:
        """The mails of all that waits."""
        async with self.postbox.open(), running(self.mailer()):
            assert await until(self.nothing_waits)
        return self.postbox.messages

    async def nothing_waits(self) -> bool:
        waiting: int = await self.parts.pool.fetchval("select count(*) from mails")
        return waiting == 0


@pytest.fixture
async def window(engines: Engines, tmp_path: Path) -> AsyncIterator[Window]:
    dsn = await engines.of("services.intake")
    settings = Settings(kafka="127.0.0.1:1", database=dsn, keys=tmp_path, municipality=MUNICIPALITY)
    pool = await connect(dsn)
    postbox = Postbox()
    yield Window(SERVICE.parts(settings, pool), postbox)
    postbox.end()
    await pool.close()


def told(fact: Fact, case: str, id_: str, kind: str = "screening", on: datetime = NOW) -> Envelope:
    envelope = recorded(fact, kind, case, on).envelope
    values = {name: getattr(envelope, name) for name in Envelope.__slots__}
    return Envelope(**{**values, "id": id_})


async def test_a_submission_is_confirmed_by_mail_with_its_number(window: Window) -> None:
    [submitted] = await window.submit("C01", WITH_ADDRESS)
    await window.hears(submitted)
    [mail] = await window.delivered()
    [issued, sent] = await window.notices("C01")
    assert isinstance(issued, NoticeIssued)
    assert issued.number == "所公連第2023-000001号"
    assert (issued.of, issued.edition, issued.case) == (submitted.id, EDITION, "C01")
    assert (mail["To"], mail["From"]) == (ADDRESS, OFFICE)
    assert mail["Subject"] == "公民連携に関する提案の受付について(通知) 所公連第2023-000001号"
    assert "受付番号  2023-C01" in mail.get_content()
    [envelope, _] = await window.parts.store.load("notice/C01")
    assert mail["Message-ID"] == f"<{envelope.id}@tokorozawa.example.jp>"
    assert sent == NoticeSent(of=submitted.id, message_id=mail["Message-ID"])


async def test_a_submission_without_an_address_costs_nothing(window: Window) -> None:
    [submitted] = await window.submit("C01", FORM["proposer"])
    await window.hears(submitted, told(MATCHED, "C01", "E-2", "matching"))
    assert await window.notices("C01") == []
    assert await window.parts.pool.fetchval("select count(*) from notice_numbers") == 0


async def test_a_fact_that_comes_again_is_told_of_once(window: Window) -> None:
    await window.submit("C01", WITH_ADDRESS)
    refused = told(INELIGIBLE, "C01", "E-1")
    await window.hears(refused, refused)
    await window.hears(refused)
    await asyncio.gather(window.hears(refused), window.hears(refused))
    assert len(await window.notices("C01")) == 1
    assert len(await window.delivered()) == 1
    await window.hears(refused)
    assert await window.nothing_waits()


async def test_v07_a_refusal_reaches_its_proposer_with_clauses_and_the_way_on(window: Window) -> None:
    await window.submit("C01", WITH_ADDRESS)
    await window.hears(told(INELIGIBLE, "C01", "E-1"))
    [mail] = await window.delivered()
    text = mail.get_content()
    for part in (
        "GL7-A2",
        "GL7-B1",
        "直接的な営業または広告宣伝を目的とするもの(除外)。",
        "令和5年9月13日までに",
        OFFICE,
    ):
        assert part in text
    assert FORM["body"] not in text


async def test_a_refusal_without_an_address_goes_to_the_office_for_the_post(window: Window) -> None:
    await window.submit("C01", FORM["proposer"])
    await window.hears(told(INELIGIBLE, "C01", "E-1"))
    [mail] = await window.delivered()
    assert mail["To"] == OFFICE
    assert mail.get_content().startswith("【担当者へ】")
    [issued, _] = await window.notices("C01")
    assert isinstance(issued, NoticeIssued)
    assert (issued.to, issued.way) == ("proposer", "post")


async def test_v07_where_no_section_takes_it_on_the_edition_says_what_that_rests_on(window: Window) -> None:
    await window.submit("C01", WITH_ADDRESS)
    await window.hears(told(FACTS["no_match"], "C01", "E-1", "matching"))
    [issued] = await window.notices("C01")
    assert isinstance(issued, NoticeIssued)
    assert issued.cites == ("GL2-3",)
    assert issued.until is None, "a conclusion from before it said until when"


async def test_what_is_refused_for_good_is_recorded_and_goes_to_the_office(window: Window) -> None:
    window.postbox.answers[ADDRESS.partition("@")[0]] = f"550 5.1.1 <{ADDRESS}>: no such user"
    await window.submit("C01", WITH_ADDRESS)
    await window.hears(told(INELIGIBLE, "C01", "E-1"))
    assert await window.delivered() == []
    [_, failed] = await window.parts.store.load("notice/C01")
    assert failed.fact() == NoticeUndeliverable(of="E-1", to="proposer", reason="550 5.1.1")
    await window.hears(failed)
    [mail] = await window.delivered()
    assert mail["To"] == OFFICE
    assert "通知が届きませんでした" in mail["Subject"]
    assert "550 5.1.1" in mail.get_content()
    assert "株式会社ミマモリ架空電機" in mail.get_content()
    assert "所公連第2023-000001号" in mail.get_content()


async def test_killed_between_smtp_and_record_the_mail_repeats_with_its_message_id(window: Window) -> None:
    await window.submit("C01", WITH_ADDRESS)
    await window.hears(told(INELIGIBLE, "C01", "E-1"))
    async with window.postbox.open(), running(window.mailer()) as [task]:
        window.postbox.on_taken = task.cancel
        await asyncio.wait([task])
    window.postbox.on_taken = lambda: None
    first, again = await window.delivered()
    assert first["Message-ID"] == again["Message-ID"]
    assert first.as_bytes() == again.as_bytes()
    assert [type(fact) for fact in await window.notices("C01")] == [NoticeIssued, NoticeSent]


async def test_v22_an_escalation_reaches_the_office(window: Window) -> None:
    await window.submit("C01", FORM["proposer"])
    await window.hears(told(FACTS["escalation"], "C01", "E-1"))
    [mail] = await window.delivered()
    assert mail["To"] == OFFICE
    assert "2023-C01" in mail.get_content()
    [issued, _] = await window.notices("C01")
    assert isinstance(issued, NoticeIssued)
    assert issued.number is None


async def test_nothing_that_waits_holds_an_idea_or_an_address(window: Window) -> None:
    await window.submit("C01", WITH_ADDRESS)
    await window.hears(told(INELIGIBLE, "C01", "E-1"), told(FACTS["no_match"], "C01", "E-2", "matching"))
    [row] = await window.parts.pool.fetch("select string_agg(m::text, ' ') as all from mails m")
    for secret in (ADDRESS, FORM["title"], FORM["proposer"]["name"], "引き受ける担当課"):
        assert secret not in row["all"]


async def test_numbers_count_within_the_fiscal_year(window: Window) -> None:
    for case in ("C01", "C02"):
        await window.submit(case, WITH_ADDRESS)
    days = (at("2024-03-31 23:59"), at("2024-04-01 00:00"), at("2024-04-01 00:01"))
    for n, on in enumerate(days):
        await window.hears(told(FACTS["lapsed"], "C01", f"E-{n}", "proposal", on))
    numbers = [f.number for f in await window.notices("C01") if isinstance(f, NoticeIssued)]
    assert numbers == ["所公連第2023-000001号", "所公連第2024-000001号", "所公連第2024-000002号"]
