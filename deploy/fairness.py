"""`renkei audit fairness`: whether like cases are treated alike, from the audit log alone.

Exit codes: 0 when it was told; 2 when the log cannot be read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
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
from services.audit.fairness.groups import DIMENSIONS
from services.audit.fairness.log import courses
from services.audit.fairness.report import Tally, View, report

WORDS = {
    "kind": "組織の種別 kind", "size": "規模 size", "locality": "所在地 locality", "first": "初回提案 first time",
    "route": "提案の種別 route", "cost": "費用区分 cost",
    "established": "成立 established", "not_established": "不成立 not established", "ineligible": "対象外 ineligible",
    "withdrawn": "取下げ withdrawn", "lapsed": "補正期限切れ lapsed", "open": "継続中 open",
    "screened": "要件審査済み screened", "catch_all": "市長判断条項による対象外 catch-all",
    "flagged": "名簿照会で検出 flagged", "flag_dismissed": "検出の否定 flag dismissed",
    "mayor_asked": "市長の認定あり mayor was asked", "mayor_found": "市長認定で該当 mayor's finding",
    "asked": "照会先あり sections asked", "reordered": "順位変更 re-ordered", "declined": "辞退あり declined",
    "procured": "調達手続 procured", "direct_award": "随意契約 direct award",
    "split_order": "分割発注の疑い split order found", "split_resolved": "同・解消 split order resolved",
    "awarded_to_other": "他者への発注 awarded to another",
    "reconsidered": "再検討の申出 reconsideration", "revoked": "決定の取消し revoked",
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
    as_json: Annotated[
        bool, typer.Option("--json", help="For machines; more by group than the tables.")
    ] = False,
) -> None:
    """Outcomes, refusals, overrides, days and declines by group, with intervals; small cells are hidden."""
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
        Console().print(*_tables(found), sep="\n")


async def _tally(database: str, first: date, last: date) -> Tally:
    made = Tally()
    connection = await asyncpg.connect(database)
    try:
        async for seen in courses(connection, _home, first, last):
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


def _tables(found: dict[str, Any]) -> Iterator[Table | str]:
    cases = HIDDEN if found["cases"] is None else f"{found['cases']:,}"
    yield f"{found['from']} – {found['to']}: 案件 cases {cases}"
    if found["all"] is None:
        return
    for dimension in DIMENSIONS:
        yield _by(WORDS[dimension], found["all"], found["by"][dimension])
    yield _clauses(found["all"]["clauses"])
    yield _sections(found["all"]["sections"])
    yield _pairs(found["pairs"])
    if found["more_pairs"]:
        yield f"ほか and {found['more_pairs']} more"


def _by(title: str, in_all: View, groups: dict[str, View | None]) -> Table:
    table = Table(title=title, title_justify="left", box=None)
    views = {"全体 all": in_all, **groups}
    for heading in ("", *views):
        table.add_column(escape(heading), overflow="fold")
    table.add_row(
        "案件 cases", *(HIDDEN if view is None else f"{view['cases']:,}" for view in views.values())
    )
    for part, shown in (("outcomes", _rate), ("measures", _rate), ("stages", _stage)):
        for name in in_all[part]:
            cells = (shown(view[part].get(name)) if view else HIDDEN for view in views.values())
            table.add_row(WORDS.get(name, f"{name} 開庁日 office days"), *cells)
    return table


def _clauses(clauses: dict[str, dict[str, Any]]) -> Table:
    table = _listed("不採択の根拠条項 refusal clauses", "結果 outcome", "条項 clause", "件数 of these")
    for outcome, cited in clauses.items():
        for clause, told in cited.items():
            table.add_row(WORDS[outcome], escape(clause), _rate(told))
    return table


def _sections(sections: dict[str, dict[str, Any]]) -> Table:
    table = _listed("部署ごとの辞退 declines per section", "部署 section", "照会 asked", "辞退 declined")
    for section, told in sections.items():
        table.add_row(escape(section), _rate(told["asked"]), _rate(told["declined"]))
    return table


def _pairs(pairs: list[dict[str, Any]]) -> Table:
    names = ("kind", "fact", "case", "came_to", "other_case", "other_came_to")
    headings = ("比較 kind", "事実 fact", "案件 case", "結論 result", "案件 case", "結論 result")
    table = _listed("同じ事実・異なる結論 same facts, other conclusions", *headings)
    for pair in pairs:
        table.add_row(*(escape(pair[name]) for name in names))
    return table


def _listed(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", box=None)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _rate(rate: dict[str, Any] | None) -> str:
    if rate is None:
        return HIDDEN
    if rate["rate"] is None:
        return "–"
    return f"{rate['count']:,}/{rate['of']:,} {rate['rate']:.0%} ({rate['low']:.0%}–{rate['high']:.0%})"


def _stage(stage: dict[str, Any] | None) -> str:
    """The median, the middle half of the cases, and how many there are."""
    if stage is None:
        return HIDDEN
    if stage["median"] is None:
        return "–"
    return f"{stage['median']} ({stage['q1']}–{stage['q3']}), {stage['count']:,}"
