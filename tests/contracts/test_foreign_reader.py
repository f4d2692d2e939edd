"""A reader that shares no code with us: the program in docs/subscriber.md, run as it stands there.

It consumes with librdkafka, parses with the CloudEvents SDK, validates with the schema found by type.
"""

import asyncio
import re
import shlex
import shutil
import sys
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event

from contracts.cloudevents import Envelope, headers, instant
from contracts.generate import FOLDER
from tests.contracts.samples import SCHEMAS, TYPES, golden
from tests.contracts.test_envelope import SENT
from tests.engines import Engines

GUIDE = FOLDER.parent / "docs" / "subscriber.md"
WITHIN = 60.0


def program(tmp_path: Path) -> Path:
    """The example of the guide, as a file that stands alone."""
    (source,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL)
    path = tmp_path / "subscribe.py"
    path.write_text(source, encoding="utf-8")
    return path


def published() -> list[Envelope]:
    """Every golden payload, spread over three cases, and one fact that a reader of today does not know."""
    known = [
        replace(
            SENT,
            id=f"id-{number}",
            type=type_,
            source=f"/{type_.split('.')[1]}",
            case=f"C{number % 3}",
            version=number // 3 + 1,
            body=golden(type_),
        )
        for number, type_ in enumerate(TYPES)
    ]
    unknown = replace(SENT, id="id-unknown", type="renkei.intake.FlownToTheMoon.v1", case="C0", body=b"{}")
    return [unknown, *known]


@asynccontextmanager
async def reading(path: Path, *arguments: str) -> AsyncIterator[asyncio.StreamReader]:
    """The program's output while it runs, isolated from this project (-I)."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(path), *arguments, cwd=path.parent, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    try:
        yield process.stdout
    finally:
        process.kill()
        await process.wait()


async def test_the_program_in_the_guide_reads_every_fact_in_the_order_of_its_case(
    engines: Engines, tmp_path: Path
) -> None:
    sent = published()
    await engines.topics("renkei.foreign", partitions=4)
    async with AIOKafkaProducer(
        bootstrap_servers=engines.bootstrap, acks="all", enable_idempotence=True
    ) as producer:
        for envelope in sent:
            await producer.send(
                "renkei.foreign", envelope.body, key=envelope.case.encode(), headers=headers(envelope)
            )

    arguments = (engines.bootstrap, str(SCHEMAS), "renkei.foreign")
    async with reading(program(tmp_path), *arguments) as output, asyncio.timeout(WITHIN):
        lines = [(await output.readline()).decode().split() for _ in TYPES]

    read, expected = defaultdict[str, list[list[str]]](list), defaultdict[str, list[list[str]]](list)
    for key, *rest in lines:
        read[key].append(rest)
    for envelope in sent:
        if envelope.type in TYPES:
            expected[envelope.case].append([str(envelope.version), envelope.type, envelope.id])
    assert read == expected


@pytest.mark.skipif(not shutil.which("kcat"), reason="kcat is not installed")
async def test_the_line_in_the_guide_shows_key_headers_and_body_of_every_fact(engines: Engines) -> None:
    (line,) = re.findall(r"^kcat .*$", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    sent = [replace(envelope, body=envelope.body.strip()) for envelope in published()]
    await engines.topics("renkei.looked-at", partitions=1)
    async with AIOKafkaProducer(bootstrap_servers=engines.bootstrap) as producer:
        for envelope in sent:
            await producer.send(
                "renkei.looked-at", envelope.body, key=envelope.case.encode(), headers=headers(envelope)
            )

    words = {"localhost:9092": engines.bootstrap, "renkei.screening": "renkei.looked-at"}
    command = [words.get(word, word) for word in shlex.split(line)]
    kcat = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    shown, _ = await asyncio.wait_for(kcat.communicate(), WITHIN)

    records = shown.decode().split("\n\n")[:-1]
    assert len(records) == len(sent)
    for envelope, (head, body) in zip(sent, (record.split("\n", 1) for record in records), strict=True):
        _, key, attributes = head.split(" ", 2)
        assert (key, body) == (envelope.case, envelope.body.decode())
        assert f"ce_id={envelope.id},ce_type={envelope.type}," in attributes


@pytest.mark.parametrize("type_", TYPES)
def test_the_sdk_sees_every_attribute_where_cloudevents_puts_it(type_: str) -> None:
    envelope = replace(SENT, type=type_, body=golden(type_))
    event = from_binary_event(KafkaMessage(dict(headers(envelope)), envelope.case.encode(), envelope.body))
    assert (event.get_specversion(), event.get_id(), event.get_type()) == ("1.0", envelope.id, type_)
    assert (event.get_source(), event.get_subject()) == (envelope.source, envelope.subject)
    assert event.get_time() == envelope.time
    assert instant(envelope.time).endswith("Z")
    extensions = {
        "correlationid": envelope.case,
        "causationid": envelope.cause,
        "streamversion": str(envelope.version),
        "actor": envelope.actor,
        "municipality": envelope.municipality,
        "traceparent": envelope.traceparent,
        "partitionkey": envelope.case,
    }
    assert {name: event.get_extension(name) for name in extensions} == extensions
    assert isinstance(event.get_data(), dict)
