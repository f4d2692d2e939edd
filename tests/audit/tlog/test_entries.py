"""What an entry says: canonical, hiding what is confidential, bound to the exact bytes and to the case's last entry."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

import contracts.agreements  # noqa: F401  # so that its facts are known
from contracts.cloudevents import Envelope
from services.audit.tlog.entries import (
    Found,
    Place,
    TooLong,
    canonical,
    commitments,
    confidential,
    entry,
    new_salts,
)
from services.audit.verifier.entries import fields

AT = datetime(2024, 8, 1, tzinfo=UTC)
FOUND, KNOWN = Found("renkei.intake", 3, 17), "2024-08-01T00:00:01.000000Z"


def envelope(body: bytes = b"{}", type_: str = "renkei.intake.Withdrawn.v1", **more: Any) -> Envelope:
    said: dict[str, Any] = {
        "id": "01", "type": type_, "source": "/intake", "subject": "proposal/C1", "version": 4, "time": AT,
        "case": "C1", "actor": "proposer:P-1", "municipality": "112089", "cause": None, "traceparent": None,
        "body": body,
    }  # fmt: skip
    return Envelope(**(said | more))


def test_the_verifier_reads_it() -> None:
    said = fields(entry(envelope(), FOUND, KNOWN, {}, Place(2, b"\x01" * 32)), 7)
    assert (said["topic"], said["partition"], said["offset"]) == ("renkei.intake", 3, 17)
    assert (said["time"], said["receivedtime"]) == ("2024-08-01T00:00:00.000000Z", KNOWN)
    assert said["previous"] == {"index": 2, "leaf": "01" * 32}
    assert said["sha256"] == hashlib.sha256(b"{}").hexdigest()


def test_a_second_body_under_an_id_says_so() -> None:
    assert fields(entry(envelope(), FOUND, KNOWN, {}, None, 5), 7)["conflict"] == 5


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.dictionaries(st.text("abcxyz_", max_size=8), TEXTS | st.integers(-(2**53) + 1, 2**53 - 1) | st.none())
)
def test_it_is_canonical_json(said: dict[str, Any]) -> None:
    assert canonical(said) == rfc8785.dumps(said)


def test_what_is_confidential_is_committed_to_and_not_told() -> None:
    body = orjson.dumps(
        {"number": 1, "goals": "髙い塔を建てる", "benefit_city": "a", "benefit_partner": "b", "by": "city"}
    )
    of = envelope(body, "renkei.agreements.GoalsProposed.v1")
    held = confidential(of)
    salts = new_salts(held)
    assert set(salts) == {"goals", "benefit_city", "benefit_partner"}
    assert len(set(salts.values())) == len(salts)
    data = entry(of, FOUND, KNOWN, commitments(held, salts), None)
    assert "髙い塔".encode() not in data
    told = fields(data, 0)["commitments"]
    assert told["goals"] == hashlib.sha256(salts["goals"] + '"髙い塔を建てる"'.encode()).hexdigest()
    assert commitments(held, new_salts(held))["goals"] != told["goals"], "another salt, another commitment"


VALUES = st.recursive(
    TEXTS | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans() | st.none() | st.floats(-1e9, 1e9),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abAB_é髙𠮷", max_size=4), inner, max_size=4)
    ),
)


@given(VALUES)
def test_a_commitment_is_to_the_canonical_json_of_whatever_the_field_holds(value: Any) -> None:
    salt = bytes(32)
    assert commitments({"x": value}, {"x": salt}) == {
        "x": hashlib.sha256(salt + rfc8785.dumps(value)).hexdigest()
    }


def test_of_a_fact_that_is_not_known_here_nothing_is_committed_to() -> None:
    assert confidential(envelope(type_="renkei.elsewhere.Unheard.v1")) == {}


def test_an_entry_has_an_end() -> None:
    with pytest.raises(TooLong):
        entry(envelope(subject="x" * 70_000), FOUND, KNOWN, {}, None)
