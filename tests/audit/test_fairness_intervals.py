"""Wilson's interval, against the literature and against what defines it."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.fairness.intervals import Z, wilson

COUNTS = st.integers(0, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
SOME = COUNTS.filter(lambda counts: counts[1] > 0)


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (5, 10, 0.2366, 0.7634),
    ],
)
def test_intervals_of_the_literature(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of) == pytest.approx((low, high), abs=6e-5)


@given(SOME)
def test_at_its_bounds_a_rate_is_as_far_off_as_chance_allows(counts: tuple[int, int]) -> None:
    """What defines the interval: |rate − bound| = z · √(bound · (1 − bound) / of), wherever it is not 0 or 1."""
    count, of = counts
    low, high = wilson(count, of)
    for bound in ([low] if count else []) + ([high] if count < of else []):
        assert abs(count / of - bound) == pytest.approx(
            Z * sqrt(bound * (1 - bound) / of), rel=1e-6, abs=1e-9
        )
    assert low == 0 or count
    assert high == 1 or count < of


@given(SOME)
def test_an_interval_lies_between_nothing_and_all_around_its_rate(counts: tuple[int, int]) -> None:
    count, of = counts
    low, high = wilson(count, of)
    assert 0 <= low <= count / of + 1e-12
    assert count / of - 1e-12 <= high <= 1


@given(COUNTS)
def test_what_happened_and_what_did_not_mirror_each_other(counts: tuple[int, int]) -> None:
    count, of = counts
    low, high = wilson(count, of)
    assert wilson(of - count, of) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(SOME)
def test_an_interval_narrows_with_more_of_the_same(counts: tuple[int, int]) -> None:
    (low, high), (low2, high2) = wilson(*counts), wilson(2 * counts[0], 2 * counts[1])
    assert high2 - low2 < high - low


def test_of_nothing_nothing_is_known_and_what_is_no_rate_is_refused() -> None:
    assert wilson(0, 0) == (0, 1)
    for count, of in ((3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="is no rate"):
            wilson(count, of)
