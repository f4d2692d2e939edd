"""Proposals as people bring them, over HTTP and on a real database."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from contracts.agreements import AgreementSigned
from contracts.intake import AccessOpened, IdeaRead, ProposalReceived
from contracts.matching import ConflictFound, MatchProposed
from services.intake.receipts import hashed
from tests.deciding import at
from tests.guidelines.test_packs import HERE as REVISED
from tests.intake.counter import HEAD, PROPOSER, PURPOSE, WINDOW, Counter, told_elsewhere
from tests.intake.sample import FORM, IDEA

LEAD = "section:U-1401:S14"


async def received(counter: Counter, case: str = "C01", **changed: object) -> ProposalReceived:
    await counter.submit(case, **changed)
    await counter.ask(f"proposal/{case}/accept-proposal", WINDOW)
    [fact] = [
        each for each in await counter.history(f"proposal/{case}") if isinstance(each, ProposalReceived)
    ]
    return fact


async def test_a_receipt_number_and_its_secret_show_how_a_case_stands(counter: Counter) -> None:
    reply = await counter.submit()
    assert reply.facts == ["ProposalSubmitted"]
    number, secret = reply.body["receipt_number"], reply.body["secret"]
    status = await counter.look(f"status/{number}", Renkei_Secret=secret)
    assert (status.body["status"], status.body["kind"]) == ("submitted", "free_proposal")
    assert (await counter.look(f"status/{number}", Renkei_Secret="X" * 20)).refused == "NoSuchCase"
    assert (await counter.look("status/2023-999999", Renkei_Secret=secret)).refused == "NoSuchCase"


async def test_receipt_numbers_are_one_sequence_on_every_channel(counter: Counter) -> None:
    numbers = [(await counter.submit()).body["receipt_number"]]
    for number, channel in enumerate(("counter", "phone", "post", "email")):
        reply = await counter.submit(f"C1{number}", WINDOW, channel=channel)
        numbers.append(reply.body["receipt_number"])
    question = {"channel": "phone", "topic": "使い方", "question": "誰でも提案できますか。"}
    asked = await counter.ask("consultation/Q1/open-consultation", WINDOW, question)
    numbers.append(asked.body["receipt_number"])
    assert numbers == [f"2023-{n:06d}" for n in range(1, 7)]


async def test_the_terms_of_the_day_are_shown_and_kept_with_the_consent(counter: Counter) -> None:
    terms = (await counter.look("terms")).body
    assert terms["edition"] == "tokorozawa/2023-07"
    assert [clause["id"] for clause in terms["terms"]] == ["GL5-04", "GL6-1", "GL6-2", "GL6-3", "GL6-4"]
    reply = await counter.submit(terms=terms["edition"])
    assert reply.body["facts"][0]["data"]["terms"] == terms["edition"]
    assert (await counter.submit("C02", terms="tokorozawa/2022-07")).refused == "TermsHaveChanged"


async def test_v21_before_any_guideline_a_proposal_is_taken_and_waits_for_one(counter: Counter) -> None:
    counter.now = at("2019-04-29 23:59")
    assert (await counter.submit()).facts == ["ProposalSubmitted"]
    assert (await counter.ask("proposal/C01/accept-proposal", WINDOW)).refused == "NoGuidelineInForce"
    counter.now = at("2023-07-03 09:00")
    assert (await counter.ask("proposal/C01/accept-proposal", WINDOW)).facts == ["ProposalReceived"]


async def test_who_was_here_before_is_linked_at_the_acceptance(counter: Counter) -> None:
    first = await received(counter, "C01")
    counter.now = at("2023-08-22 09:00")
    same_number = {**FORM["proposer"], "name": "ミマモリ新社名株式会社"}
    second = await received(counter, "C02", proposer=same_number)
    counter.now = at("2023-08-23 09:00")
    same_name = {**FORM["proposer"], "name": "㈱ミマモリ 架空電機", "corporate_number": None}
    third = await received(counter, "C03", proposer=same_name)
    other = await received(counter, "C04", proposer={**FORM["proposer"], "corporate_number": "3999901000104"})
    named = await received(counter, "C05", proposer={**same_name, "name": "架空会"}, previous_case="C04")
    found = [fact.earlier_cases for fact in (first, second, third, other, named)]
    assert found == [(), ("C01",), ("C01",), ("C03",), ("C04",)]


async def test_a_case_nobody_accepted_links_nothing(counter: Counter) -> None:
    await counter.submit("C01")
    assert (await received(counter, "C02", previous_case="nowhere")).earlier_cases == ()


async def test_v22_what_waits_too_long_is_listed_until_it_is_done(counter: Counter) -> None:
    await counter.submit()
    counter.now = at("2023-08-24 23:59")
    assert await counter.fall_due() == 0
    counter.now = at("2023-08-25 00:00")
    assert await counter.fall_due() == 1
    waiting = {"what": "case", "id": "C01", "overdue": "2023-08-24"}
    assert (await counter.look("overdue", HEAD)).body == [waiting]
    await counter.ask("proposal/C01/accept-proposal", WINDOW)
    assert (await counter.look("overdue", HEAD)).body == []
    assert (await counter.look("overdue", PROPOSER)).status == 403


async def test_v17_nobody_reads_an_idea_without_a_purpose_and_each_reading_is_kept(counter: Counter) -> None:
    await counter.submit()
    assert (await counter.look("proposal/C01", WINDOW)).refused == "PurposeMissing"
    assert (
        await counter.look("proposal/C01", WINDOW, Renkei_Purpose=quote("　 "))
    ).refused == "PurposeMissing"
    assert await counter.history("access/C01") == []
    reply = await counter.look("proposal/C01", WINDOW, **PURPOSE)
    assert reply.body["body"] == IDEA
    raw = await counter.look("proposal/C01", WINDOW, Renkei_Purpose="生のUTF-8")
    assert raw.status == 200
    kept = [fact for fact in await counter.history("access/C01") if isinstance(fact, IdeaRead)]
    assert [(fact.reader, fact.purpose) for fact in kept] == [("W-01", "内容の確認"), ("W-01", "生のUTF-8")]


async def test_v17_who_read_it_is_shown_to_the_head_and_the_auditor_alone(counter: Counter) -> None:
    await counter.submit()
    await counter.look("proposal/C01", WINDOW, **PURPOSE)
    for actor in (HEAD, "auditor:A-01"):
        [entry] = (await counter.look("access/C01", actor)).body
        assert (entry["actor"], entry["purpose"]) == (WINDOW, "内容の確認")
    assert (await counter.look("access/C01", WINDOW)).status == 403


async def test_a_purpose_is_a_line(counter: Counter) -> None:
    await counter.submit()
    for wrong in (quote("一行目\n二行目"), quote("長" * 201), "%00"):
        reply = await counter.look("proposal/C01", WINDOW, Renkei_Purpose=wrong)
        assert reply.refused == "Malformed"


async def test_v16_a_proposer_reads_their_own_with_the_secret_of_the_receipt(counter: Counter) -> None:
    mine, other = await counter.submit("C01"), await counter.submit("C02")
    own = await counter.look("proposal/C01", Renkei_Secret=mine.body["secret"])
    assert own.body["body"] == IDEA
    assert (await counter.look("proposal/C01", Renkei_Secret=other.body["secret"])).refused == "NoSuchCase"
    assert (await counter.look("proposal/C01", PROPOSER, **PURPOSE)).refused == "NotOnThisCase"
    [kept] = await counter.history("access/C01")
    assert isinstance(kept, IdeaRead)
    assert (kept.reader, kept.role) == (mine.body["receipt_number"], "proposer")


async def test_v19_a_section_reads_when_it_is_asked_and_never_when_it_is_partial(counter: Counter) -> None:
    await counter.submit()
    assert (await counter.look("proposal/C01", LEAD, **PURPOSE)).refused == "NotOnThisCase"
    await counter.told(told_elsewhere(MatchProposed, offered_to="S14"))
    assert (await counter.look("proposal/C01", LEAD, **PURPOSE)).status == 200
    await counter.told(ConflictFound(person="U-1401", section="S14", whole_section=False, basis="registry"))
    assert (await counter.look("proposal/C01", LEAD, **PURPOSE)).refused == "Partial"
    assert (await counter.look("proposal/C01", "section:U-1402:S14", **PURPOSE)).status == 200
    facts = await counter.history("access/C01")
    assert [type(fact).__name__ for fact in facts] == ["AccessOpened", "IdeaRead", "AccessClosed", "IdeaRead"]
    assert facts[0] == AccessOpened(section="S14")


async def test_what_is_read_on_paper_is_kept_too_and_only_of_cases_there_are(counter: Counter) -> None:
    await counter.submit()
    told = {"purpose": "紙の提案書の確認"}
    assert (await counter.ask("access/C01/read-idea", WINDOW, told)).facts == ["IdeaRead"]
    assert (await counter.ask("access/C09/read-idea", WINDOW, told)).refused == "NotSubmitted"


async def test_the_office_lists_cases_by_status(counter: Counter) -> None:
    await counter.submit("C01")
    await received(counter, "C02")
    found = (await counter.look("cases?status=screening", WINDOW)).body
    assert [case["case"] for case in found] == ["C02"]
    assert "secret_hash" not in found[0]
    assert {case["case"] for case in (await counter.look("cases", HEAD)).body} == {"C01", "C02"}


async def test_a_case_is_migrated_to_the_edition_in_force(counter: Counter) -> None:
    await received(counter)
    wanted = {"edition": "tokorozawa/2022-07", "reason": "改定のため"}
    assert (await counter.ask("proposal/C01/migrate-guideline", HEAD, wanted)).refused == "EditionNotInForce"
    same = {**wanted, "edition": "tokorozawa/2023-07"}
    assert (await counter.ask("proposal/C01/migrate-guideline", HEAD, same)).refused == "AlreadyUnderEdition"
    assert (await counter.ask("proposal/C01/migrate-guideline", WINDOW, same)).status == 403


async def test_v32_a_case_keeps_its_edition_until_it_is_migrated(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENKEI_GUIDELINES", str(REVISED))
    counter.now = at("2024-09-30 23:59")
    await received(counter, "C01")
    counter.now = at("2024-10-01 00:00")
    after = await received(counter, "C02", terms="tokorozawa/2024-10")
    assert after.edition == "tokorozawa/2024-10"
    bound = {case["case"]: case["edition"] for case in (await counter.look("cases", HEAD)).body}
    assert bound == {"C01": "tokorozawa/2023-07", "C02": "tokorozawa/2024-10"}
    wanted = {"edition": "tokorozawa/2024-10", "reason": "改定のため"}
    reply = await counter.ask("proposal/C01/migrate-guideline", HEAD, wanted)
    assert reply.facts == ["GuidelineMigrated"]
    assert reply.body["facts"][0]["data"]["from_edition"] == "tokorozawa/2023-07"
    assert {case["edition"] for case in (await counter.look("cases", HEAD)).body} == {"tokorozawa/2024-10"}


async def test_v33_a_withdrawal_works_until_the_signature(counter: Counter) -> None:
    await received(counter)
    await counter.told(told_elsewhere(AgreementSigned))
    assert (await counter.ask("proposal/C01/withdraw", PROPOSER)).refused == "AlreadyAgreed"
    await received(counter, "C02")
    assert (await counter.ask("proposal/C02/withdraw", PROPOSER)).facts == ["Withdrawn"]


async def test_the_secret_of_a_question_is_not_that_of_a_case_with_the_same_id(counter: Counter) -> None:
    question = {"channel": "web", "topic": "使い方", "question": "誰でも提案できますか。"}
    asked = await counter.ask("consultation/C01/open-consultation", "proposer:P-02", question)
    submitted = await counter.submit("C01")
    assert asked.body["secret"] != submitted.body["secret"]
    assert hashed(asked.body["secret"]) != hashed(submitted.body["secret"])


@pytest.mark.parametrize(
    "path", ["cases?status=%00", "status/%00", "proposal/%00", "themes/%00", "cases?limit=0"]
)
async def test_a_query_of_the_wrong_shape_is_malformed(counter: Counter, path: str) -> None:
    reply = await counter.look(path.replace("%00", "\0"), WINDOW, Renkei_Secret="X", **PURPOSE)
    assert reply.status == 422
