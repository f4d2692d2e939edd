"""The report of a bundle for people: Japanese, A4, as PDF. What people wrote goes in as data, never as markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import orjson
import typst

from contracts.terms import fact_term, term
from deploy.journeys.moments import TOKYO
from deploy.journeys.report import told
from services.audit.rerun import Outcome

TEMPLATE = Path(__file__).with_name("report.typ")
MANNERS = {"history": "経過", "diff": "変更点", "bundle": "証拠資料"}


def report(history: Mapping[str, Any], outcomes: Sequence[Outcome], custody: Mapping[str, Any]) -> bytes:
    """The PDF. Confidential values are hidden in it; the facts of the bundle hold them."""
    data = {
        "case": history["case"],
        "complete": history["complete"],
        "gaps": history["gaps"],
        "made_by": custody["made_by"],
        "made_at": _day(custody["made_at"]),
        "purpose": custody["purpose"] or "–",
        "log_size": f"{custody['log_size']:,}",
        "entries": [
            {
                "index": str(row.index),
                "happened": f"{row.happened:%Y-%m-%d %H:%M}",
                "known": f"{row.known:%Y-%m-%d %H:%M}" if row.known else "–",
                "who": row.who,
                "what": row.what,
                "why": "\n".join(row.why + row.cites),
            }
            for row in told(history)
        ],
        "decisions": [_decision(outcome) for outcome in outcomes],
        "readings": [
            [
                _day(each["time"]),
                f"{term(each['role'])} {each['reader']}",
                MANNERS.get(each["manner"], each["manner"]),
            ]
            for each in custody["read_before"]
        ],
    }
    made: bytes = typst.compile(
        str(TEMPLATE),
        sys_inputs={"data": orjson.dumps(data).decode()},
        font_paths=[str(fonts())],
        ignore_system_fonts=True,
    )
    return made


def fonts() -> Path:
    """The folder of the IPAex Gothic font. Its package is found without being imported: it would want to plot."""
    return Path(str(distribution("matplotlib-fontja").locate_file("matplotlib_fontja/fonts")))


def _day(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(TOKYO):%Y-%m-%d %H:%M}"


def _decision(outcome: Outcome) -> list[str]:
    entry, basis = outcome.decision.entry, outcome.decision.basis
    came = "同じ結果" if outcome.same else outcome.trouble or f"異なる: {'、'.join(outcome.differs)}"
    stands_on = [basis.edition, basis.rule, basis.digest[:16]] if basis else ["–", "–", "–"]
    return [str(entry.index), fact_term(entry.type.split(".")[-2]), *stands_on, came]
