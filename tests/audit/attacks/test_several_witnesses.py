"""Several witnesses that come and go: what one has signed stays below the checkpoint that it signed."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from services.audit.publishing import Publisher
from services.audit.standing import Standing, Unsigned, Witness
from services.audit.tlog.notes import WITNESS, Key, Signer
from services.audit.verifier.log import verify
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Folder
from tests.audit.attacks.town import Town, facts, town
from tests.engines import Engines

COURT, PRESS = Signer("court.example", WITNESS, b"\1" * 32), Signer("press.example", WITNESS, b"\2" * 32)


@dataclass
class Signing(Witness):
    """Signs whatever it is asked to, while it is there."""

    signer: Signer = COURT
    away: bool = False
    asked: int = 0

    async def cosign(self, old: int, proof: Sequence[bytes], signed: str) -> str:
        self.asked += 1
        if self.away:
            raise Unsigned("away")
        return self.signer.cosign(signed.partition("\n\n")[0] + "\n", self.asked)


def signing(signer: Signer) -> Signing:
    return Signing(Key.read(signer.key.vkey), "", signer=signer)


@pytest.fixture
async def city(engines: Engines, tmp_path: Path) -> AsyncIterator[Town]:
    async with town(engines, tmp_path) as made:
        yield made


async def test_what_each_signs_while_the_other_is_away_makes_the_quorum_of_both(city: Town) -> None:
    log, _ = await city.service(witnessed=False)
    court, press = signing(COURT), signing(PRESS)
    publisher = Publisher(await city.pool(), city.folder, Standing([court, press]))
    await log(facts(3))
    for court.away, press.away in ((False, True), (True, False), (True, True)):
        assert await publisher.publish() == 3
    trust = policy(
        f"log {city.signer.key.vkey}\nwitness c {COURT.key.vkey}\nwitness p {PRESS.key.vkey}\n"
        "group both all c p\nquorum both\n".encode()
    )
    assert [*verify(Folder(city.folder), trust).witnessed] == ["c", "p"]
    head = city.head()
    again = Publisher(await city.pool(), city.folder, Standing([court, press]))
    assert await again.publish() == 3
    assert city.head() == head, "nor does a start lose what was signed before"
    await log(facts(1, first=4))
    court.away = press.away = False
    assert await again.publish() == 4
    assert [*verify(Folder(city.folder), trust).witnessed] == ["c", "p"]


async def test_who_has_signed_is_not_asked_again_while_another_is_away(city: Town) -> None:
    log, _ = await city.service(witnessed=False)
    court, press = signing(COURT), signing(PRESS)
    press.away = True
    publisher = Publisher(await city.pool(), city.folder, Standing([court, press]))
    await log(facts(3))
    await publisher.publish()
    head = city.head()
    await publisher.publish()
    assert (court.asked, press.asked, city.head() == head) == (1, 2, True)
