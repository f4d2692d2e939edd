"""What the table says about a figure, and what machines read."""

import io
from pathlib import Path

import orjson
import pytest
from rich.console import Console

from bench.table import (
    Row,
    Target,
    at_least,
    at_most,
    marked,
    notes,
    share_at_least,
    share_at_most,
    table,
    verdict,
    write,
)

HALF = Row("handle", 6_000.0, "commands/s", 12_000.0, "bare appends", share_at_least(0.5), "3 rounds")
SLOW = Row("p99", 26.0, "ms", target=at_most(25))
BESIDE = Row("a library", 700.0, "events/s", 20_000.0)
UNKNOWN = Row("rebuild", None, "events/s", target=at_least(50_000))


@pytest.mark.parametrize(
    ("target", "value", "limit", "met"),
    [
        (at_least(10), 10.0, None, True),
        (at_least(10), 9.9, None, False),
        (at_most(10), 10.0, None, True),
        (at_most(10), 10.1, None, False),
        (share_at_least(0.5), 5.0, 10.0, True),
        (share_at_least(0.5), 4.9, 10.0, False),
        (share_at_most(1.3), 13.0, 10.0, True),
        (share_at_most(1.3), 13.1, 10.0, False),
    ],
)
def test_a_target_is_met_at_its_figure_and_missed_beyond(
    target: Target, value: float, limit: float | None, met: bool
) -> None:
    assert Row("x", value, "ms", limit, target=target).met is met


def test_a_figure_that_could_not_be_measured_misses_its_target() -> None:
    assert UNKNOWN.met is False


def test_a_ratio_without_a_limit_misses_its_target() -> None:
    assert Row("x", 1.0, "ms", target=share_at_least(0.5)).met is False


def test_nothing_to_count_is_a_figure_too() -> None:
    assert Row("lost", 0, "requests", target=at_most(0)).met is True


def test_what_has_no_target_is_neither_met_nor_missed() -> None:
    assert BESIDE.met is None


def test_machines_read_exactly_what_was_agreed(tmp_path: Path) -> None:
    write(tmp_path / "results.json", [HALF, BESIDE, UNKNOWN])
    first, second, third = orjson.loads((tmp_path / "results.json").read_bytes())
    assert first == {
        "name": "handle",
        "value": 6000.0,
        "unit": "commands/s",
        "limit": 12000.0,
        "ratio": 0.5,
        "target": "ratio ≥ 0.5",
        "met": True,
    }
    assert (second["target"], second["met"], second["ratio"]) == (None, None, 0.035)
    assert (third["value"], third["limit"], third["ratio"], third["met"]) == (None, None, None, False)


def test_a_ratio_comes_from_the_figures_as_measured_not_as_rounded() -> None:
    assert Row("x", 4999.9999, "ms", 10_000.0, target=share_at_least(0.5)).met is False


def test_a_quick_figure_is_taken_for_nothing_else() -> None:
    assert marked(HALF, "quick").as_json()["name"] == "handle (quick)"


def test_the_table_says_plainly_what_is_missed() -> None:
    shown = _printed(table([HALF, SLOW, BESIDE, UNKNOWN], "Renkei"))
    lines = {line.split("  ")[0]: line.rstrip() for line in shown.splitlines() if line}
    assert lines["handle"].endswith("yes")
    assert lines["p99"].endswith("NO")
    assert lines["rebuild"].endswith("NO")
    assert lines["a library"].endswith("–")


def test_what_a_limit_is_stands_below() -> None:
    assert "handle · limit: bare appends; 3 rounds" in _printed(notes([HALF, SLOW]))


def test_the_verdict_counts_and_names_what_is_missed() -> None:
    assert _printed(verdict([HALF, SLOW, BESIDE])) == "1 of 2 targets are missed: p99.\n"
    assert _printed(verdict([HALF, BESIDE])) == "All targets are met (1).\n"


def _printed(what: object) -> str:
    console = Console(file=io.StringIO(), width=200)
    console.print(what)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()
