"""The envelope: CloudEvents 1.0, Kafka protocol binding, binary content mode.

Attributes travel as `ce_…` headers (UTF-8), the body is the fact's JSON, the record's key is the case.
Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from contracts.fact import Fact, Unreadable, read


class NotACloudEvent(Unreadable):
    """The headers of this record are not those of a CloudEvent in binary mode."""


class NoBody(Unreadable):
    """This record has no body (a tombstone), and a fact always has one."""


@dataclass(slots=True)
class Envelope:
    """One published fact with the attributes it travels with.

    `id` is unique for ever; `subject` is the stream; `version` counts 1, 2, 3 … within (`source`, `subject`), so that a
    gap shows; `case` is the key and the correlation id; `cause` is the id of the fact or request that led to this one.
    Nothing of it changes: the types say so, for a frozen dataclass is made at a third of the speed.
    """

    id: Final[str]
    type: Final[str]
    source: Final[str]
    subject: Final[str]
    version: Final[int]
    time: Final[datetime]
    case: Final[str]
    actor: Final[str]
    municipality: Final[str]
    cause: Final[str | None]
    traceparent: Final[str | None]
    body: Final[bytes]

    def fact(self) -> Fact:
        """The fact inside. Raises Unreadable with the reason."""
        return read(self.type, self.body)


def topic(publisher: str) -> str:
    """The topic of a publisher: `renkei.<publisher>`."""
    return f"renkei.{publisher}"


def instant(at: datetime) -> str:
    """RFC 3339 in UTC with microseconds: `2024-08-01T00:00:00.000000Z`."""
    return f"{at.astimezone(UTC).isoformat(timespec='microseconds')[:-6]}Z"


def headers(envelope: Envelope, traceparent: str | None = None) -> list[tuple[str, bytes]]:
    """The record's headers. `traceparent` is that of the hop that sends; `ce_traceparent` stays that of the origin."""
    pairs = [
        _SPEC,
        ("ce_id", envelope.id.encode()),
        ("ce_type", envelope.type.encode()),
        ("ce_source", envelope.source.encode()),
        ("ce_subject", envelope.subject.encode()),
        ("ce_time", instant(envelope.time).encode()),
        ("ce_correlationid", envelope.case.encode()),
        ("ce_streamversion", b"%d" % envelope.version),
        ("ce_actor", envelope.actor.encode()),
        ("ce_municipality", envelope.municipality.encode()),
        _JSON,
    ]
    if envelope.cause:
        pairs.append(("ce_causationid", envelope.cause.encode()))
    if envelope.traceparent:
        pairs.append(("ce_traceparent", envelope.traceparent.encode()))
        pairs.append(("traceparent", (traceparent or envelope.traceparent).encode()))
    return pairs


_SPEC = ("ce_specversion", b"1.0")
_JSON = ("content-type", b"application/json")


def parse(raw: Iterable[tuple[str, bytes | None]], body: bytes | None) -> Envelope:
    """Headers and body of a record → its envelope. Raises NotACloudEvent or NoBody, naming what is wrong."""
    if body is None:
        raise NoBody("the record has no body")
    given: dict[str, str] = {}
    for name, value in raw:
        try:
            given[name] = (value or b"").decode()
        except UnicodeDecodeError:
            raise NotACloudEvent(f"header {name} is not UTF-8") from None
    try:
        if (spec := _filled(given, "ce_specversion")) != "1.0":
            raise NotACloudEvent(f"this is CloudEvents {spec}, not 1.0")
        return Envelope(
            id=_filled(given, "ce_id"),
            type=_filled(given, "ce_type"),
            source=_filled(given, "ce_source"),
            subject=_filled(given, "ce_subject"),
            version=_counted(_filled(given, "ce_streamversion")),
            time=_instant(_filled(given, "ce_time")),
            case=_filled(given, "ce_correlationid"),
            actor=given.get("ce_actor", ""),
            municipality=given.get("ce_municipality", ""),
            cause=given.get("ce_causationid"),
            traceparent=given.get("traceparent") or given.get("ce_traceparent"),
            body=body,
        )
    except ValueError as error:
        raise NotACloudEvent(str(error)) from None


def _counted(text: str) -> int:
    if not text.isascii() or not text.isdigit() or (version := int(text)) < 1:
        raise NotACloudEvent(f"header ce_streamversion is {text!r}, which counts from 1")
    return version


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise NotACloudEvent("header ce_time has no offset from UTC")
    return at


def _filled(given: dict[str, str], name: str) -> str:
    value = given.get(name)
    if not value:
        raise NotACloudEvent(f"header {name} is missing")
    return value
