"""One trace for a case: from each request over outbox, Kafka and consumers to the entry in the audit log."""

from pathlib import Path

from deploy.journeys.front import Front
from deploy.journeys.player import play
from deploy.journeys.reading import read
from tests.stack import RunningStack
from tests.waiting import until

SERVICES = {"renkei-intake", "renkei-screening", "renkei-matching", "renkei-audit"}
FILE = Path(__file__).parent / "C03.yaml"


async def test_every_fact_of_a_case_is_in_its_one_trace_down_to_the_audit_log(stack: RunningStack) -> None:
    async with Front(stack.address) as front:
        played = await play(front, read(FILE))
        [found] = played.histories.values()
        case, trace = found["case"], found["trace_id"]

        async def told() -> bool:
            """Every process sends its spans in its own time; a ranking takes its time, and mail goes out last."""
            entries = (await front.history(case))["entries"]
            spans = {span["id"]: span for span in stack.spans.of(trace)}
            kept = [span for span in spans.values() if span["name"].startswith("audit keeps")]
            whole = all(s.get("parentId", s["id"]) in spans for s in spans.values())
            services = {span["localEndpoint"]["serviceName"] for span in spans.values()}
            return len(kept) == len(entries) and whole and services >= SERVICES

        assert await until(told, 60), "a span is missing between a request and the audit log"
        entries = (await front.history(case))["entries"]

    assert {entry["trace_id"] for entry in entries} == {trace}
    spans = {span["id"]: span for span in stack.spans.of(trace)}
    assert {span["tags"]["renkei.case"] for span in spans.values()} == {case}
    for span in spans.values():
        assert ("parentId" in span) == (span["kind"] != "SERVER"), f"{span['name']} hangs in the air"
