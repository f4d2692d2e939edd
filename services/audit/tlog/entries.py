"""What an entry says of a fact: canonical JSON (RFC 8785), so that there is one way to write it.

It holds the CloudEvents attributes under their own names, where the record was found (topic, partition, offset), when
it became known here (`receivedtime`, by which is read what was known at a time), the digest of the exact bytes, one
commitment for each field that holds something confidential, and `previous`: the last entry of the case before it, by
index and leaf, so that nothing of a case can be left out unseen.

A commitment is SHA-256 over a salt and the canonical JSON of the field. It tells nothing of the field; who is shown
field and salt can see that they are those of the entry. Salts are kept beside the facts, never in entries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from functools import cache
from os import urandom
from typing import Any, NamedTuple, get_args

import orjson
import rfc8785
from pydantic import BaseModel

from contracts.cloudevents import Envelope, instant
from contracts.confidential import Confidential
from contracts.fact import Unreadable, known
from services.audit.tlog.tiles import LONGEST_ENTRY

SALT = 32  # bytes


class TooLong(ValueError):
    """An entry has at most 65,535 bytes; a record with attributes as long as this is none of ours."""


class Place(NamedTuple):
    """An entry: where it stands, and its leaf."""

    at: int
    leaf: bytes


class Found(NamedTuple):
    """Where a record was found."""

    topic: str
    partition: int
    offset: int


def attributes(of: Envelope) -> dict[str, Any]:
    """What an entry says of the fact itself, wherever and whenever it was found."""
    said: dict[str, Any] = {
        "actor": of.actor,
        "correlationid": of.case,
        "datacontenttype": "application/json",
        "id": of.id,
        "municipality": of.municipality,
        "sha256": hashlib.sha256(of.body).hexdigest(),
        "source": of.source,
        "specversion": "1.0",
        "streamversion": of.version,
        "subject": of.subject,
        "time": instant(of.time),
        "type": of.type,
    }
    if of.cause:
        said["causationid"] = of.cause
    if of.traceparent:
        said["traceparent"] = of.traceparent
    return said


def entry(
    of: Envelope,
    found: Found,
    received: str,
    committed: Mapping[str, str],
    previous: Place | None,
    conflict: int | None = None,
) -> bytes:
    """The bytes of an entry. `received`: when, as `instant` writes it; `committed`: see `commitments`; `conflict`: the
    entry that has another body under the same id. Raises TooLong."""
    said = attributes(of) | found._asdict()
    said["receivedtime"] = received
    if committed:
        said["commitments"] = committed
    if previous:
        said["previous"] = {"index": previous.at, "leaf": previous.leaf.hex()}
    if conflict is not None:
        said["conflict"] = conflict
    data = canonical(said)
    if len(data) > LONGEST_ENTRY:
        raise TooLong(f"{len(data):,} bytes")
    return data


def canonical(value: Any) -> bytes:
    """RFC 8785 for what entries hold: names in ASCII, texts, whole numbers. Much faster than `rfc8785`, against which a
    test holds it."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def confidential(of: Envelope) -> dict[str, Any]:
    """The fields of the fact that hold something confidential, with what they hold; none of a fact unknown here."""
    names = _confidential(of.type)
    if not names:
        return {}
    there = orjson.loads(of.body)
    return {name: there[name] for name in names if there.get(name) is not None}


def new_salts(held: Collection[str]) -> dict[str, bytes]:
    """A salt for each field."""
    if not held:
        return {}
    drawn = urandom(SALT * len(held))
    return {name: drawn[n * SALT : (n + 1) * SALT] for n, name in enumerate(held)}


def commitments(held: Mapping[str, Any], salts: Mapping[str, bytes]) -> dict[str, str]:
    """Field → what the entry says of it."""
    return {name: hashlib.sha256(salt + _field(held[name])).hexdigest() for name, salt in salts.items()}


def _field(value: Any) -> bytes:
    """Its canonical JSON, whatever it is; most are made of texts."""
    return canonical(value) if _is_plain(value) else rfc8785.dumps(value)


def _is_plain(value: Any) -> bool:
    """Whether `canonical` writes it as RFC 8785 does: no fractions, no huge numbers, names in ASCII."""
    if isinstance(value, dict):
        return all(name.isascii() and _is_plain(inner) for name, inner in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return isinstance(value, str | None) or (isinstance(value, int) and abs(value) < 2**53)


@cache
def _confidential(type_: str) -> tuple[str, ...]:
    """The fields of a fact, by the names they have in JSON, that are or contain something confidential."""
    try:
        fact, version = known(type_)
    except Unreadable:
        return ()
    if version != fact.version:  # of before: its fields may have had other names
        return ()
    fields = fact.model_fields.items()
    return tuple(
        sorted({n for name, field in fields if _holds(field.annotation) for n in (name, field.alias or name)})
    )


def _holds(annotation: Any) -> bool:
    if annotation is Confidential or getattr(annotation, "__origin__", None) is Confidential:
        return True
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return any(_holds(field.annotation) for field in annotation.model_fields.values())
    return any(_holds(inner) for inner in get_args(annotation))
