"""Questions at the window, from the asking to the proposal that comes of it, on a real database."""

from __future__ import annotations

from typing import Any

from contracts.intake import ConversionUndone, IdeaRead, ProposalSubmitted
from tests.deciding import at
from tests.intake.counter import HEAD, PROPOSER, PURPOSE, WINDOW, YOUTH, Counter
from tests.intake.sample_consultation import APPLICANT, ASK, QUESTION_TEXT

CONVERT: dict[str, Any] = {
    "case": "C01",
    "kind": "free_proposal",
    "channel": "web",
    "proposer": APPLICANT,
    "city_cost": {"class": "none"},
    "consent_to_terms": True,
}


async def opened(counter: Counter, id_: str = "Q1", actor: str = PROPOSER, **changed: Any) -> dict[str, str]:
    reply = await counter.ask(f"consultation/{id_}/open-consultation", actor, {**ASK, **changed})
    assert reply.facts == ["ConsultationOpened"]
    return {"number": reply.body["receipt_number"], "secret": reply.body["secret"]}


async def test_who_asked_sees_how_it_stands_and_reads_the_answer(counter: Counter) -> None:
    receipt = await opened(counter)
    path = f"status/{receipt['number']}"
    waiting = (await counter.look(path, Renkei_Secret=receipt["secret"])).body
    assert (waiting["status"], waiting["answer_by"]) == ("open", "2023-09-04")
    assert "answer" not in waiting
    await counter.ask("consultation/Q1/answer-consultation", WINDOW, {"answer": "できます。"})
    told = (await counter.look(path, Renkei_Secret=receipt["secret"])).body
    assert (told["status"], told["answer"]) == ("answered", "できます。")
    assert (await counter.look(path, Renkei_Secret="X" * 20)).refused == "NoSuchCase"
    [kept] = [fact for fact in await counter.history("consultation/Q1") if isinstance(fact, IdeaRead)]
    assert kept.reader == receipt["number"]  # V17


async def test_a_section_reads_the_question_once_the_window_asks_it(counter: Counter) -> None:
    await opened(counter)
    assert (await counter.look("consultation/Q1", YOUTH, **PURPOSE)).refused == "NotYoursToRead"
    await counter.ask("consultation/Q1/refer-consultation", WINDOW, {"section": "S17"})
    reply = await counter.look("consultation/Q1", YOUTH, **PURPOSE)
    assert reply.body["question"] == QUESTION_TEXT
    answered = await counter.ask("consultation/Q1/answer-consultation", YOUTH, {"answer": "できます。"})
    assert answered.body["facts"][0]["data"]["section"] == "S17"


async def test_it_is_referred_only_to_a_section_of_the_edition_in_force(counter: Counter) -> None:
    await opened(counter)
    reply = await counter.ask("consultation/Q1/refer-consultation", WINDOW, {"section": "S99"})
    assert reply.refused == "SectionNotOfTheEdition"


async def test_it_becomes_a_proposal_with_a_link_and_a_receipt_of_its_own(counter: Counter) -> None:
    asked = await opened(counter)
    reply = await counter.ask("consultation/Q1/convert-to-proposal", PROPOSER, CONVERT)
    assert reply.facts == ["ConsultationConverted"]
    number, secret = reply.body["receipt_number"], reply.body["secret"]
    assert (reply.body["case"], number != asked["number"], secret != asked["secret"]) == ("C01", True, True)
    assert QUESTION_TEXT not in str(reply.body)
    counter.now = at("2023-08-23 09:00")  # heard later than it happened
    await counter.hear()
    [fact] = await counter.history("proposal/C01")
    assert isinstance(fact, ProposalSubmitted)
    assert (fact.consultation, fact.receipt_number, str(fact.submitted_on)) == ("Q1", number, "2023-08-21")
    assert fact.body.reveal() == QUESTION_TEXT
    status = await counter.look(f"status/{number}", Renkei_Secret=secret)
    assert status.body["status"] == "submitted"
    assert (await counter.look(f"status/{asked['number']}", Renkei_Secret=asked["secret"])).body[
        "case"
    ] == "C01"
    counter.heard.clear()
    await counter.hear()  # everything once more
    assert len(await counter.history("proposal/C01")) == 1


async def test_the_office_turns_what_came_by_phone_into_a_proposal(counter: Counter) -> None:
    await opened(counter, actor=WINDOW, channel="phone")
    reply = await counter.ask(
        "consultation/Q1/convert-to-proposal", WINDOW, {**CONVERT, "channel": "counter"}
    )
    assert reply.facts == ["ConsultationConverted"]
    await counter.hear()
    [fact] = await counter.history("proposal/C01")
    assert isinstance(fact, ProposalSubmitted)
    assert fact.channel == "counter"


async def test_v16_a_stranger_turns_nobodys_question_into_a_proposal(counter: Counter) -> None:
    receipt = await opened(counter)
    stranger = "proposer:P-99"
    path = "consultation/Q1/convert-to-proposal"
    assert (await counter.ask(path, stranger, CONVERT)).refused == "NotYourConsultation"
    proved = await counter.ask(path, stranger, {**CONVERT, "secret": receipt["secret"]})
    assert proved.facts == ["ConsultationConverted"]
    assert receipt["secret"] not in str(proved.body)


async def test_a_case_id_that_is_taken_is_refused(counter: Counter) -> None:
    await counter.submit("C01")
    await opened(counter)
    path = "consultation/Q1/convert-to-proposal"
    assert (await counter.ask(path, PROPOSER, CONVERT)).refused == "CaseIdTaken"
    assert (await counter.ask(path, PROPOSER, {**CONVERT, "case": "ん"})).refused == "Malformed"
    assert (await counter.ask(path, PROPOSER, {**CONVERT, "case": "C02"})).facts == ["ConsultationConverted"]


async def test_a_case_id_taken_in_the_same_moment_gives_the_question_back(counter: Counter) -> None:
    await opened(counter)
    await counter.ask("consultation/Q1/convert-to-proposal", PROPOSER, CONVERT)
    await counter.submit("C01", "proposer:P-99", title="別の提案")
    await counter.hear()
    [fact] = await counter.history("proposal/C01")
    assert isinstance(fact, ProposalSubmitted)
    assert fact.consultation is None
    assert ConversionUndone(case="C01") in await counter.history("consultation/Q1")
    [listed] = (await counter.look("consultations?status=open", HEAD)).body
    assert (listed["consultation"], listed["case"]) == ("Q1", None)


async def test_the_office_lists_questions_without_a_word_of_them(counter: Counter) -> None:
    await opened(counter)
    [listed] = (await counter.look("consultations", WINDOW)).body
    assert listed["organisation"] == "株式会社ミマモリ架空電機"
    for secret in (QUESTION_TEXT, "見守り", "mimamori@"):
        assert secret not in str(listed)
    assert "secret_hash" not in listed
    assert (await counter.look("consultations", PROPOSER)).status == 403


async def test_v22_an_answer_that_is_late_is_listed_until_it_comes(counter: Counter) -> None:
    await opened(counter)
    counter.now = at("2023-09-05 00:00")
    assert await counter.fall_due() == 1
    [waiting] = (await counter.look("overdue", WINDOW)).body
    assert waiting == {"what": "consultation", "id": "Q1", "overdue": "2023-09-04"}
    await counter.ask("consultation/Q1/answer-consultation", WINDOW, {"answer": "できます。"})
    assert (await counter.look("overdue", WINDOW)).body == []
