"""A database that was set back gets its entries again, byte for byte, or is told why it cannot."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest
from aiokafka import ConsumerRecord

from chassis.inbox import Received
from services.audit.log import AnotherWriter
from services.audit.recovery import NotRecoverable, Records, recover
from services.audit.standing import Behind
from services.audit.tlog.entries import Found
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Folder
from services.audit.verifier.verdict import Refusal
from tests.audit.attacks.town import Town, fact, facts, off_loop, town
from tests.engines import Engines


@pytest.fixture
async def city(engines: Engines, tmp_path: Path) -> AsyncIterator[Town]:
    async with town(engines, tmp_path) as made:
        yield made


class Broker:
    """What Kafka still holds."""

    def __init__(self, *batches: Sequence[Received]) -> None:
        self.held: dict[Found, ConsumerRecord[bytes, bytes]] = {
            Found(r.record.topic, r.record.partition, r.record.offset): r.record for b in batches for r in b
        }

    async def fetch(self, places: Sequence[Found]) -> Records:
        return {place: self.held[place] for place in places if place in self.held}


BEFORE = [fact("a", n, offset=n) for n in range(1, 301)]
LATER = [
    *(fact("b", n, offset=300 + n, body=b'{"n":%d}' % n) for n in range(1, 1201)),
    fact("b", 7, offset=9_000, body=b'{"reason":"another body"}'),
]


async def set_back(city: Town) -> str:
    """The address of a backup that lacks what came later, and was published and witnessed."""
    log, publisher = await city.service()
    await log(BEFORE)
    await publisher.publish()
    backup = await city.copied()
    log, publisher = await city.service()
    await log(LATER)
    assert await publisher.publish() == 1501
    await city.stop()
    return backup


async def recovered(city: Town, dsn: str, broker: Broker) -> tuple[int, int]:
    connection = await asyncpg.connect(dsn)
    try:
        trust = policy(city.policy.encode())
        return await recover(connection, Folder(city.folder), trust, broker.fetch, city.signer)
    finally:
        await connection.close()


async def test_what_a_backup_lacks_comes_back_byte_for_byte_and_the_log_goes_on(city: Town) -> None:
    backup = await set_back(city)
    log, _ = await city.service(backup)
    with pytest.raises(Behind):
        await log([fact("c", 1)])
    assert await recovered(city, backup, Broker(BEFORE, LATER)) == (300, 1501)
    whole, again = await asyncpg.connect(city.dsn), await asyncpg.connect(backup)
    same = "select idx, entry, leaf, conflict from leaves order by idx"
    assert await whole.fetch(same) == await again.fetch(same)
    same = "select * from entries order by idx"
    assert await whole.fetch(same) == await again.fetch(same)
    assert await whole.fetch("select * from nodes") == await again.fetch("select * from nodes")
    await whole.close()
    await again.close()
    city.dsn = backup
    log, publisher = await city.service()
    await log([*LATER[-50:], fact("b", 1201), fact("c", 1)])
    assert await publisher.publish() == 1503
    found = await off_loop(city.audited)
    assert (found.checkpoint.size, list(found.witnessed), found.conflicts) == (1503, ["court"], (1500,))


async def test_recovering_twice_changes_nothing(city: Town) -> None:
    backup = await set_back(city)
    await recovered(city, backup, Broker(LATER))
    assert await recovered(city, backup, Broker()) == (1501, 1501)


async def test_a_fact_that_kafka_no_longer_holds_is_named_and_what_was_whole_stays(city: Town) -> None:
    backup = await set_back(city)
    with pytest.raises(NotRecoverable, match=r"Entry 1500: .* \(renkei.screening/0/9000\)"):
        await recovered(city, backup, Broker(LATER[:-1]))
    assert await recovered(city, backup, Broker(LATER)) == (1300, 1501)


async def test_a_fact_that_kafka_holds_otherwise_is_refused(city: Town) -> None:
    backup = await set_back(city)
    another_body = fact("b", 5, offset=305, body=b'{"n":6}')
    another_id = fact("b", 5, offset=305, body=b'{"n":5}', id_="b-6")
    no_fact = replace(another_id, record=replace(another_id.record, value=None))
    for forged in (another_body, another_id, no_fact):
        with pytest.raises(NotRecoverable, match=r"Entry 304: .* is not the fact that was logged"):
            await recovered(city, backup, Broker(LATER, [forged]))


async def test_a_database_that_was_changed_is_not_continued(city: Town) -> None:
    await set_back(city)
    async with town(city.engines, city.folder / "other") as other:
        other.signer = city.signer
        log, _ = await other.service(witnessed=False)
        await log(facts(10, case="z"))
        await other.stop()
        with pytest.raises(NotRecoverable, match="changed, not"):
            await recovered(city, other.dsn, Broker(LATER))


async def test_nothing_is_taken_from_a_log_that_its_auditors_would_refuse(city: Town) -> None:
    backup = await set_back(city)
    tile = city.folder / "tile/entries/002"
    tile.write_bytes(tile.read_bytes().replace(b"b-300", b"b-301", 1))
    with pytest.raises(Refusal, match=r"tile\.leaf"):
        await recovered(city, backup, Broker(LATER))


async def test_while_a_writer_lives_nothing_is_recovered(city: Town) -> None:
    backup = await set_back(city)
    log, _ = await city.service(backup, witnessed=False)
    await log(facts(1, case="z"))
    with pytest.raises(AnotherWriter):
        await recovered(city, backup, Broker(LATER))
