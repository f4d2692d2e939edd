"""The verifier's own canonical JSON, and what a commitment is to: the same as the log has it."""

import json
from typing import Any

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from services.audit.tlog.entries import commitments
from services.audit.verifier.openings import canonical, committed

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    TEXTS
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.booleans()
    | st.none()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
)


@given(VALUES)
def test_it_is_canonical_json(value: Any) -> None:
    assert canonical(value).encode() == rfc8785.dumps(value)


@given(VALUES, st.binary(min_size=32, max_size=32))
def test_what_the_log_committed_to_is_opened_by_value_and_salt(value: Any, salt: bytes) -> None:
    told = json.loads(json.dumps(value))
    assert committed(salt.hex(), told) == commitments({"x": value}, {"x": salt})["x"]
    assert committed(bytes(32).hex(), told) != committed(b"1".hex(), told)


def test_numbers_are_written_as_ecmascript_does() -> None:
    told = [1e21, 1e20, 1.5e-7, 1e-6, 0.1, -0.0, 100.0, 123456789.125, -1e-7, 5e-324]
    assert [canonical(each) for each in told] == [
        "1e+21", "100000000000000000000", "1.5e-7", "0.000001", "0.1", "0", "100", "123456789.125", "-1e-7", "5e-324",
    ]  # fmt: skip
