"""Attacks on a running log – real database, real witness – each of which an auditor sees, or the log itself."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.audit.growth import NotTheTree
from services.audit.standing import Behind
from services.audit.verifier.log import Verified, verify
from services.audit.verifier.notes import checkpoint
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Folder
from services.audit.verifier.verdict import Refusal
from tests.audit.attacks.town import Town, fact, facts, off_loop, town
from tests.engines import Engines


@pytest.fixture
async def city(engines: Engines, tmp_path: Path) -> AsyncIterator[Town]:
    async with town(engines, tmp_path) as made:
        yield made


async def running(city: Town, count: int = 300) -> None:
    log, publisher = await city.service()
    await log(facts(count))
    assert await publisher.publish() == count


async def seen_by_auditor(city: Town, known: bytes | None = None) -> str:
    with pytest.raises(Refusal) as refused:
        await off_loop(lambda: city.audited(known))
    return refused.value.check


async def test_a_log_that_nobody_touched_is_verified_with_its_witness(city: Town) -> None:
    await running(city)
    found = await off_loop(city.audited)
    assert (found.checkpoint.size, found.cases, list(found.witnessed)) == (300, 1, ["court"])


@pytest.mark.parametrize(
    ("attack", "check"),
    [
        ("update entries set value = '{\"reason\":\"other\"}' where idx = 77", "entry.bytes"),
        ("delete from entries where idx = 77", "entry.bytes"),
        ("delete from entries where idx >= 290", "entry.bytes"),
        ("update entries set idx = -1 where idx = 7; update entries set idx = 7 where idx = 8; "
         "update entries set idx = 8 where idx = -1", None),
    ],
)  # fmt: skip
async def test_rows_that_a_superuser_edits_deletes_or_swaps_are_found(
    city: Town, attack: str, check: str | None
) -> None:
    log, publisher = await city.service()
    await log([fact("a", n, body=b'{"n":%d}' % n) for n in range(1, 301)])
    await publisher.publish()
    async with city.administrator() as superuser:
        for statement in attack.split("; "):
            await superuser.execute(statement)
    assert await seen_by_auditor(city) == (check or "entry.bytes")


async def test_a_leaf_that_a_superuser_changed_stops_the_writer(city: Town) -> None:
    await running(city)
    await city.stop()
    async with city.administrator() as superuser:
        await superuser.execute("update leaves set leaf = sha256('x') where idx = 280")
    log, _ = await city.service()
    with pytest.raises(NotTheTree):
        await log(facts(1, first=301))


async def test_an_old_backup_signs_nothing(city: Town) -> None:
    await running(city, 100)
    backup = await city.copied()
    log, publisher = await city.service()
    await log(facts(50, first=101))
    await publisher.publish()
    head = city.head()
    await city.stop()
    restored, publishing = await city.service(backup)
    with pytest.raises(Behind, match="renkei audit recover"):
        await restored(facts(1, case="b"))
    pool = await city.pool(backup)
    assert await pool.fetchval("select count(*) from checkpoints") == 1
    await publishing.publish()
    assert city.head() == head


@pytest.mark.parametrize("size", [300, 301, 800])
async def test_whoever_rewrites_all_and_signs_with_the_stolen_key_gets_no_cosignature(
    city: Town, size: int
) -> None:
    await running(city)
    yesterday = city.head()
    await rewritten(city, size)
    _, publisher = await city.service()
    city_files = {file: file.read_bytes() for file in city.folder.rglob("*") if file.is_file()}
    await publisher.publish()
    assert city.head() == yesterday, "what was witnessed is not replaced by what the witness refused"
    assert {file: file.read_bytes() for file in city.folder.rglob("*") if file.is_file()} == city_files
    log, _ = await city.service()
    if size == 300:
        with pytest.raises(Behind, match="are not these"):
            await log(facts(1, case="b"))


async def test_who_rewrote_less_than_was_witnessed_can_not_even_go_on(city: Town) -> None:
    await running(city)
    await rewritten(city, 299)
    log, _ = await city.service()
    with pytest.raises(Behind, match="there are 299"):
        await log(facts(1, case="b"))


async def test_what_is_published_is_not_replaced_where_nobody_watches(city: Town) -> None:
    await running(city)
    yesterday = city.head()
    await rewritten(city, 310)
    _, publisher = await city.service(witnessed=False)
    await publisher.publish()
    assert city.head() == yesterday


async def test_without_the_witness_the_rewritten_log_is_what_yesterdays_checkpoint_convicts(
    city: Town,
) -> None:
    await running(city)
    yesterday = city.head()
    await rewritten(city, 310)
    city.forget_what_is_published()
    _, publisher = await city.service(witnessed=False)
    await publisher.publish()
    assert await seen_by_auditor(city) == "policy.witnesses"
    trust = city.policy.replace("quorum court", "quorum none")
    with pytest.raises(Refusal) as refused:
        await off_loop(lambda: audited_by(city, trust, yesterday))
    assert refused.value.check == "known.root"


async def rewritten(city: Town, size: int) -> None:
    """As if it had never been: the attacker begins anew, past every trigger, with the key of the log, asking nobody."""
    await city.stop()
    async with city.administrator() as superuser:
        await superuser.execute("truncate entries, leaves, nodes, checkpoints")
    forger, _ = await city.service(witnessed=False)
    await forger([fact("a", n, body=b'{"reason":"forged"}') for n in range(1, size + 1)])
    await city.stop()


def audited_by(city: Town, trust: str, known: bytes) -> Verified:
    return verify(Folder(city.folder), policy(trust.encode()), checkpoint(known))
