"""Faults of a running log: two writers, crashes at every step, full disks, damaged tiles, wrong clocks and keys."""

import asyncio
import hashlib
import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import orjson
import pytest

from contracts.agreements import GoalsProposed
from services.audit import publishing
from services.audit.log import AnotherWriter, Log
from services.audit.standing import Behind, Unsigned, Witness
from services.audit.tlog.notes import Signer
from services.audit.verifier.notes import checkpoint, key, signed_by
from services.audit.verifier.verdict import Refusal
from tests.audit.attacks.town import START, Town, fact, facts, off_loop, town, witness
from tests.engines import Engines


@pytest.fixture
async def city(engines: Engines, tmp_path: Path) -> AsyncIterator[Town]:
    async with town(engines, tmp_path) as made:
        yield made


async def without_a_lock(self: Log, connection: asyncpg.Connection) -> None:
    """As if both had it."""


async def test_of_two_writers_that_go_on_from_one_head_one_loses_lock_or_no_lock(
    city: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Log, "_become_writer", without_a_lock)
    one, publisher = await city.service()
    other, _ = await city.service()
    await one(facts(1))
    await other(facts(1))  # nothing new: it has met the same head
    await one([fact("b", 1)])
    with pytest.raises(AnotherWriter):
        await other([fact("c", 1)])
    pool = await city.pool()
    assert await pool.fetchval("select array_agg(id order by idx) from entries") == ["a-1", "b-1"]
    await other([fact("c", 1)])  # it has stepped down and looked again
    assert await publisher.publish() == 3
    assert (await off_loop(city.audited)).checkpoint.size == 3


