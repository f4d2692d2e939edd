"""One trace for each case; few enough traces under load."""

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.sdk.trace.sampling import ALWAYS_ON, Decision, ParentBased
from opentelemetry.trace import SpanKind

from chassis import telemetry


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider = TracerProvider(sampler=ParentBased(ALWAYS_ON), id_generator=telemetry.CaseIds())
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(telemetry, "tracer", provider.get_tracer("test"))
    return exporter


def test_all_that_happens_to_a_case_is_one_trace_whose_id_follows_from_the_case(
    spans: InMemorySpanExporter,
) -> None:
    for name in ("SubmitProposal", "AcceptProposal"):
        with telemetry.case_span(name, "case-1", {}):
            pass
    with telemetry.case_span("SubmitProposal", "case-2", {}):
        pass
    ids = [span.context.trace_id for span in spans.get_finished_spans() if span.context]
    assert ids == [telemetry.trace_id("case-1"), telemetry.trace_id("case-1"), telemetry.trace_id("case-2")]


def test_a_hop_hangs_below_the_request_that_led_to_it(spans: InMemorySpanExporter) -> None:
    with telemetry.case_span("SubmitProposal", "case-1", {}) as request:
        parent = telemetry.traceparent(request)
    sent = telemetry.child(parent, "send", SpanKind.PRODUCER, "case-1", {})
    assert sent is not None
    taken = telemetry.child(telemetry.traceparent(sent), "take", SpanKind.CONSUMER, "case-1", {})
    assert taken is not None
    batch = telemetry.batch_span("a batch", [taken, None], 2)
    assert batch is not None
    for span in (taken, sent, batch):
        span.end()
    named = {span.name: span for span in spans.get_finished_spans()}
    assert named["send"].parent is not None
    assert named["send"].parent.span_id == request.get_span_context().span_id
    assert named["take"].context is not None
    assert named["take"].context.trace_id == telemetry.trace_id("case-1")
    assert [link.context.span_id for link in named["a batch"].links] == [named["take"].context.span_id]


@pytest.mark.parametrize(
    ("parent", "taken"),
    [
        (None, False),
        ("", False),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", False),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", True),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-02", False),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03", True),
    ],
)
def test_the_sampled_flag_is_read_beside_others(parent: str | None, taken: bool) -> None:
    assert telemetry.sampled(parent) is taken


def test_a_header_of_nonsense_harms_nothing(spans: InMemorySpanExporter) -> None:
    span = telemetry.child("x" * 54 + "1", "send", SpanKind.PRODUCER, "case-1", {})
    assert span is not None
    span.end()


def test_a_flood_is_traced_up_to_the_rate() -> None:
    sampler = telemetry.AtMost(10)
    taken = [sampler.should_sample(None, 1, "x").decision is Decision.RECORD_AND_SAMPLE for _ in range(1000)]
    assert 10 <= sum(taken) <= 12
