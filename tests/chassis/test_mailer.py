"""Mail waits with its fact, is sent once, waits for a server that is away, and repeats itself only after a crash."""

import asyncio
import contextlib
from collections.abc import Iterator, Sequence

import asyncpg
import pytest
from aiosmtplib import SMTP
from prometheus_client import REGISTRY

from chassis.commands import Commands
from chassis.decider import Command, Recorded
from chassis.event_store import EventStore
from chassis.mail import Done, Mail, Queue, follow
from chassis.mailer import Mailer, measure
from contracts.actors import Actor, Role
from tests.chassis.conftest import NOW, new_commands, shelve
from tests.chassis.shelf import Shelve, Shelved
from tests.postbox import Postbox, running
from tests.waiting import until

MAILER = Actor(role=Role.SERVICE, id="mailer")


def mailed(recorded: Recorded) -> Sequence[Queue | Done]:
    """A letter that is put on the shelf is sent; the note of it takes it off the list."""
    match recorded.fact:
        case Shelved(thing="letter"):
            return [Queue("letter")]
        case Shelved():
            return [Done("letter")]
        case _:
            return []


async def write(recorded: Recorded) -> Mail:
    def noted(thing: str) -> Command:
        return Shelve(actor=MAILER, at=NOW, thing=thing)

    if recorded.id == "unwritten":
        raise KeyError("a template is wrong")
    return Mail(
        message_id=f"<{recorded.envelope.id}@example.jp>",
        at=recorded.envelope.time,
        sender="office@example.jp",
        to=f"{recorded.id}@example.jp",
        subject="通知",
        text="お知らせします。\n",
        sent=lambda at: noted("sent"),
        undeliverable=lambda at, reason: noted(reason),
    )


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    postbox = Postbox()
    yield postbox
    postbox.end()


@pytest.fixture
def writing(store: EventStore) -> Commands:
    return new_commands(store, follow=[follow(mailed)])


def mailer(store: EventStore, postbox: Postbox) -> Mailer:
    commands = new_commands(store, follow=[follow(mailed)])
    return Mailer(store, commands, write, lambda: NOW, postbox.address, idle=0.02, pause=0.02)


async def waiting(pool: asyncpg.Pool) -> list[str]:
    return [row["key"] for row in await pool.fetch("select key from mails order by key")]


async def _waits_alone(pool: asyncpg.Pool, key: str) -> bool:
    return await waiting(pool) == [key]


async def things(store: EventStore, id_: str) -> list[str]:
    return [e.fact().thing for e in await store.load(f"shelf/{id_}")]  # type: ignore[attr-defined]


async def test_what_waits_says_which_fact_and_nothing_more(writing: Commands, pool: asyncpg.Pool) -> None:
    await writing.handle_many([shelve("a", "letter"), shelve("b", "book")])
    [row] = await pool.fetch("select key, doc from mails")
    assert (row["key"], row["doc"]) == ("shelf/a#letter", {"stream": "shelf/a", "version": 1})


async def test_each_mail_is_sent_once_and_recorded(
    store: EventStore, writing: Commands, pool: asyncpg.Pool, postbox: Postbox
) -> None:
    await writing.handle_many([shelve(f"s{n}", "letter") for n in range(20)])
    async with postbox.open(), running(mailer(store, postbox), mailer(store, postbox)):
        assert await until(lambda: _empty(pool))
    assert sorted(m["To"] for m in postbox.messages) == sorted(f"s{n}@example.jp" for n in range(20))
    assert len(set(postbox.ids)) == 20
    for n in range(20):
        assert await things(store, f"s{n}") == ["letter", "sent"]
    [letter, sent] = await store.load("shelf/s0")
    assert sent.cause == letter.id


async def test_ended_between_taking_and_recording_the_same_mail_goes_again(
    store: EventStore, writing: Commands, pool: asyncpg.Pool, postbox: Postbox
) -> None:
    await writing.handle_many([shelve("a", "letter")])
    async with postbox.open():
        async with running(mailer(store, postbox)) as [task]:
            postbox.on_taken = task.cancel  # the mail is taken; whoever sent it never hears of that
            await asyncio.wait([task])
        assert await things(store, "a") == ["letter"]
        assert await waiting(pool) == ["shelf/a#letter"]
        postbox.on_taken = lambda: None
        async with running(mailer(store, postbox)):
            assert await until(lambda: _empty(pool))
    first, again = postbox.messages
    assert first.as_bytes() == again.as_bytes()
    assert len(set(postbox.ids)) == 1
    assert await things(store, "a") == ["letter", "sent"]


