"""A witness over HTTP (C2SP tlog-witness): what it answers, and that it never signs two histories of one log."""

import asyncio
import base64
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from services.audit.tlog.notes import LOG, WITNESS, Signer, checkpoint, note, signature
from services.audit.tlog.tree import Edge, Range, consistency, leaf
from services.audit.verifier.notes import key
from services.audit.witness.__main__ import main
from services.audit.witness.server import application
from services.audit.witness.store import Store
from tests.audit.verifier.logs import root

CITY, STRANGER = Signer("city.example/audit", LOG, bytes(32)), Signer("city.example/audit", LOG, b"\1" * 32)
COURT = Signer("court.example", WITNESS, b"\2" * 32)
NOW = 1_700_000_000
LEAVES = [leaf(b"%d" % n) for n in range(40)]
OTHER = [leaf(b"another %d" % n) for n in range(40)]

Client = TestClient[web.Request, web.Application]


def serving(folder: Path) -> Client:
    logs = {CITY.name: [key(CITY.key.vkey)]}
    return TestClient(TestServer(application(COURT, logs, Store(folder), lambda: NOW + 0.7)))


@pytest.fixture
async def court(tmp_path: Path) -> AsyncIterator[Client]:
    async with serving(tmp_path) as client:
        yield client


def signed(size: int, leaves: list[bytes] = LEAVES, by: Signer = CITY, origin: str = CITY.name) -> str:
    edge = Edge()
    edge.add(leaves[:size])
    text = checkpoint(origin, size, edge.root())
    return note(text, by.sign(text))


def proof(old: int, new: int, leaves: list[bytes] = LEAVES) -> list[bytes]:
    def over(of: Range) -> bytes:
        return root(leaves[of.start : of.end])

    return [over(each) for each in consistency(old, new)]


def asked(old: int | str, hashes: list[bytes], of: str) -> bytes:
    return "\n".join([f"old {old}", *(base64.b64encode(h).decode() for h in hashes), "", of]).encode()


async def told(court: Client, body: bytes) -> tuple[int, str]:
    answer = await court.post("/add-checkpoint", data=body)
    return answer.status, await answer.text()


async def cosigned(court: Client, old: int, new: int) -> None:
    status, line = await told(court, asked(old, proof(old, new), signed(new)))
    assert status == 200, line
    raw = signature(line, COURT.key)
    text = signed(new).partition("\n\n")[0] + "\n"
    assert raw is not None
    assert int.from_bytes(raw[:8], "big") == NOW
    assert COURT.key.signed(text, raw)


async def test_what_extends_what_it_has_seen_is_cosigned_with_the_time(court: Client) -> None:
    for old, new in ((0, 0), (0, 7), (7, 7), (7, 8), (8, 40)):
        await cosigned(court, old, new)


async def test_who_is_wrong_about_what_it_has_seen_is_told_the_size(court: Client) -> None:
    await cosigned(court, 0, 7)
    answer = await court.post("/add-checkpoint", data=asked(3, proof(3, 9), signed(9)))
    assert (answer.status, answer.content_type, await answer.text()) == (409, "text/x.tlog.size", "7\n")
    assert (await told(court, asked(0, [], signed(5))))[0] == 409
    await cosigned(court, 7, 9)


async def test_another_log_of_the_same_size_is_refused(court: Client) -> None:
    await cosigned(court, 0, 7)
    assert (await told(court, asked(7, [], signed(7, OTHER)))) == (409, "7\n")
    await cosigned(court, 7, 7)


async def test_what_does_not_extend_what_it_has_seen_is_refused(court: Client) -> None:
    await cosigned(court, 0, 7)
    right = proof(7, 12)
    for wrong, of in (
        (proof(7, 12, OTHER), signed(12, OTHER)),
        (right, signed(12, OTHER)),
        (right[:-1], signed(12)),
        ([*right, right[0]], signed(12)),
        ([], signed(12)),
    ):
        assert (await told(court, asked(7, wrong, of)))[0] == 422
    await cosigned(court, 7, 12)


async def test_a_proof_where_nothing_is_to_be_proved_is_refused(court: Client) -> None:
    assert (await told(court, asked(0, [LEAVES[0]], signed(3))))[0] == 422


