"""What an operator types, against the running stack: dead letters seen and taken again, a read model made anew."""

import asyncio
import json
import sys
import uuid
from datetime import UTC, datetime
from random import Random

import aiohttp
from aiokafka import AIOKafkaProducer

from contracts.cloudevents import Envelope, headers
from deploy.load import steps
from deploy.local.settings import ROOT
from tests.stack import RunningStack, finished
from tests.waiting import until


async def renkei(stack: RunningStack, *words: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.cli", *words),
        env=stack.environment,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    return await finished(process, 60)


async def unknown_fact(stack: RunningStack) -> str:
    """A fact of a type that nobody knows, as a newer publisher would send it; returns its case."""
    case = str(uuid.uuid4())
    envelope = Envelope(
        id=str(uuid.uuid4()), type="renkei.intake.NobodyKnows.v1", source="/intake", subject=f"proposal/{case}",
        version=1, time=datetime(2024, 8, 1, tzinfo=UTC), case=case, actor="window:W-01", municipality="112089",
        cause=None, traceparent=None, body=b'{"idea": "not to be shown"}',
    )  # fmt: skip
    producer = AIOKafkaProducer(bootstrap_servers=stack.settings.bootstrap)
    await producer.start()
    try:
        await producer.send_and_wait(
            "renkei.intake", envelope.body, key=case.encode(), headers=headers(envelope)
        )
    finally:
        await producer.stop()
    return case


async def test_a_dead_letter_is_listed_shown_and_taken_again(stack: RunningStack) -> None:
    case = await unknown_fact(stack)
    found: list[dict[str, object]] = []

    async def listed() -> bool:
        code, words = await renkei(stack, "deadletters", "list", "--json")
        assert code == 0, words
        found[:] = [x for x in json.loads(words) if x["service"] == "screening" and x["key"] == case]
        return bool(found)

    assert await until(listed, 60)
    [letter] = found
    assert (letter["reason"], letter["blocks"]) == ("UnknownType", False)
    place = f"{letter['topic']}/{letter['partition']}/{letter['offset']}"

    code, words = await renkei(stack, "deadletters", "list")
    assert code == 0
    assert "UnknownType" in words

    code, words = await renkei(stack, "deadletters", "show", "screening", place)
    assert code == 0
    assert "NobodyKnows" in words
    assert "not to be shown" not in words

    code, words = await renkei(stack, "deadletters", "replay", "screening", place)
    assert code == 1
    assert "It still fails (UnknownType" in words
    assert "Traceback" not in words


async def test_a_place_that_holds_no_letter_is_said_to_hold_none(stack: RunningStack) -> None:
    code, words = await renkei(stack, "deadletters", "replay", "screening", "renkei.intake/0/999999999")
    assert code == 1
    assert "`renkei deadletters list` shows all" in " ".join(words.split())
    code, words = await renkei(stack, "deadletters", "show", "screening", "here")
    assert code == 1
    assert "is no place of a dead letter" in " ".join(words.split())


async def submitted(stack: RunningStack) -> None:
    step, case = steps.submit(Random(1)), uuid.uuid4()
    free = {**step.body, "kind": "free_proposal", "theme": None, "theme_section": None}
    async with (
        aiohttp.ClientSession(headers={"Renkei-Actor": step.actor}) as session,
        session.post(f"{stack.address}/intake/proposal/{case}/submit-proposal", json=free) as answer,
    ):
        assert answer.status == 200, await answer.text()


async def test_a_read_model_is_made_anew_from_the_facts(stack: RunningStack) -> None:
    await submitted(stack)
    async with stack.database("intake") as intake:
        before = await intake.fetch("select key, doc from cases order by key")
        assert before
        await intake.execute("update cases set doc = '{}'")
        code, words = await renkei(stack, "rebuild", "intake", "cases")
        assert code == 0, words
        assert "facts replayed" in words
        assert await intake.fetch("select key, doc from cases order by key") == before

    code, words = await renkei(stack, "rebuild", "intake", "nothing")
    assert code == 1
    assert "take one of" in words