async def test_a_batch_that_was_not_committed_leaves_nothing(
    city: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, publisher = await city.service()
    await log(facts(3))

    def fails(*_: object) -> bytes:
        raise OSError("the process ends here")

    with monkeypatch.context() as crash:
        crash.setattr(Signer, "sign", fails)
        with pytest.raises(OSError, match="ends here"):
            await log([fact("b", 1)])
    await log([fact("b", 1)])
    assert await publisher.publish() == 4
    assert (await off_loop(city.audited)).cases == 2


@pytest.mark.parametrize("step", range(12))
async def test_a_crash_at_any_write_is_healed_by_the_next_start(
    city: Town, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """The files are written one by one; it ends before the n-th of them. Readers see a whole log all the while."""
    log, publisher = await city.service()
    await log(facts(250))
    await publisher.publish()
    await log(facts(300, first=251))
    left = iter(range(step))
    write = publishing._write

    def until_it_ends(file: Path, data: bytes) -> None:
        if next(left, None) is None:
            raise OSError("No space left on device")
        write(file, data)

    with monkeypatch.context() as crash:
        crash.setattr(publishing, "_write", until_it_ends)
        try:
            await publisher.publish()
        except OSError:
            assert (await off_loop(city.audited)).checkpoint.size == 250
    _, again = await city.service()
    assert await again.publish() == 550
    assert (await off_loop(city.audited)).checkpoint.size == 550


async def test_what_is_published_is_made_again_from_the_database_byte_for_byte(city: Town) -> None:
    log, publisher = await city.service()
    for first in range(1, 700, 100):
        await log(facts(100, first=first))
    await publisher.publish()
    before = files(city.folder)
    city.forget_what_is_published()
    _, again = await city.service()
    assert await again.publish() == 700
    after = files(city.folder)
    assert {n: d for n, d in after.items() if n != "checkpoint"} == {
        n: d for n, d in before.items() if n != "checkpoint"
    }
    assert (await off_loop(city.audited)).checkpoint.size == 700


async def test_every_published_file_truncated_or_flipped_is_named(city: Town) -> None:
    log, publisher = await city.service()
    await log(facts(600))
    await publisher.publish()
    for name, data in files(city.folder).items():
        for damaged in (data[:-1], bytes([data[0] ^ 1]) + data[1:], data[:-1] + bytes([data[-1] ^ 1]), b""):
            (city.folder / name).write_bytes(damaged)
            with pytest.raises(Refusal):
                await off_loop(lambda: city.audited(with_rows=False))
        (city.folder / name).write_bytes(data)
    assert (await off_loop(city.audited)).checkpoint.size == 600


async def test_a_missing_tile_is_written_again_at_the_next_start(city: Town) -> None:
    log, publisher = await city.service()
    await log(facts(600))
    await publisher.publish()
    for name in [name for name in files(city.folder) if name.startswith("tile/")]:
        (city.folder / name).unlink()
        _, again = await city.service()
        await again.publish()
        assert (await off_loop(city.audited)).checkpoint.size == 600


@pytest.mark.parametrize("damaged", [b"", b"x\n", b"x\nmany\n", b"\xff\n3\n"])
async def test_a_damaged_checkpoint_is_named_and_written_again_once_it_is_moved_away(
    city: Town, damaged: bytes
) -> None:
    log, publisher = await city.service()
    await log(facts(5))
    await publisher.publish()
    (city.folder / "checkpoint").write_bytes(damaged)
    log, again = await city.service()
    await again.publish()
    with pytest.raises(Behind, match="is damaged"):
        await log(facts(1, first=6))
    assert city.head() == damaged, "it may be the evidence"
    (city.folder / "checkpoint").unlink()
    _, started_anew = await city.service()
    assert await started_anew.publish() == 5
    assert (await off_loop(city.audited)).checkpoint.size == 5


async def test_a_witness_that_is_away_delays_nothing_for_long_and_signs_once_it_is_back(
    city: Town, tmp_path: Path
) -> None:
    away, city.witness_url = city.witness_url, "http://127.0.0.1:9"
    log, publisher = await city.service()
    await log(facts(5))
    assert await publisher.publish() == 5
    with pytest.raises(Refusal, match=r"policy\.witnesses"):
        await off_loop(city.audited)
    publisher._standing.witnesses[0].url = away
    assert await publisher.publish() == 5
    assert list((await off_loop(city.audited)).witnessed) == ["court"]


async def test_a_witness_that_never_answers_is_not_waited_for(city: Town) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        asked = Witness(city.court.key, f"http://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(Unsigned, match="does not answer"):
            async with asyncio.timeout(10):
                await asked.cosign(0, (), "a checkpoint\n\nits signature\n")


async def test_a_witness_that_was_started_again_is_asked_over_a_new_connection(
    city: Town, tmp_path: Path
) -> None:
    the_same = (city, tmp_path / "w", lambda: city.now.timestamp())
    async with witness(*the_same) as city.witness_url:
        log, publisher = await city.service()
        await log(facts(3))
        assert await publisher.publish() == 3
    async with witness(*the_same, port=urlsplit(city.witness_url).port or 0):
        await log(facts(1, first=4))
        assert await publisher.publish() == 4
    assert list((await off_loop(city.audited)).witnessed) == ["court"]


@pytest.mark.parametrize("hours", [-1, 1])
async def test_the_clock_of_the_witness_alone_goes_wrong_and_the_log_is_cosigned_all_the_same(
    city: Town, tmp_path: Path, hours: int
) -> None:
    off, wrong = timedelta(0), timedelta(hours=hours)
    async with witness(city, tmp_path / "w", lambda: (START + off).timestamp()) as city.witness_url:
        log, publisher = await city.service()
        await log(facts(3))
        await publisher.publish()
        off = wrong
        await log(facts(3, first=4))
        assert await publisher.publish() == 6
    found = await off_loop(city.audited)
    assert (found.checkpoint.size, found.witnessed) == (6, {"court": int((START + wrong).timestamp())})


@pytest.mark.parametrize("hours", [-1, 1])
async def test_clocks_that_go_wrong_by_an_hour_change_no_order(city: Town, hours: int) -> None:
    log, publisher = await city.service()
    await log(facts(3))
    await publisher.publish()
    city.now += timedelta(hours=hours)
    await log(facts(3, first=4))
    assert await publisher.publish() == 6
    found = await off_loop(city.audited)
    assert found.checkpoint.size == 6


async def test_another_body_under_a_known_id_is_kept_beside_it_once(city: Town) -> None:
    log, publisher = await city.service()
    await log([fact("a", 1), fact("a", 1, offset=9, body=b'{"reason":"other"}')])
    await log([fact("a", 1, offset=10, body=b'{"reason":"other"}'), fact("a", 1, offset=11), fact("a", 2)])
    assert await publisher.publish() == 3
    found = await off_loop(city.audited)
    assert (found.checkpoint.size, found.conflicts, found.streams) == (3, (1,), 1)


async def test_a_dropped_event_shows_as_soon_as_the_next_of_its_stream_comes(city: Town) -> None:
    log, publisher = await city.service()
    await log([fact("a", 1), fact("a", 3)])
    await publisher.publish()
    with pytest.raises(Refusal) as refused:
        await off_loop(city.audited)
    assert refused.value.check == "stream.complete"


async def test_a_stale_checkpoint_shows_to_whoever_knows_a_later_one(city: Town) -> None:
    log, publisher = await city.service()
    await log(facts(5))
    await publisher.publish()
    stale = city.head()
    await log(facts(5, first=6))
    await publisher.publish()
    later = city.head()
    (city.folder / "checkpoint").write_bytes(stale)
    with pytest.raises(Refusal) as refused:
        await off_loop(lambda: city.audited(later, with_rows=False))
    assert refused.value.check == "known.size"
    _, again = await city.service()
    await again.publish()
    assert (await off_loop(lambda: city.audited(later))).extends == 10


async def test_two_readers_who_are_shown_two_histories_have_the_evidence(
    city: Town, engines: Engines, tmp_path: Path
) -> None:
    """The log signs two logs of one origin; only one can have the witness, and both checkpoints convict it."""
    log, publisher = await city.service()
    await log(facts(5))
    await publisher.publish()
    async with town(engines, tmp_path / "behind the curtain") as other:
        other.signer, other.court = city.signer, city.court
        forked, alone = await other.service(witnessed=False)
        await forked([fact("a", n, body=b'{"reason":"shown to you"}') for n in range(1, 7)])
        await alone.publish()
        with pytest.raises(Refusal, match=r"policy\.witnesses"):
            await off_loop(other.audited)
        second_history, other.witness_url = other.head(), city.witness_url
        _, asking = await other.service()
        await asking.publish()
        assert other.head() == second_history, "the witness of the first history does not sign the second"
    for head, by in ((city.head(), city), (second_history, other)):
        assert signed_by(checkpoint(head).note, key(by.signer.key.vkey)), "the log itself has signed both"


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


async def test_a_salt_opens_its_commitment_and_can_be_erased_with_its_field(city: Town) -> None:
    body = orjson.dumps(
        {"number": 1, "goals": "塔", "benefit_city": "a", "benefit_partner": "b", "by": "city"}
    )
    log, publisher = await city.service()
    await log([fact("a", 1, body=body, type_=GoalsProposed.type)])
    pool = await city.pool()
    salt = await pool.fetchval("select salt from salts where idx = 0 and field = 'goals'")
    said = orjson.loads(await pool.fetchval("select entry from leaves where idx = 0"))
    assert said["commitments"]["goals"] == hashlib.sha256(salt + '"塔"'.encode()).hexdigest()
    await pool.execute("delete from salts where idx = 0")
    await publisher.publish()
    assert (await off_loop(city.audited)).checkpoint.size == 1