async def test_a_strangers_signature_and_a_strange_log_are_refused(court: Client) -> None:
    assert (await told(court, asked(0, [], signed(3, by=STRANGER))))[0] == 403
    damaged = signed(3).replace("\n3\n", "\n4\n")
    assert (await told(court, asked(0, [], damaged)))[0] == 403
    assert (await told(court, asked(0, [], signed(3, origin="elsewhere.example"))))[0] == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0\n",
        asked("-1", [], signed(3)),
        asked("08", [], signed(3)),
        asked("x", [], signed(3)),
        asked(4, [], signed(3)),
        asked(0, [b"short"], signed(3)),
        asked(0, [bytes(32)] * 64, signed(3)),
        asked(0, [], signed(3)).replace(b"old", b"new", 1),
        asked(0, [], signed(3)).replace(b"\n", b"\r\n"),
        asked(0, [], "\n" + signed(3)),
        asked(0, [], signed(3) + "\n"),
        asked(0, [], signed(3).replace("\n3\n", "\n03\n")),
        asked(0, [], signed(3) + signed(3).splitlines(keepends=True)[-1] * 16),
        asked(0, [], signed(3))[:-2],
        b"old 0\n\xff\xfe\n\n" + signed(3).encode(),
        "old ²\n\n".encode() + signed(3).encode(),
    ],
)
async def test_what_is_malformed_is_refused_and_remembered_as_nothing(court: Client, body: bytes) -> None:
    assert (await told(court, body))[0] == 400
    await cosigned(court, 0, 2)


async def test_a_request_of_any_size_is_cut_off(court: Client) -> None:
    assert (await told(court, b"old 0\n" + b"x" * 200_000))[0] in (400, 413)


async def test_after_a_restart_it_still_knows_what_it_has_seen(tmp_path: Path) -> None:
    async with serving(tmp_path) as before:
        await cosigned(before, 0, 7)
    async with serving(tmp_path) as after:
        assert await told(after, asked(0, [], signed(9, OTHER))) == (409, "7\n")
        await cosigned(after, 7, 9)


async def test_it_signs_nothing_that_it_could_not_keep(
    court: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    await cosigned(court, 0, 7)

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Store, "keep", full)
        status, body = await told(court, asked(7, proof(7, 9), signed(9)))
        assert (status, "court.example" in body) == (500, False)
    await cosigned(court, 7, 8)


async def test_of_two_histories_that_come_at_once_one_is_cosigned_also_by_two_processes_with_one_store(
    tmp_path: Path,
) -> None:
    async with serving(tmp_path) as one, serving(tmp_path) as two:
        histories = asked(0, [], signed(7)), asked(0, [], signed(9, OTHER))
        for _ in range(5):
            answers = await asyncio.gather(
                *(told(court, body) for court in (one, two) for body in histories * 3)
            )
            given = [status for status, _ in answers]
            assert given.count(200) == 1, given
            assert given.count(409) == len(given) - 1
            Store(tmp_path)._file(CITY.name).unlink()  # as if it had seen nothing


async def test_a_log_of_nothing_has_the_root_of_nothing(court: Client) -> None:
    text = checkpoint(CITY.name, 0, LEAVES[0])
    assert (await told(court, asked(0, [], note(text, CITY.sign(text)))))[0] == 422
    await cosigned(court, 0, 0)


@pytest.mark.parametrize(
    ("text", "policy", "why"),
    [
        (CITY.text, "", "holds the key of a log, not of a witness"),
        ("PRIVATE+KEY+nonsense", "", "no key to sign with"),
        (COURT.text, "quorum nobody\n", "the quorum 'nobody'"),
    ],
)
def test_a_witness_that_could_not_be_one_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, policy: str, why: str
) -> None:
    (tmp_path / "key").write_text(text)
    (tmp_path / "policy").write_text(policy or f"log {CITY.key.vkey}\nquorum none\n")
    words = ["127.0.0.1:1", *(str(tmp_path / name) for name in ("key", "store", "policy"))]
    monkeypatch.setattr(sys, "argv", ["witness", *words])
    monkeypatch.setattr(asyncio, "run", lambda serving: serving.close())
    with pytest.raises(SystemExit, match=why):
        main()


async def test_its_key_is_told_to_whoever_asks(court: Client) -> None:
    assert (await (await court.get("/witness.vkey")).text()).strip() == COURT.key.vkey
