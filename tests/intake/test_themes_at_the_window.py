"""Themes from the draft to their end, with proposals and questions, on a real database."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.agreements import AgreementSigned
from contracts.intake import ProposalReceived, Stage, ThemeCancelled, TurnedFree
from tests.deciding import at
from tests.intake.counter import HEAD, PROPOSER, PURPOSE, WINDOW, YOUTH, Counter, told_elsewhere
from tests.intake.sample import IDEA
from tests.intake.sample_theme import ASKED_TEXT, DRAFT, RESTATED, VERSION

THEME = "T-2023-01"
BODY = {**DRAFT, "opens": "2023-08-01", "closes": "2023-08-31"}
TO_THEME = {"kind": "theme_proposal", "theme": THEME}


@pytest.fixture
async def published(counter: Counter) -> Counter:
    await counter.ask(f"theme/{THEME}/draft-theme", YOUTH, BODY)
    assert (await counter.ask(f"theme/{THEME}/publish-theme", HEAD)).facts == ["ThemePublished"]
    return counter


async def test_a_draft_is_seen_by_the_office_and_takes_no_proposals(counter: Counter) -> None:
    assert (await counter.submit(**TO_THEME)).refused == "NoSuchTheme"
    assert (await counter.ask(f"theme/{THEME}/draft-theme", YOUTH, BODY)).facts == ["ThemeDrafted"]
    assert (await counter.submit(**TO_THEME)).refused == "NoSuchTheme"
    assert (await counter.look("themes")).body == []
    assert (await counter.look(f"themes/{THEME}")).refused == "ThemeNotFound"
    assert [each["theme"] for each in (await counter.look("theme-drafts", YOUTH)).body] == [THEME]
    assert (await counter.look("theme-drafts", PROPOSER)).status == 403


async def test_everybody_sees_what_is_published_and_its_section_follows(published: Counter) -> None:
    [shown] = (await published.look("themes")).body
    assert (shown["theme"], shown["status"], shown["section"]) == (THEME, "open", "S17")
    assert shown["criteria"] == BODY["criteria"]
    reply = await published.submit(**TO_THEME)
    data = reply.body["facts"][0]["data"]
    assert (data["theme_section"], data["criteria_version"]) == ("S17", VERSION)
    assert (await published.submit("C02", **TO_THEME, theme_section="S09")).refused == "OtherThemeSection"


async def test_it_closes_by_itself_and_takes_no_more(published: Counter) -> None:
    published.now = at("2023-08-31 23:59")
    assert await published.fall_due() == 0
    assert (await published.submit("C01", **TO_THEME)).status == 200
    published.now = at("2023-09-01 00:00")
    assert (await published.submit("C02", **TO_THEME)).refused == "ThemeNotOpen"
    await published.fall_due()
    assert (await published.look(f"themes/{THEME}")).body["status"] == "closed"
    assert (await published.submit("C03")).status == 200  # V21: a free one is welcome


async def test_when_it_is_cancelled_its_proposals_go_on_as_free_ones(published: Counter) -> None:
    for case in ("C01", "C02", "C03"):
        await published.submit(case, **TO_THEME)
    await published.ask("proposal/C02/accept-proposal", WINDOW)
    await published.ask("proposal/C03/withdraw", PROPOSER)
    reason = {"reason": "予算がなくなったため"}
    assert (await published.ask(f"theme/{THEME}/cancel-theme", YOUTH, reason)).facts == ["ThemeCancelled"]
    await published.hear()
    freed = TurnedFree(theme=THEME, reason=reason["reason"])
    told = [freed in await published.history(f"proposal/{case}") for case in ("C01", "C02", "C03")]
    assert told == [True, True, False]
    listed = {each["case"]: each for each in (await published.look("cases", HEAD)).body}
    assert (listed["C01"]["kind"], listed["C01"]["theme"]) == ("free_proposal", None)
    assert listed["C03"]["theme"] == THEME
    shown = (await published.look(f"themes/{THEME}")).body
    assert (shown["status"], shown["reason"]) == ("cancelled", reason["reason"])
    published.heard.clear()
    await published.hear()  # everything once more
    assert [type(fact).__name__ for fact in await published.history("proposal/C01")] == [
        "ProposalSubmitted",
        "TurnedFree",
    ]


async def test_one_that_came_in_the_moment_of_the_cancellation_turns_free_at_its_acceptance(
    published: Counter,
) -> None:
    await published.submit(**TO_THEME)
    await published.ask(f"theme/{THEME}/cancel-theme", HEAD, {"reason": "中止"})
    reply = await published.ask("proposal/C01/accept-proposal", WINDOW)
    assert reply.facts == ["TurnedFree", "ProposalReceived"]
    *_, received = await published.history("proposal/C01")
    assert isinstance(received, ProposalReceived)
    assert received.theme is None
    await published.hear()
    assert len(await published.history("proposal/C01")) == 3


async def test_it_is_concluded_when_each_proposal_has_its_end(published: Counter) -> None:
    await published.submit("C01", **TO_THEME)
    await published.submit("C02", **TO_THEME)
    await published.ask("proposal/C01/accept-proposal", WINDOW)
    published.now = at("2023-09-01 00:00")
    await published.fall_due()
    path = f"theme/{THEME}/conclude-theme"
    assert (await published.ask(path, YOUTH)).refused == "ProposalsStillRunning"
    await published.told(told_elsewhere(AgreementSigned), "C01")
    refused = await published.ask(path, YOUTH)
    assert refused.refused == "ProposalsStillRunning"
    assert "C02" in refused.body["detail"]
    await published.ask("proposal/C02/withdraw", PROPOSER)
    assert (await published.ask(path, YOUTH)).facts == ["ThemeConcluded"]
    assert (await published.look("cases?status=agreed", HEAD)).body[0]["status"] == Stage.AGREED


async def test_v16_questions_are_answered_to_all_without_a_word_of_an_idea(published: Counter) -> None:
    await published.submit("C01", **TO_THEME)
    asked = await published.ask(
        f"theme/{THEME}/ask-theme-question", "proposer:P-02", {"question": ASKED_TEXT}
    )
    assert asked.facts == ["ThemeQuestionAsked"]
    assert ASKED_TEXT not in str(asked.body)
    path = f"theme/{THEME}/answer-theme-question"

    async def answered(**said: Any) -> str | None:
        told = {"number": 1, "question": RESTATED, "answer": "使用許可を受ければ使えます。", **said}
        return (await published.ask(path, YOUTH, told)).refused

    assert await answered(question=ASKED_TEXT) == "RepeatsTheQuestion"
    assert await answered(answer=f"ご提案の「{IDEA[:20]}」は対象です。") == "RepeatsAnIdea"
    assert (await published.look(f"themes/{THEME}")).body["questions"] == []
    assert await answered() is None
    [shown] = (await published.look(f"themes/{THEME}")).body["questions"]
    assert (shown["number"], shown["question"]) == (1, RESTATED)


async def test_v15_v16_no_public_page_tells_a_word_of_an_idea_or_a_question(published: Counter) -> None:
    await published.submit("C01", **TO_THEME)
    await published.ask(f"theme/{THEME}/ask-theme-question", PROPOSER, {"question": ASKED_TEXT})
    await published.ask(
        f"theme/{THEME}/answer-theme-question",
        YOUTH,
        {"number": 1, "question": RESTATED, "answer": "使えます。"},
    )
    public = [await published.look(path) for path in ("themes", f"themes/{THEME}", "terms")]
    tables = [
        str([tuple(row) for row in await published.parts.pool.fetch(f"select * from {table}")])
        for table in ("cases", "applicants", "consultations", "themes", "theme_questions", "deadlines")
    ]
    shown = str([reply.body for reply in public]) + "".join(tables)
    for secret in (IDEA, "IoT電球", "ロボット", "架空 一郎", "見守一丁目"):
        assert secret not in shown


async def test_v17_the_questions_as_asked_are_read_by_who_answers_them(published: Counter) -> None:
    await published.ask(f"theme/{THEME}/ask-theme-question", PROPOSER, {"question": ASKED_TEXT})
    path = f"theme-questions/{THEME}"
    assert (await published.look(path, YOUTH)).refused == "PurposeMissing"
    [question] = (await published.look(path, YOUTH, **PURPOSE)).body
    assert question["question"] == ASKED_TEXT
    assert (await published.look(path, "section:U-9:S09", **PURPOSE)).refused == "NotTheThemesSection"
    assert (await published.look(path, PROPOSER, **PURPOSE)).status == 403
    kept = [type(fact).__name__ for fact in await published.history(f"theme/{THEME}")]
    assert kept.count("IdeaRead") == 1


async def test_v22_a_question_that_waits_too_long_is_listed(published: Counter) -> None:
    await published.ask(f"theme/{THEME}/ask-theme-question", PROPOSER, {"question": ASKED_TEXT})
    published.now = at("2023-08-29 00:00")
    assert await published.fall_due() == 1
    [waiting] = (await published.look("overdue", WINDOW)).body
    assert waiting == {"what": "theme_question", "id": f"{THEME}/0001", "overdue": "2023-08-28"}


async def test_v36_read_models_are_the_same_after_a_replay(published: Counter) -> None:
    await published.submit("C01", **TO_THEME)
    await published.ask("proposal/C01/accept-proposal", WINDOW)
    await published.ask(f"theme/{THEME}/ask-theme-question", PROPOSER, {"question": ASKED_TEXT})
    await published.ask(f"theme/{THEME}/cancel-theme", YOUTH, {"reason": "中止"})
    await published.hear()
    assert ThemeCancelled(reason="中止") in await published.history(f"theme/{THEME}")
    for name, (before, after) in (await published.rebuilt()).items():
        assert before == after, name


async def test_a_theme_of_a_section_that_is_in_no_edition_is_not_published(counter: Counter) -> None:
    await counter.ask(f"theme/{THEME}/draft-theme", "section:U-1:S99", BODY)
    assert (await counter.ask(f"theme/{THEME}/publish-theme", HEAD)).refused == "NoSuchSection"


async def test_an_id_that_no_proposal_could_name_is_refused(counter: Counter) -> None:
    assert (await counter.ask("theme/T.2023.01/draft-theme", YOUTH, BODY)).refused == "ThemeIdUnfit"
