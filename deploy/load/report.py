"""The figures of a run, for people and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.table import Table

from deploy.load.cases import Cases
from deploy.load.generator import Tally

PERCENTILES = (50, 90, 99)


def milliseconds(latencies: Sequence[float]) -> dict[str, float | None]:
    """p50, p90, p99 and max by nearest rank; None when nothing was answered."""
    ordered = sorted(latencies)
    ranks = {f"p{p}": -(-p * len(ordered) // 100) - 1 for p in PERCENTILES} | {"max": len(ordered) - 1}
    return {name: round(ordered[rank] * 1000, 1) if ordered else None for name, rank in ranks.items()}


def as_json(tally: Tally, cases: Cases, *, rate: int, seconds: int, seed: int) -> dict[str, object]:
    """Counts, latencies from due to answer in milliseconds, and what is needed to ask for the same again."""
    return {
        "rate": rate,
        "seconds": seconds,
        "seed": seed,
        "took_seconds": round(tally.seconds, 3),
        "cases": {"opened": cases.opened, "finished": cases.finished},
        "sent": tally.sent,
        "accepted": tally.accepted,
        "refused": dict(tally.refused.most_common()),
        "cut": dict(tally.cut.most_common()),
        "latency_ms": milliseconds(tally.latencies),
        "highest_backlog": tally.highest_backlog,
    }


def table(tally: Tally, cases: Cases) -> Table:
    """The same for people."""
    shown = Table(box=None, show_header=False)
    shown.add_column()
    shown.add_column(justify="right")
    shown.add_row("cases opened", f"{cases.opened:,}")
    shown.add_row("  finished", f"{cases.finished:,}")
    shown.add_row("[bold]requests sent", f"{tally.sent:,}")
    shown.add_row("  accepted", f"[green]{tally.accepted:,}")
    _count(shown, "refused", tally.refused)
    _count(shown, "cut", tally.cut)
    shown.add_row("[bold]from due to answer", "")
    for name, value in milliseconds(tally.latencies).items():
        shown.add_row(f"  {name}", "-" if value is None else f"{value:,.1f} ms")
    shown.add_row("highest backlog", f"{tally.highest_backlog:,}")
    return shown


def _count(shown: Table, what: str, counts: Counter[str]) -> None:
    shown.add_row(f"  {what}", f"{counts.total():,}")
    for name, count in counts.most_common():
        shown.add_row(f"    {name}", f"[dim]{count:,}")
