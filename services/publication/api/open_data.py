"""What everybody may read, without signing in, on addresses that stay: cases, themes, data sets, statistics, feeds.

Lists come in pages, in the order in which their rows became public; `next` leads on, and later rows come last.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Response

import guidelines
from chassis.projections import ReadModel
from contracts.days import day
from services.publication import law
from services.publication.api import cases, feeds, statistics, tables
from services.publication.api.described import PUBLIC, After, Id, IfNoneMatch, Limit, NotPublished
from services.publication.api.serving import json, served
from services.publication.projections import CASES, DATASETS, THEMES
from services.publication.projections.database import Database
from services.publication.projections.publications import results
from services.publication.projections.shown import latest, one, page

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
IN_A_FEED = 50
ALL = 100_000  # rows of a table as CSV
THEME_LINE = (
    "ID", "テーマ", "担当課", "状態", "募集開始", "募集終了", "公表日", "評価の基準と配点", "最低点", "中止の理由",
)  # fmt: skip


class Open:
    """What the routes share: where rows are, which day it is, under which address people come."""

    def __init__(self, db: Database, today: Callable[[], date], municipality: str, address: str) -> None:
        self.db, self.today, self.municipality = db, today, municipality
        self.address = address.rstrip("/")

    @property
    def edition(self) -> guidelines.Edition:
        return law.in_force(self.municipality, self.today())

    async def paged(
        self, model: ReadModel, name: str, after: str | None, limit: int, show: Callable[[Any], Any]
    ) -> dict[str, Any]:
        """A page, and where the next one is, if there is one."""
        rows = await page(self.db, model, after, limit + 1)
        more = rows[limit - 1]["seq"] if len(rows) > limit else None
        query = urlencode({"after": more, "limit": limit})
        return {
            "licence": LICENCE,
            name: [show(row) for row in rows[:limit]],
            "next": f"{self.address}/publication/{name}?{query}" if more else None,
        }


def routes(office: Open) -> APIRouter:
    """Everything that is open to everybody, but for what is procured."""
    router = APIRouter(prefix="/publication", tags=["open data"], responses=PUBLIC)
    db, address = office.db, office.address

    @router.get("", summary="What there is, under which licence")
    async def catalogue(if_none_match: IfNoneMatch = None) -> Response:
        return json(_catalogue(office), if_none_match)

    @router.get("/cases", summary="Concluded cases as DS-451-3 items")
    async def all_cases(
        after: After = None, limit: Limit = 100, if_none_match: IfNoneMatch = None
    ) -> Response:
        shown = await office.paged(CASES, "cases", after, limit, lambda row: cases.item(row, address))
        return json(shown, if_none_match)

    @router.get("/cases.csv", summary="The same as a table")
    async def cases_table(if_none_match: IfNoneMatch = None) -> Response:
        rows = await page(db, CASES, None, ALL)
        return _csv(tables.table(cases.LINE, (cases.line(row, address) for row in rows)), if_none_match)

    @router.get("/cases/{case}", summary="One of them")
    async def one_case(case: Id, if_none_match: IfNoneMatch = None) -> Response:
        return json(cases.item(await _found(db, CASES, case), address), if_none_match)

    @router.get("/themes", summary="Themes that proposals are, or were, asked for")
    async def all_themes(
        after: After = None, limit: Limit = 100, if_none_match: IfNoneMatch = None
    ) -> Response:
        return json(await office.paged(THEMES, "themes", after, limit, _theme), if_none_match)

    @router.get("/themes.csv", summary="The same as a table")
    async def themes_table(if_none_match: IfNoneMatch = None) -> Response:
        rows = await page(db, THEMES, None, ALL)
        return _csv(tables.table(THEME_LINE, map(_theme_line, rows)), if_none_match)

    @router.get("/themes/{theme}", summary="One of them")
    async def one_theme(theme: Id, if_none_match: IfNoneMatch = None) -> Response:
        return json(_theme(await _found(db, THEMES, theme)), if_none_match)

    @router.get("/datasets", summary="Data that pilots gave")
    async def all_datasets(
        after: After = None, limit: Limit = 100, if_none_match: IfNoneMatch = None
    ) -> Response:
        return json(await office.paged(DATASETS, "datasets", after, limit, _head), if_none_match)

    @router.get("/datasets/{dataset}", summary="One of them; with .csv as a table")
    async def one_dataset(dataset: Id, if_none_match: IfNoneMatch = None) -> Response:
        if dataset.endswith(".csv"):
            row = await _found(db, DATASETS, dataset.removesuffix(".csv"))
            return _csv(tables.table(row["columns"], row["rows"]), if_none_match)
        return json(_dataset(await _found(db, DATASETS, dataset)), if_none_match)

    @router.get("/statistics", summary="What cases came to, by fiscal year")
    async def figures(if_none_match: IfNoneMatch = None) -> Response:
        limit = office.edition.thresholds.small_cell_limit
        years = statistics.by_year(await results(db), limit, office.today())
        shown = [year.shown() for year in years]
        return json({"licence": LICENCE, "hidden_below": limit, "years": shown}, if_none_match)

    @router.get("/statistics.csv", summary="The same as a table")
    async def figures_table(if_none_match: IfNoneMatch = None) -> Response:
        limit = office.edition.thresholds.small_cell_limit
        years = statistics.by_year(await results(db), limit, office.today())
        return _csv(tables.table(statistics.HEAD, (year.line() for year in years)), if_none_match)

    @router.get("/feed.atom", summary="What was published last, as Atom")
    async def atom(if_none_match: IfNoneMatch = None) -> Response:
        title, author = _named(office)
        body = feeds.atom(title, author, address, await _entries(office))
        return served(body, feeds.ATOM, if_none_match)

    @router.get("/feed.json", summary="What was published last, as JSON Feed 1.1")
    async def feed(if_none_match: IfNoneMatch = None) -> Response:
        title, author = _named(office)
        shown = feeds.json_feed(title, author, address, await _entries(office))
        return json(shown, if_none_match, media_type=feeds.JSON_FEED)

    return router


async def _found(db: Database, model: ReadModel, key: str) -> dict[str, Any]:
    row = await one(db, model, key)
    if row is None:
        raise NotPublished()
    return row


async def _entries(office: Open) -> list[feeds.Entry]:
    """The latest of each kind, the last one first."""
    kinds = ((CASES, feeds.of_case), (THEMES, feeds.of_theme), (DATASETS, feeds.of_dataset))
    entries = [
        of(row, office.address) for model, of in kinds for row in await latest(office.db, model, IN_A_FEED)
    ]
    return sorted(entries, key=lambda entry: (entry.updated, entry.id), reverse=True)[:IN_A_FEED]


def _named(office: Open) -> tuple[str, str]:
    edition = office.edition
    return f"{edition.publication.name or edition.issued_by} 公民連携", edition.issued_by


def _csv(body: bytes, if_none_match: str | None) -> Response:
    return served(body, tables.MEDIA_TYPE, if_none_match)


def _theme(row: dict[str, Any]) -> dict[str, Any]:
    hidden = {"key", "seq"}
    return {"theme": row["key"], **{name: value for name, value in row.items() if name not in hidden}}


def _theme_line(row: dict[str, Any]) -> list[Any]:
    criteria = ";".join(f"{name}:{weight}" for name, weight in row["criteria"])
    named = ("title", "section", "standing", "opens", "closes", "published_on")
    return [row["key"], *(row[name] for name in named), criteria, row["min_total"], row["reason"]]


def _head(row: dict[str, Any]) -> dict[str, Any]:
    named = ("dataset", "title", "licence", "columns", "limit", "released_on", "case")
    return {"id": row["key"], **{name: row[name] for name in named}}


def _dataset(row: dict[str, Any]) -> dict[str, Any]:
    return {**_head(row), **{name: row[name] for name in ("labels", "rows", "totals")}}


def _catalogue(office: Open) -> dict[str, Any]:
    at = f"{office.address}/publication"
    title, author = _named(office)
    return {
        "title": title,
        "publisher": author,
        "licence": LICENCE,
        "edition": office.edition.id,
        "cases": [f"{at}/cases", f"{at}/cases.csv"],
        "themes": [f"{at}/themes", f"{at}/themes.csv"],
        "datasets": [f"{at}/datasets"],
        "statistics": [f"{at}/statistics", f"{at}/statistics.csv"],
        "procurements": [f"{at}/procurements/releases", f"{at}/procurements/records"],
        "feeds": [f"{at}/feed.atom", f"{at}/feed.json"],
    }


def today_of(now: Callable[[], Any]) -> Callable[[], date]:
    return lambda: day(now())