async def test_mail_waits_for_a_server_that_is_away(
    store: EventStore,
    writing: Commands,
    pool: asyncpg.Pool,
    postbox: Postbox,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await writing.handle_many([shelve("a", "letter"), shelve("b", "letter")])
    async with running(mailer(store, postbox)) as [task]:
        assert await until(lambda: "mail waits: SMTPConnectError" in caplog.text)
        assert not task.done()
        await measure(pool)
        assert REGISTRY.get_sample_value("renkei_mails_waiting") == 2
        assert (REGISTRY.get_sample_value("renkei_mails_age_seconds") or 0) > 0
        async with postbox.open():
            assert await until(lambda: _empty(pool))
    assert len(postbox.messages) == 2
    await measure(pool)
    assert REGISTRY.get_sample_value("renkei_mails_waiting") == 0


async def test_what_is_refused_for_good_is_recorded_without_the_address(
    store: EventStore,
    writing: Commands,
    pool: asyncpg.Pool,
    postbox: Postbox,
    caplog: pytest.LogCaptureFixture,
) -> None:
    postbox.answers["a"] = "550 5.1.1 <a@example.jp>: no such user"
    await writing.handle_many([shelve("a", "letter"), shelve("b", "letter")])
    async with postbox.open(), running(mailer(store, postbox)):
        assert await until(lambda: _empty(pool))
    assert await things(store, "a") == ["letter", "550 5.1.1"]
    assert await things(store, "b") == ["letter", "sent"]
    assert "a@example.jp" not in caplog.text


@pytest.mark.parametrize("where", ["recipient", "content"])
async def test_what_is_not_taken_now_is_tried_again_and_holds_up_nobody(
    store: EventStore, writing: Commands, pool: asyncpg.Pool, postbox: Postbox, where: str
) -> None:
    await writing.handle_many([shelve("a", "letter")])
    if where == "recipient":
        postbox.answers["a"] = "450 4.2.1 later"
    else:
        postbox.to_content = ["451 4.3.0 later"]
    async with postbox.open(), running(mailer(store, postbox)):
        assert await until(lambda: _attempts(pool, "shelf/a#letter"))
        await writing.handle_many([shelve("b", "letter")])
        assert await until(lambda: len(postbox.messages) == 1)
        postbox.answers.clear()
        assert await until(lambda: _empty(pool))
    assert [m["To"] for m in postbox.messages] == ["b@example.jp", "a@example.jp"]
    assert await things(store, "a") == ["letter", "sent"]


async def test_a_mail_that_cannot_be_written_waits_and_the_others_go(
    store: EventStore,
    writing: Commands,
    pool: asyncpg.Pool,
    postbox: Postbox,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await writing.handle_many([shelve("unwritten", "letter")])
    async with postbox.open(), running(mailer(store, postbox)):
        assert await until(lambda: _attempts(pool, "shelf/unwritten#letter"))
        await writing.handle_many([shelve("b", "letter")])
        assert await until(lambda: len(postbox.messages) == 1)
        assert await until(lambda: _waits_alone(pool, "shelf/unwritten#letter"))
    assert "cannot be written and waits: KeyError" in caplog.text


async def test_a_mail_whose_stream_knows_already_is_not_sent_for_ever(
    store: EventStore, writing: Commands, pool: asyncpg.Pool, postbox: Postbox
) -> None:
    await writing.handle_many([shelve("a", "letter"), shelve("a", "sent")])
    stale = {"stream": "shelf/a", "version": 1}
    await pool.execute("insert into mails (key, doc) values ('shelf/a#letter', $1)", stale)
    async with postbox.open(), running(mailer(store, postbox)):
        assert await until(lambda: _empty(pool))
    assert len(postbox.messages) == 1


async def test_who_lost_the_lead_leaves_it_to_another(
    store: EventStore, writing: Commands, pool: asyncpg.Pool, postbox: Postbox
) -> None:
    async with postbox.open(), running(mailer(store, postbox), mailer(store, postbox)):
        assert await until(lambda: _leader(pool))
        before = await _leader(pool)
        await pool.execute("select pg_terminate_backend($1)", before)
        assert await until(lambda: _another_leader(pool, before))
        await writing.handle_many([shelve("a", "letter")])
        assert await until(lambda: _empty(pool))
    assert len(postbox.messages) == 1


async def test_a_mailer_ends_when_asked_even_where_the_client_swallows_it(
    store: EventStore, writing: Commands, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaving = asyncio.Event()

    async def quit_that_swallows(server: SMTP) -> None:
        leaving.set()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.Event().wait()

    monkeypatch.setattr(SMTP, "quit", quit_that_swallows)
    await writing.handle_many([shelve("a", "letter")])
    async with postbox.open():
        task = asyncio.create_task(mailer(store, postbox).run())
        await leaving.wait()
        task.cancel()
        done, _ = await asyncio.wait([task], timeout=5)
        task.cancel()
    assert done == {task}


async def _empty(pool: asyncpg.Pool) -> bool:
    return not await waiting(pool)


async def _attempts(pool: asyncpg.Pool, key: str) -> int:
    return await pool.fetchval("select attempts from mails where key = $1", key) or 0


async def _leader(pool: asyncpg.Pool) -> int | None:
    found: int | None = await pool.fetchval(
        "select pid from pg_locks where locktype = 'advisory' and granted"
        " and database = (select oid from pg_database where datname = current_database())"
    )
    return found


async def _another_leader(pool: asyncpg.Pool, before: int | None) -> bool:
    return (await _leader(pool)) not in (None, before)
