"""Procurements in the Open Contracting Data Standard 1.1.5, for everybody.

A release is served byte for byte as it was made and never changes (V36); later ones are added. Packages and records are
made of them when they are asked for.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Response

from services.publication.api.described import (
    PUBLIC,
    After,
    Id,
    IfNoneMatch,
    Limit,
    NotPublished,
    Ocid,
)
from services.publication.api.open_data import LICENCE, Open
from services.publication.api.serving import FOR_EVER, JSON, json, served
from services.publication.ocds.record import compiled
from services.publication.projections import RELEASES
from services.publication.projections.shown import one, page, processes, releases_of

VERSION = "1.1"
NONE_YET = "1970-01-01T00:00:00Z"


def routes(office: Open) -> APIRouter:
    router = APIRouter(prefix="/publication/procurements", tags=["open contracting"], responses=PUBLIC)
    db = office.db
    at = f"{office.address}/publication/procurements"

    @router.get("/releases", summary="Releases, in a package, in the order in which they were made")
    async def releases(
        after: After = None, limit: Limit = 100, if_none_match: IfNoneMatch = None
    ) -> Response:
        rows = await page(db, RELEASES, after, limit + 1)
        more = rows[limit - 1]["seq"] if len(rows) > limit else None
        shown = rows[:limit]
        query = f"?{urlencode({'after': after, 'limit': limit})}" if after else f"?limit={limit}"
        package = {
            **_package(office, f"{at}/releases{query}", [row["date"] for row in shown]),
            "releases": [orjson.Fragment(row["release"]) for row in shown],
            **_next(f"{at}/releases", more, limit),
        }
        return json(package, if_none_match)

    @router.get("/releases/{release}", summary="One release, byte for byte for ever")
    async def one_release(release: Id, if_none_match: IfNoneMatch = None) -> Response:
        row = await one(db, RELEASES, release)
        if row is None:
            raise NotPublished()
        return served(row["release"].encode(), JSON, if_none_match, cache=FOR_EVER)

    @router.get("/records", summary="Records, in a package: what the releases of each procurement come to")
    async def records(after: After = None, limit: Limit = 100, if_none_match: IfNoneMatch = None) -> Response:
        found = await processes(db, after, limit + 1)
        more = found[limit - 1][0] if len(found) > limit else None
        rows = {ocid: await releases_of(db, ocid) for _, ocid in found[:limit]}
        query = f"?{urlencode({'after': after, 'limit': limit})}" if after else f"?limit={limit}"
        dates = [row["date"] for each in rows.values() for row in each]
        package = {
            **_package(office, f"{at}/records{query}", dates),
            "records": [_record(ocid, each) for ocid, each in rows.items()],
            **_next(f"{at}/records", more, limit),
        }
        return json(package, if_none_match)

    @router.get("/records/{ocid}", summary="One procurement, in a record package")
    async def one_record(ocid: Ocid, if_none_match: IfNoneMatch = None) -> Response:
        rows = await releases_of(db, ocid)
        if not rows:
            raise NotPublished()
        head = _package(office, f"{at}/records/{ocid}", [row["date"] for row in rows])
        return json({**head, "records": [_record(ocid, rows)]}, if_none_match)

    return router


def _record(ocid: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    told = [row["release"] for row in rows]
    return {"ocid": ocid, "releases": list(map(orjson.Fragment, told)), "compiledRelease": compiled(told)}


def _package(office: Open, uri: str, dates: list[str]) -> dict[str, Any]:
    """What both kinds of packages say of themselves; published when its last release was."""
    rules = office.edition.publication
    publisher: dict[str, Any] = {"name": rules.name or office.edition.issued_by}
    if rules.corporate_number:
        publisher |= {"scheme": "JP-JCN", "uid": rules.corporate_number}
    return {
        "uri": uri,
        "version": VERSION,
        "publishedDate": max(dates, default=NONE_YET),
        "publisher": publisher,
        "license": LICENCE,
        "publicationPolicy": f"{office.address}/publication",
    }


def _next(at: str, more: str | None, limit: int) -> dict[str, Any]:
    """Packages may have a `links` member with the address of the next page (OCDS, guidance on pagination)."""
    return {"links": {"next": f"{at}?{urlencode({'after': more, 'limit': limit})}"}} if more else {}
