"""Percentiles and rounding."""

import pytest

from bench.figures import percentile, rounded, shown


def test_the_ninety_ninth_of_a_hundred_is_the_last_but_one() -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], 99) == 99.0


def test_the_median_of_an_even_number_is_the_lower_of_the_two() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 50) == 2.0


def test_of_one_value_every_percentile_is_that_value() -> None:
    assert percentile([7.0], 1) == percentile([7.0], 99) == 7.0


@pytest.mark.parametrize(
    ("value", "figure"), [(0.0, 0.0), (12345.678, 12350.0), (0.0123456, 0.01235), (99.999, 100.0)]
)
def test_four_digits_count(value: float, figure: float) -> None:
    assert rounded(value) == figure


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "–"), (12345.6, "12,350"), (61.34, "61.3"), (0.468, "0.47"), (0, "0"), (24_000, "24,000")],
)
def test_people_read_what_matters(value: float | None, words: str) -> None:
    assert shown(value) == words
