"""Matching: how right the ranking is on labelled proposals, and how long one takes. Needs no engines."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bench.engines import Bench
from bench.table import Row, at_least, at_most
from services.matching.ranking.evaluation import evaluate

LABELLED = Path(__file__).parent.parent / "tests" / "matching" / "ranking" / "matching_dev.jsonl"


async def measure(bench: Bench) -> list[Row]:
    bench.say("ranking of sections: labelled proposals")
    found = await asyncio.to_thread(evaluate, LABELLED)
    note = f"{found.n} labelled proposals, {found.edition}, nothing learnt"
    return [
        Row(
            "ranking, the right section is first",
            found.recall_at_1,
            "of those that fit",
            target=at_least(0.7),
            note=note,
        ),
        Row(
            "ranking, a right one is among three",
            found.recall_at_3,
            "of those that fit",
            target=at_least(0.9),
        ),
        Row("ranking, those that fit are kept", found.kept, "of those that fit", target=at_least(0.95)),
        Row("ranking, those that fit nowhere are flagged", found.flagged, "of those", target=at_least(0.5)),
        Row("ranking, one proposal, p95", found.p95_ms, "ms", target=at_most(50)),
    ]
