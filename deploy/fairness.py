"""`renkei audit fairness`: whether like cases are treated alike, from the audit log alone.

Exit codes: 0 when it was told; 2 when the log cannot be read.
"""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any

import asyncpg
import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

import guidelines
from services.audit.fairness.cells import LIMIT
from services.audit.fairness.log import courses
from services.audit.fairness.report import DIMENSIONS, Tally, report

WORDS = {
    "kind": "種別 kind", "size": "費用区分 size", "locality": "所在地 locality", "first": "初回提案 first time",
    "established": "成立 established", "not_established": "不成立 not established", "ineligible": "対象外 ineligible",
    "open": "継続中 open", "catch_all": "市長判断条項 catch-all", "mayor_found": "市長認定 mayor's finding",
    "reordered": "順位変更 re-ordered", "direct_award": "随意契約 direct award",
}  # fmt: skip
HIDDEN = "秘匿 hidden"


def fairness_command(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="Submitted on or after.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Submitted on or before.")],
    *,
    database: Annotated[
        str, typer.Option(envvar="RENKEI_AUDIT_DATABASE", help="The audit database (a read is enough).")
    ],
    limit: Annotated[int, typer.Option("--smallest-cell", min=2, help="Smaller counts are hidden.")] = LIMIT,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Rates of outcomes, refusals, overrides and declines by group, with their intervals; small cells hidden."""
    if last < first:
        raise typer.BadParameter("the last day is before the first", param_hint="--to")
    try:
        made = asyncio.run(_tally(database, first.date(), last.date()))
    except (OSError, asyncpg.PostgresError) as error:
        Console(stderr=True).print(
            f"The audit database could not be read ({type(error).__name__}): "
            "start the stack, or say where it is with --database."
        )
        raise typer.Exit(2) from None
    found = {"from": first.date(), "to": last.date(), **report(made, limit)}
    if as_json:
        typer.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2))
    else:
        _show(found)


async def _tally(database: str, first: date, last: date) -> Tally:
    made = Tally()
    connection = await asyncpg.connect(database)
    try:
        async for seen in courses(connection, _home):
            if seen.submitted_on and first <= seen.submitted_on <= last:
                made.add(seen)
    finally:
        await connection.close()
    return made


@cache
def _home(edition: str) -> str | None:
    """The city that issued this edition; None where the edition is not here."""
    try:
        return guidelines.load(edition).issued_by.split()[0]
    except (guidelines.NoSuchEdition, guidelines.BrokenPack):
        return None


def _show(found: dict[str, Any]) -> None:
    console = Console()
    cases = HIDDEN if found["cases"] is None else f"{found['cases']:,}"
    console.print(f"{found['from']} – {found['to']}: 案件 cases {cases}")
    for dimension in DIMENSIONS:
        console.print(_by(dimension, found["by"][dimension]))
    clauses = Table(title="不採択の根拠条項 refusal clauses", title_justify="left", box=None)
    for title in ("条項 clause", "件数 count"):
        clauses.add_column(title)
    for clause, count in found["clauses"].items():
        clauses.add_row(escape(clause), HIDDEN if count is None else str(count))
    console.print(clauses)
    sections = Table(title="部署ごとの辞退 declines per section", title_justify="left", box=None)
    for title in ("部署 section", "辞退率 declined"):
        sections.add_column(title)
    for section, rate in found["sections"].items():
        sections.add_row(escape(section), _rate(rate))
    console.print(sections)
    stages = Table(title="段階ごとの日数 days per stage", title_justify="left", box=None)
    for title in ("段階 stage", "件数 count", "中央値 median"):
        stages.add_column(title)
    for stage, of in found["stages"].items():
        stages.add_row(
            stage, *((HIDDEN, HIDDEN) if of is None else (str(of["cases"]), str(of["median_days"])))
        )
    console.print(stages)
    pairs = Table(title="同じ事実・異なる結論 same facts, other conclusions", title_justify="left", box=None)
    for title in ("事実 fact", "案件 case", "結論 result", "案件 case", "結論 result"):
        pairs.add_column(title, overflow="fold")
    for pair in found["pairs"]:
        names = ("fact", "case", "came_to", "other_case", "other_came_to")
        pairs.add_row(*(escape(pair[name]) for name in names))
    console.print(pairs)
    console.print(f"ほか and {found['more_pairs']} more" if found["more_pairs"] else "", end="")


def _by(dimension: str, told: dict[str, Any]) -> Table:
    table = Table(title=WORDS[dimension], title_justify="left", box=None)
    groups = {"全体 all": told["all"], **told["groups"]}
    for title in ("", *groups):
        table.add_column(escape(title), overflow="fold")
    for measure in told["all"]:
        cells = (_rate(rates[measure] if rates else None) for rates in groups.values())
        table.add_row(WORDS[measure], *cells)
    return table


def _rate(rate: dict[str, Any] | None) -> str:
    if rate is None:
        return HIDDEN
    if rate["rate"] is None:
        return "–"
    return f"{rate['count']}/{rate['of']} {rate['rate']:.0%} ({rate['low']:.0%}–{rate['high']:.0%})"
