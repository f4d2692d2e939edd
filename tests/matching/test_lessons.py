"""What the ranking learns from: what sections said to earlier cases, rebuilt by replay like any read model."""

from __future__ import annotations

import pytest
from asyncpg import Record

from chassis.rebuild import rebuild
from contracts.matching import SectionsRanked
from services.matching.projections import LESSONS, Learnt
from services.matching.ranking import SCORER
from tests.matching.hall import Hall, eligible, received
from tests.matching.sample import NO_STAFF, S14, accept, case, decline, open_matching, rank, recorded, reopen

ELDERLY = {"title": "高齢者の見守り", "body": "単身の高齢者を見守ります。"}


async def said(learnt: Learnt, scorer: str = SCORER) -> list[tuple[str, str, str]]:
    return [(each.case, each.section, each.verdict) for each in await learnt.so_far(scorer)]


async def matched(hall: Hall, *cases: str) -> None:
    for name in cases:
        await hall.hear(received(), name)
        await hall.hear(eligible(), name)


async def test_what_sections_accepted_and_declined_is_learnt(hall: Hall) -> None:
    learnt = Learnt(hall.parts.pool)
    assert await said(learnt) == []
    await matched(hall, "C01", "C02")
    assert await said(learnt) == []
    await hall.do(("C01", accept()), ("C02", decline(ground="not_ours")))
    assert sorted(await said(learnt)) == [("C01", "S14", "accepted"), ("C02", "S14", "declined")]
    assert await said(Learnt(hall.parts.pool), "duty-words/1") == []


@pytest.mark.parametrize(
    ("answer", "taught"),
    [("no_room", []), ("not_ours", ["declined"]), ("other", ["declined"]), (None, ["declined"])],
)
async def test_a_decline_for_want_of_room_teaches_nothing(
    hall: Hall, answer: str | None, taught: list[str]
) -> None:
    await matched(hall, "C01")
    await hall.do(("C01", decline(ground=answer)))
    assert [verdict for _, _, verdict in await said(Learnt(hall.parts.pool))] == taught


async def test_a_case_that_was_given_back_teaches_nothing_of_its_lead_any_more(hall: Hall) -> None:
    learnt = Learnt(hall.parts.pool)
    await matched(hall, "C01")
    await hall.do(("C01", accept()))
    assert len(await said(learnt)) == 1
    await hall.do(("C01", reopen()))
    assert await said(learnt) == []


async def test_only_the_latest_cases_are_kept_in_mind(hall: Hall) -> None:
    learnt = Learnt(hall.parts.pool, at_most=2)
    for n in range(1, 5):
        await matched(hall, f"C0{n}")
        at = accept().at.replace(hour=10 + n)
        await hall.do((f"C0{n}", accept().model_copy(update={"at": at})))
        assert len(await said(learnt)) == min(n, 2)
    assert [name for name, *_ in await said(learnt)] == ["C03", "C04"]
    assert await said(learnt) == await said(Learnt(hall.parts.pool, at_most=2))


async def test_an_earlier_case_like_it_moves_the_next_ranking_and_is_told(hall: Hall) -> None:
    await hall.hear(received(**ELDERLY), "C01")
    await hall.hear(eligible(), "C01")
    await hall.do(("C01", decline(S14, ground="not_ours")))
    [_, ranked] = await hall.hear(received(**ELDERLY), "C02")
    assert isinstance(ranked, SectionsRanked)
    [lesson] = [each for each in ranked.lessons if each.section == "S14"]
    assert (lesson.case, lesson.verdict) == ("C01", "declined")
    shown = (await hall.get("matching/C02")).json()
    assert shown["ranking"]["lessons"][0]["case"] == "C01"


async def test_lessons_come_back_by_replay(hall: Hall) -> None:
    await matched(hall, "C01", "C02")
    await hall.do(("C01", accept()), ("C02", decline()))
    before = await said(Learnt(hall.parts.pool))
    await hall.parts.pool.execute("delete from lessons")
    await rebuild(hall.parts.store, LESSONS)
    assert await said(Learnt(hall.parts.pool)) == before


def test_what_people_wrote_is_no_lesson() -> None:
    for fact in case.after(rank(S14_ONLY), open_matching(), decline()).history:
        assert NO_STAFF.reveal() not in str(LESSONS.project(recorded(fact)))


S14_ONLY = {"section": "S14", "score": 1.0}


class Looking:
    """The pool, and how many rows each look brought."""

    def __init__(self, hall: Hall) -> None:
        self._pool = hall.parts.pool
        self.brought: list[int] = []

    async def fetch(self, query: str, *args: object) -> list[Record]:
        rows: list[Record] = await self._pool.fetch(query, *args)
        self.brought.append(len(rows))
        return rows


async def test_a_look_brings_only_what_is_new(hall: Hall) -> None:
    db = Looking(hall)
    learnt = Learnt(db)
    await matched(hall, "C01", "C02")
    await hall.do(("C01", accept()))
    await said(learnt)
    await said(learnt)
    await hall.do(("C02", accept()))
    assert len(await said(learnt)) == 2
    await hall.do(("C01", reopen()))
    assert [name for name, *_ in await said(learnt)] == ["C02"]
    assert db.brought == [1, 0, 1, 1]
