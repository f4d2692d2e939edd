"""Keys of a running log and of its witness: wrong ones, rotated ones, and two that share name and id."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.audit.tlog.notes import LOG, WITNESS, KeyType, Signer, split
from services.audit.verifier.notes import checkpoint
from services.audit.verifier.policy import accept, policy
from services.audit.verifier.verdict import Refusal
from tests.audit.attacks.town import Town, facts, off_loop, town, witness
from tests.engines import Engines

# Seeds of keys that share the four bytes of their id, found among some 100,000: for the name, the type, and the id.
COLLIDING = [
    ("ppp.example/audit", LOG, (181, 89_809), "c7726d1b"),
    ("witness.example/court", WITNESS, (44_783, 118_002), "36d2c386"),
]


@pytest.fixture
async def city(engines: Engines, tmp_path: Path) -> AsyncIterator[Town]:
    async with town(engines, tmp_path) as made:
        yield made


async def test_a_log_signed_with_another_key_is_refused_by_witness_and_auditor(city: Town) -> None:
    log, publisher = await city.service(signer=Signer.new(city.signer.name, LOG))
    await log(facts(3))
    await publisher.publish()
    with pytest.raises(Refusal) as refused:
        await off_loop(city.audited)
    assert refused.value.check == "policy.log"


async def test_the_key_is_rotated_and_both_times_are_verified(city: Town, tmp_path: Path) -> None:
    """The new key stands beside the old one in the policies of witness and auditors; then the log signs with it."""
    log, publisher = await city.service()
    await log(facts(3))
    await publisher.publish()
    yesterday = city.head()
    await city.stop()
    old, city.signer = city.signer, Signer.new(city.signer.name, LOG)
    both = [old.key.vkey, city.signer.key.vkey]
    async with witness(city, tmp_path / "witness", lambda: city.now.timestamp(), both) as city.witness_url:
        log, publisher = await city.service()
        await log(facts(3, first=4))
        assert await publisher.publish() == 6
        found = await off_loop(lambda: city.audited(yesterday))
        assert (found.checkpoint.size, found.extends, list(found.witnessed)) == (6, 3, ["court"])


async def test_a_witness_rotates_its_key_and_goes_on_from_what_it_has_seen(
    city: Town, tmp_path: Path
) -> None:
    """Auditors trust either of its keys while both are about; the store is the same, so that it forgets nothing."""
    log, publisher = await city.service()
    await log(facts(3))
    await publisher.publish()
    yesterday = city.head()
    await city.stop()
    old, city.court = city.court, Signer.new(city.court.name, WITNESS)
    either = policy(
        f"log {city.signer.key.vkey}\nwitness old {old.key.vkey}\nwitness new {city.court.key.vkey}\n"
        "group either any old new\nquorum either\n".encode()
    )
    async with witness(city, tmp_path / "witness", lambda: city.now.timestamp()) as city.witness_url:
        log, publisher = await city.service()
        await log(facts(3, first=4))
        assert await publisher.publish() == 6
    accept(checkpoint(yesterday), either)
    accept(checkpoint(city.head()), either)
    assert list((await off_loop(lambda: city.audited(yesterday))).witnessed) == ["court"]
    with pytest.raises(
        Refusal
    ) as refused:  # what the old key signed is nothing to who trusts the new one alone
        accept(checkpoint(yesterday), policy(city.policy.encode()))
    assert refused.value.check == "policy.witnesses"


def twins(name: str, type_: KeyType, seeds: tuple[int, int]) -> list[Signer]:
    return [Signer(name, type_, seed.to_bytes(32, "big")) for seed in seeds]


@pytest.mark.parametrize(("name", "type_", "seeds", "id_"), COLLIDING)
def test_the_twins_share_name_and_id_and_are_two_keys(
    name: str, type_: KeyType, seeds: tuple[int, int], id_: str
) -> None:
    one, other = (each.key for each in twins(name, type_, seeds))
    assert (one.id.hex(), other.id.hex()) == (id_, id_)
    assert one.public != other.public


async def test_a_log_whose_key_has_the_id_of_the_known_one_is_refused_by_its_signature(
    city: Town, tmp_path: Path
) -> None:
    """By name and id it would be the log: witness and auditor look at the signature."""
    name, type_, seeds, _ = COLLIDING[0]
    city.signer, twin = twins(name, type_, seeds)
    async with witness(city, tmp_path / "w", lambda: city.now.timestamp()) as city.witness_url:
        log, publisher = await city.service(signer=twin)
        await log(facts(3))
        assert await publisher.publish() == 3
    _, lines = split(city.head().decode())
    assert [line.split()[1] for line in lines] == [name], "the witness did not cosign"
    with pytest.raises(Refusal) as refused:
        await off_loop(city.audited)
    assert refused.value.check == "note.forged"


async def test_a_witness_whose_key_has_the_id_of_the_known_one_is_refused_by_its_signature(
    city: Town, tmp_path: Path
) -> None:
    name, type_, seeds, _ = COLLIDING[1]
    known, city.court = twins(name, type_, seeds)
    async with witness(city, tmp_path / "w", lambda: city.now.timestamp()) as city.witness_url:
        log, publisher = await city.service()
        await log(facts(3))
        await publisher.publish()
    trust = f"log {city.signer.key.vkey}\nwitness court {known.key.vkey}\nquorum court\n"
    with pytest.raises(Refusal) as refused:
        accept(checkpoint(city.head()), policy(trust.encode()))
    assert refused.value.check == "note.forged"
