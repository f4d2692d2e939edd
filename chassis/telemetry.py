"""Traces and metrics, by OpenTelemetry and Prometheus.

All that happens to a case is one trace, over months and over services: its trace id is derived from the case id, so
that whoever knows the case finds the trace, and every span carries `renkei.case`. Where a batch holds records of many
cases, each record gets a short span in its own case's trace, and the batch's span links to them.

How many traces are taken is the standard `OTEL_TRACES_SAMPLER`; without it, at most `RATE` requests a second are
traced in full and the others not at all, so that a flood of commands is not slowed down by being watched.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import Decision, ParentBased, Sampler, SamplingResult
from opentelemetry.trace import (
    Link,
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
)
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from opentelemetry.trace.span import TraceState
from opentelemetry.util.types import Attributes
from prometheus_client import Counter, Gauge, Histogram

RATE = 50  # traced requests a second and process, when nothing else is said

HTTP = Histogram(
    "renkei_http_seconds", "Time to answer a request", ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)  # fmt: skip
COMMANDS = Counter(
    "renkei_commands", "Commands by outcome: accepted, or the refusal's name", ["command", "outcome"]
)
CONFLICTS = Counter("renkei_conflicts", "Commands decided again because somebody else was faster")
OUTBOX_DEPTH = Gauge("renkei_outbox_depth", "Facts that are not acknowledged by Kafka yet")
OUTBOX_AGE = Gauge("renkei_outbox_age_seconds", "Age of the oldest of them")
SENT = Counter("renkei_relay_sent", "Facts acknowledged by Kafka")
LAG_RECORDS = Gauge("renkei_consumer_lag_records", "Records not consumed yet", ["topic"])
LAG_SECONDS = Gauge(
    "renkei_consumer_lag_seconds", "Age of the record last consumed, when it was consumed", ["topic"]
)
CONSUMED = Counter("renkei_consumed", "Records consumed", ["topic"])
DEAD_LETTERS = Gauge("renkei_dead_letters", "Records set aside and not replayed")
LOOP_LAG = Gauge("renkei_event_loop_lag_seconds", "How late the event loop runs what is due")

tracer = trace.get_tracer("renkei")


class AtMost(Sampler):
    """Samples up to `rate` roots a second."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._left = float(rate)
        self._at = time.monotonic()

    def should_sample(
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        attributes: Attributes = None,
        links: Sequence[Link] | None = None,
        trace_state: TraceState | None = None,
    ) -> SamplingResult:
        if not self.has_room():
            return SamplingResult(Decision.DROP)
        self._left -= 1
        return SamplingResult(Decision.RECORD_AND_SAMPLE, attributes)

    def has_room(self) -> bool:
        """Whether a root would be taken now."""
        now = time.monotonic()
        self._left = min(self._rate, self._left + (now - self._at) * self._rate)
        self._at = now
        return self._left >= 1

    def get_description(self) -> str:
        return f"AtMost({self._rate}/s)"


class CaseIds(RandomIdGenerator):
    """Gives a new trace the id of the case at hand."""

    def generate_trace_id(self) -> int:
        case = _case.get()
        return trace_id(case) if case else super().generate_trace_id()


_ids = CaseIds()
_limit: AtMost | None = None  # set by `set_up`, unless the environment names another sampler
_case: ContextVar[str | None] = ContextVar("case", default=None)


def trace_id(case: str) -> int:
    """The id of the trace that holds all that happens to a case."""
    return int.from_bytes(hashlib.blake2b(case.encode(), digest_size=16).digest())


def set_up(service: str) -> TracerProvider:
    """Takes the standard `OTEL_…` variables; `OTEL_TRACES_EXPORTER` is zipkin, otlp or none (the default)."""
    global _limit
    environment = os.environ  # noqa: TID251  # OTEL_… belong to the SDK, which reads them itself
    _limit = None if "OTEL_TRACES_SAMPLER" in environment else AtMost(RATE)
    provider = TracerProvider(
        resource=Resource.create({"service.name": f"renkei-{service}"}),
        sampler=ParentBased(_limit) if _limit else None,
        id_generator=_ids,
    )
    if exporter := _exporter(environment.get("OTEL_TRACES_EXPORTER", "none")):
        provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return provider


def _exporter(name: str) -> SpanExporter | None:
    match name:
        case "zipkin":
            from opentelemetry.exporter.zipkin.json import ZipkinExporter

            return ZipkinExporter()
        case "otlp":
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

            return OTLPSpanExporter()
        case "none":
            return None
        case _:
            raise SystemExit(f"OTEL_TRACES_EXPORTER={name} is not known here; set zipkin, otlp or none.")


@contextmanager
def case_span(name: str, case: str, attributes: dict[str, str]) -> Iterator[Span]:
    """A span for a request about a case, in its own trace; one that records nothing, where it would be dropped."""
    if _limit and not _limit.has_room():
        yield NonRecordingSpan(SpanContext(trace_id(case), _ids.generate_span_id(), is_remote=False))
        return
    held = _case.set(case)
    try:
        with tracer.start_as_current_span(
            name,
            Context(),
            SpanKind.SERVER,
            {**attributes, "renkei.case": case},
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            yield span
    finally:
        _case.reset(held)


def traceparent(span: Span) -> str:
    """W3C Trace Context of a span: `00-<trace id>-<span id>-<flags>`."""
    context = span.get_span_context()
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"


def sampled(parent: str | None) -> bool:
    """Whether the trace that this `traceparent` speaks of is taken; the other flags are none of our business."""
    return parent is not None and len(parent) == 55 and parent[54] in "13579bdf"


def child(
    parent: str | None, name: str, kind: SpanKind, case: str, attributes: dict[str, str]
) -> Span | None:
    """A span below `parent`, started and not current; None where the trace is not taken."""
    if not sampled(parent):
        return None
    context = TraceContextTextMapPropagator().extract({"traceparent": parent or ""}, Context())
    return tracer.start_span(name, context, kind, {**attributes, "renkei.case": case})


def batch_span(name: str, spans: Sequence[Span | None], records: int) -> Span | None:
    """A span of a whole batch, linked to those of its records; None where none of them is taken."""
    links = [Link(span.get_span_context()) for span in spans if span]
    if not links:
        return None
    return tracer.start_span(
        name, Context(), SpanKind.CONSUMER, {"messaging.batch.message_count": records}, links
    )
