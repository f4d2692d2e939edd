"""The envelope: what goes out comes back, and what is no CloudEvent is refused with its reason."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.cloudevents import Envelope, NoBody, NotACloudEvent, headers, parse
from contracts.fact import Unreadable

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
SENT = Envelope(
    id="0198f0c2-0000-7000-8000-000000000001",
    type="renkei.intake.ProposalLapsed.v1",
    source="/intake",
    subject="proposal/C01",
    version=3,
    time=datetime(2024, 8, 1, tzinfo=UTC),
    case="C01",
    actor="window:W-01:S01",
    municipality="112089",
    cause="0198f0c2-0000-7000-8000-000000000000",
    traceparent=TRACE,
    body=b'{"due":"2024-07-31"}',
)

zones = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
filled = st.text(min_size=1)
envelopes = st.builds(
    Envelope,
    id=filled,
    type=filled,
    source=filled,
    subject=filled,
    version=st.integers(min_value=1),
    time=st.datetimes(min_value=datetime(2000, 1, 1), timezones=zones),
    case=filled,
    actor=st.text(),
    municipality=st.text(),
    cause=st.none() | filled,
    traceparent=st.none() | filled,
    body=st.binary(),
)


@given(envelopes)
def test_what_is_sent_is_what_is_received(envelope: Envelope) -> None:
    assert parse(headers(envelope), envelope.body) == envelope


def test_the_hop_that_sends_is_traced_and_the_origin_kept() -> None:
    hop = TRACE.replace("b7ad", "cafe")
    given = dict(headers(SENT, traceparent=hop))
    assert (given["traceparent"], given["ce_traceparent"]) == (hop.encode(), TRACE.encode())
    assert parse(given.items(), SENT.body) == replace(SENT, traceparent=hop)


def test_headers_that_others_add_are_no_matter() -> None:
    assert parse([*headers(SENT), ("added-by-a-proxy", b"1"), ("empty", None)], SENT.body) == SENT


def changed(name: str, value: bytes | None) -> list[tuple[str, bytes | None]]:
    return [(each, value if each == name else had) for each, had in headers(SENT)]


REQUIRED = ["ce_id", "ce_type", "ce_source", "ce_subject", "ce_time", "ce_correlationid", "ce_streamversion"]


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, b""])
def test_a_required_header_that_is_null_or_empty_is_refused_by_its_name(
    name: str, value: bytes | None
) -> None:
    with pytest.raises(NotACloudEvent, match=f"header {name} is missing"):
        parse(changed(name, value), SENT.body)


@pytest.mark.parametrize("name", REQUIRED)
def test_a_required_header_that_is_missing_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(NotACloudEvent, match=f"header {name} is missing"):
        parse([pair for pair in headers(SENT) if pair[0] != name], SENT.body)


@pytest.mark.parametrize("name", [*REQUIRED, "ce_actor", "traceparent"])
def test_a_header_that_is_not_utf_8_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(NotACloudEvent, match=f"header {name} is not UTF-8"):
        parse(changed(name, b"\xff"), SENT.body)


@pytest.mark.parametrize(("name", "value"), [("ce_time", b"yesterday"), ("ce_streamversion", b"three")])
def test_a_header_of_the_wrong_kind_is_refused(name: str, value: bytes) -> None:
    with pytest.raises(NotACloudEvent):
        parse(changed(name, value), SENT.body)


def test_a_record_without_a_body_is_refused() -> None:
    with pytest.raises(NoBody):
        parse(headers(SENT), None)


def test_every_refusal_is_one_that_readers_of_facts_expect() -> None:
    assert issubclass(NotACloudEvent, Unreadable)
    assert issubclass(NoBody, Unreadable)
