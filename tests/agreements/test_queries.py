"""Who is told what of the talks: the catalogue everybody, an evaluation its own reviewers and the office."""

from __future__ import annotations

from typing import Any, cast

import orjson
import pytest
from fastapi import FastAPI

from chassis.http import application
from chassis.identity import at_their_word
from services.agreements.api import routes, supplies
from services.agreements.domain.evaluation.commands import LockedCriteria, OpenEvaluation
from tests.agreements.sample import EDITION, NOON, R1, R2, SCORING, VERSION, recuse, score
from tests.agreements.test_blind_scores import Kept


class Rows:
    """What queries find, by the table that they ask."""

    def __init__(self, **tables: Any) -> None:
        self.tables = tables

    async def fetchrow(self, query: str, key: str) -> Any:
        table = query.split(" from ")[1].split()[0]
        doc = self.tables.get(table, {}).get(key)
        return {"key": key, "doc": doc} if doc else None

    async def fetch(self, query: str, *args: Any) -> Any:
        return []


WEIGHED = SCORING.after(score(R1, 80, 75), score(R2, 60, 55), recuse("REV-02"))


class Asking:
    """Somebody who looks something up."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    async def get(self, path: str, actor: str | None = None) -> tuple[int, Any]:
        """Status and body of the answer."""
        sent: list[Any] = []
        path, _, query = path.partition("?")
        headers = [(b"renkei-actor", actor.encode())] if actor else []
        scope = {
            "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "headers": headers,
            "query_string": query.encode(), "root_path": "", "http_version": "1.1", "scheme": "http",
        }  # fmt: skip

        async def receive() -> Any:
            return {"type": "http.request", "body": b""}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        return sent[0]["status"], orjson.loads(b"".join(message.get("body", b"") for message in sent))


@pytest.fixture
def client() -> Asking:
    rows = cast(Any, Rows(evaluations={"C01": Kept(WEIGHED).doc}))
    return Asking(
        application("agreements", [routes(rows, at_their_word, lambda: NOON, EDITION.municipality)])
    )


async def test_everybody_reads_what_the_city_provides(client: Asking) -> None:
    _, told = await client.get("/agreements/catalogue")
    assert told["edition"] == EDITION.id
    assert told["items"][0] == {
        "id": "roads",
        "kind": "field",
        "name": "市道・駅前の歩行空間",
        "section": "S27",
        "section_name": "道路維持課",
        "conditions": ["道路占用許可(道路法32条)", "歩行者の通行を妨げない", "占用料の減免は別に審査する"],
        "licence": None,
    }
    _, other = await client.get("/agreements/catalogue?edition=kakuu-minato/2024-04")
    assert [item["id"] for item in other["items"]] == ["pier-plaza"]


@pytest.mark.parametrize("edition", ["nowhere/2023-07", "../2023-07"])
async def test_an_edition_that_is_not_there_provides_nothing(client: Asking, edition: str) -> None:
    status, problem = await client.get(f"/agreements/catalogue?edition={edition}")
    assert (status, problem["type"]) == (404, "urn:renkei:refused:NoSuchCatalogue")


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        ("window:W-01:S01", 200),
        ("auditor:A-01", 200),
        ("reviewer:REV-01", 200),
        ("reviewer:REV-02", 403),  # recused: V19
        ("reviewer:REV-09", 403),  # of other cases
        ("section:U-14:S14", 403),
        ("proposer:P-01", 403),
    ],
)
async def test_v19_an_evaluation_is_for_its_own_reviewers_and_the_office(
    client: Asking, actor: str, status: int
) -> None:
    found, _ = await client.get("/agreements/partnership/C01/evaluation", actor)
    assert found == status


async def test_v19_nobody_is_told_the_score_of_another_before_the_conclusion(client: Asking) -> None:
    for actor, own in (("reviewer:REV-01", {"課題適合性": 80, "安全管理": 75}), ("mayor:M-01", None)):
        _, told = await client.get("/agreements/partnership/C01/evaluation", actor)
        assert told["total"] is None
        assert [each["scores"] for each in told["reviewers"]] == [own, None, None]


async def test_of_a_case_without_evaluation_a_reviewer_learns_nothing(client: Asking) -> None:
    for actor, status in (("reviewer:REV-01", 403), ("window:W-01:S01", 404)):
        assert (await client.get("/agreements/partnership/C02/evaluation", actor))[0] == status


async def test_what_sections_were_asked_for_is_for_the_city(client: Asking) -> None:
    for path in ("/agreements/section/S27/requests", "/agreements/partnership/C01/requests"):
        assert await client.get(path, "section:U-27:S27") == (200, {"items": []})
        assert (await client.get(path, "proposer:P-01"))[0] == 403
    assert (await client.get("/agreements/section/all/requests", "mayor:M-01"))[0] == 422


async def test_v20_an_opening_is_told_what_was_locked_for_the_theme_of_the_case() -> None:
    rows = Rows(
        partnerships={"C01": {"theme": "T-1"}, "C02": {"theme": "T-2"}, "C03": {"theme": None}},
        theme_criteria={"T-1": {"version": VERSION}},
    )
    given = supplies(cast(Any, rows))[OpenEvaluation].fields
    locked = LockedCriteria(theme="T-1", version=VERSION)
    assert await given("C01", {}, NOON) == {"locked": locked}
    for case in ("C02", "C03", "C04"):
        assert await given(case, {}, NOON) == {"locked": None}
