"""What the player does, and what it says when something else comes: against a front that answers what it is told."""

from collections import deque
from urllib.parse import quote

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from deploy.journeys import front as front_module
from deploy.journeys import player as player_module
from deploy.journeys.front import Front, NobodyAnswers
from deploy.journeys.player import Played, play
from deploy.journeys.reading import parse
from tests.journeys.scripted import SECRET, Said, Scripted, fact, facts, refused, script, submitted

HEAD = """\
name: T01
title: ためし
cases:
  case: 一件
  other: もう一件
variables:
  measure: BS-1
steps:
"""
SUBMIT = """\
  - at: 2023-11-15T10:00+09:00
    note: 提案する
    actor: proposer:P-1
    service: intake
    stream: proposal
    id: ${case}
    command: SubmitProposal
    data: {title: ためし}
    expect: {fact: ProposalSubmitted}
"""
DECIDE = """\
  - at: next office day
    actor: window_head:H-01:S01
    service: screening
    stream: screening
    id: ${case}
    command: DeclareIneligible
    expect: {fact: EligibilityDecided, with: {reconsider_by: 2023-12-08, clauses: [GL7-B1]}}
"""
MEASURE = """\
  - at: 2023-11-15T10:00+09:00
    actor: contract_section:K-01:S06
    service: screening
    stream: measure
    id: ${measure}
    command: RecordMeasure
    data: {name: 架空建設}
    expect: {fact: MeasureRecorded}
"""
WAIT = "  - {wait: StageReached, case: '${case}', with: {stage: ineligible}, within: 1s}\n"
LOOK = "  - {look: 'intake/theme/${case}', actor: 'window:W-1', shows: {status: open}, within: 1s}\n"
END = """\
end:
  - case: ${case}
    status: ineligible
    history: [ProposalSubmitted, EligibilityDecided]
    within: 1s
"""
DECIDED = fact("EligibilityDecided", "screening", reconsider_by="2023-12-08", clauses=["GL7-B1"])
INELIGIBLE = deque(["ineligible"])
REFUSED_DECIDE = DECIDE.replace(
    "expect: {fact: EligibilityDecided, with: {reconsider_by: 2023-12-08, clauses: [GL7-B1]}}",
    "refused: ClauseApplies\n    detail: GL7-B1",
)
APPLIES = refused("ClauseApplies", "A clause applies. It applies: GL7-B1.")


@pytest.fixture(autouse=True)
def _nothing_is_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player_module, "ON_ITS_WAY", 0.0)


async def played(text: str, front: Scripted) -> Played:
    async with front.serving() as address, Front(address) as to_front:
        return await play(to_front, parse(text, "t.yaml"))


def failure(played: Played) -> str:
    assert played.failure is not None, "it ended as expected"
    return played.failure


async def test_a_case_is_played_step_by_step_with_its_own_id_and_clock() -> None:
    front = script(submitted(), facts(DECIDED), statuses=INELIGIBLE)
    result = await played(HEAD + SUBMIT + DECIDE + END, front)

    assert result.failure is None
    case = result.histories["case"]["case"]
    assert [asked.path for asked in front.asked] == [
        f"/intake/proposal/{case}/submit-proposal",
        f"/screening/screening/{case}/declare-ineligible",
    ]
    assert [asked.actor for asked in front.asked] == ["proposer:P-1", "window_head:H-01:S01"]
    assert front.asked[0].data == {"title": "ためし"}
    assert front.clock == ["2023-11-15T10:00:00+09:00", "2023-11-16T10:00:00+09:00"]
    assert result.histories.keys() == {"case", "other"}


async def test_another_value_than_expected_is_shown_with_the_history() -> None:
    late = fact("EligibilityDecided", "screening", reconsider_by="2023-12-09", clauses=["GL7-B1"])
    said = failure(await played(HEAD + SUBMIT + DECIDE + END, script(submitted(), facts(late))))

    assert said.startswith("T01, step 2 of 2: DeclareIneligible by window_head:H-01:S01\n")
    assert 'EligibilityDecided: reconsider_by: expected "2023-12-08", came "2023-12-09"' in said
    assert "so far: ProposalSubmitted → EligibilityDecided" in said


async def test_a_fact_instead_of_a_refusal_is_not_as_expected() -> None:
    said = failure(await played(HEAD + SUBMIT + REFUSED_DECIDE + END, script(submitted(), facts(DECIDED))))

    assert "step 2 of 2" in said
    assert "expected to be refused: ClauseApplies\ncame: EligibilityDecided\n" in said


async def test_a_refusal_instead_of_a_fact_says_why() -> None:
    said = failure(await played(HEAD + SUBMIT + DECIDE + END, script(submitted(), APPLIES)))

    assert (
        "expected: EligibilityDecided\ncame: refused: ClauseApplies. できません。 A clause applies. It applies"
        in said
    )


async def test_words_of_a_refusal_are_compared() -> None:
    steps = SUBMIT + REFUSED_DECIDE.replace("detail: GL7-B1", "detail: GL7-B2")
    said = failure(await played(HEAD + steps + END, script(submitted(), APPLIES)))

    assert 'ClauseApplies: expected words "GL7-B2", came "できません。 A clause applies' in said


async def test_a_refusal_that_was_expected_leads_on() -> None:
    end = END.replace("ineligible", "screening").replace(", EligibilityDecided", "")
    assert (await played(HEAD + SUBMIT + REFUSED_DECIDE + end, script(submitted(), APPLIES))).ok


async def test_a_malformed_command_says_which_field() -> None:
    wrong = [{"field": "proposer.corporate_number", "wrong": "the check digit is wrong"}]
    answer = refused("Malformed", "See `errors`.", 422, errors=wrong)
    said = failure(await played(HEAD + SUBMIT + END, script(answer)))

    assert (
        "refused: Malformed. できません。 See `errors`. proposer.corporate_number: the check digit is wrong"
        in said
    )


async def test_a_command_that_is_not_there_says_so() -> None:
    said = failure(await played(HEAD + SUBMIT + END, script(Said(404, {"detail": "Not Found"}))))

    assert "came: HTTP 404 Not Found" in said


async def test_a_wait_goes_on_when_the_fact_is_there() -> None:
    front = script(submitted(), later=[fact("StageReached", stage="ineligible")], statuses=INELIGIBLE)
    end = END.replace("EligibilityDecided", "StageReached")
    assert (await played(HEAD + SUBMIT + WAIT + end, front)).failure is None


async def test_a_wait_ends_at_its_bound_and_says_what_came_instead() -> None:
    front = script(submitted(), later=[fact("StageReached", stage="matching")])
    said = failure(await played(HEAD + SUBMIT + WAIT + END, front))

    assert "step 2 of 2: wait for StageReached" in said
    assert 'no StageReached like this within 1 s\n  stage: expected "ineligible", came "matching"' in said


async def test_a_wait_may_be_for_what_happens_again() -> None:
    again = WAIT.replace("within:", "times: 2, within:")
    reached = fact("StageReached", stage="ineligible")
    end = END.replace("EligibilityDecided", "StageReached")
    assert (
        await played(
            HEAD + SUBMIT + again + end, script(submitted(), later=[reached] * 2, statuses=INELIGIBLE)
        )
    ).ok

    said = failure(await played(HEAD + SUBMIT + again + end, script(submitted(), later=[reached])))
    assert "1 of 2 StageReached like this within 1 s" in said


async def test_the_end_is_what_the_proposer_comes_to_be_told() -> None:
    statuses = deque(["screening", "screening", "ineligible"])
    assert (
        await played(HEAD + SUBMIT + DECIDE + END, script(submitted(), facts(DECIDED), statuses=statuses))
    ).ok

    said = failure(await played(HEAD + SUBMIT + DECIDE + END, script(submitted(), facts(DECIDED))))
    assert 'end of ${case}\nstatus: expected "ineligible", came "screening"' in said


async def test_without_a_receipt_nobody_is_told_anything() -> None:
    said = failure(await played(HEAD + DECIDE.replace("next office day", "2023-11-15T10:00+09:00") + END,
                                script(facts(DECIDED))))  # fmt: skip
    assert "its status cannot be asked for" in said


async def test_the_end_holds_the_history_in_its_order() -> None:
    end = END.replace("[ProposalSubmitted, EligibilityDecided]", "[EligibilityDecided, ProposalSubmitted]")
    front = script(submitted(), facts(DECIDED), statuses=INELIGIBLE)
    said = failure(await played(HEAD + SUBMIT + DECIDE + end, front))

    assert "ProposalSubmitted does not stand in the history, or not after those before it" in said


async def test_a_gap_in_the_log_is_no_good_end() -> None:
    front = script(submitted(), facts(DECIDED), statuses=INELIGIBLE, complete=False)
    said = failure(await played(HEAD + SUBMIT + DECIDE + END, front))

    assert "the audit log is not complete: proposal/x: 2 is missing" in said


SHOWN = END.replace("ineligible", "screening").replace(", EligibilityDecided", "")


async def test_a_look_goes_on_when_it_shows_what_is_expected() -> None:
    pages = deque([Said(200, {"status": "draft"}), Said(200, {"status": "open"})])
    front = script(submitted())
    text = HEAD.replace("cases:", "cases:\n  theme: 募集") + SUBMIT + LOOK.replace("${case}", "T-1") + SHOWN
    front.pages["intake/theme/T-1"] = pages

    assert (await played(text, front)).failure is None
    assert front.looked == [("/intake/theme/T-1", "window:W-1", None, None)] * 2


async def test_a_look_ends_at_its_bound_and_says_what_it_saw() -> None:
    front = script(submitted(), pages={"intake/theme/T-1": deque([Said(200, {"status": "draft"})])})
    said = failure(await played(HEAD + SUBMIT + LOOK.replace("${case}", "T-1") + SHOWN, front))

    assert "step 2 of 2: look at intake/theme/T-1" in said
    assert said.endswith('status: expected "open", came "draft"')


async def test_what_must_be_hidden_and_is_not_ends_a_case_at_once() -> None:
    pages = {"intake/theme/T-1": deque([Said(200, {"status": "open", "q": [{"text": "点灯の間隔"}]})])}
    look = LOOK.replace("${case}", "T-1").replace("shows:", "hides: [保護者, 点灯], shows:")
    said = failure(await played(HEAD + SUBMIT + look + SHOWN, script(submitted(), pages=pages)))

    assert "intake/theme/T-1 shows what it hides: 点灯" in said
    assert "保護者" not in said


async def test_a_look_may_be_refused_and_may_bear_the_secret_of_a_case() -> None:
    look = "  - {look: intake/x, secret_of: '${case}', refused: NoSuchCase, within: 1s}\n"
    front = script(submitted(), pages={"intake/x": deque([refused("NoSuchCase", status=404)])})
    assert (await played(HEAD + SUBMIT + look + SHOWN, front)).failure is None
    assert front.looked == [("/intake/x", None, None, SECRET)]

    front = script(submitted(), pages={"intake/x": deque([Said(200, {"items": []})])})
    said = failure(await played(HEAD + SUBMIT + look + SHOWN, front))
    assert "expected: refused: NoSuchCase\ncame: an answer" in said


async def test_a_look_says_its_purpose() -> None:
    look = "  - {look: intake/x, actor: 'window:W-1', purpose: 受付の確認, shows: {a: b}, within: 1s}\n"
    front = script(submitted(), pages={"intake/x": deque([Said(200, {"a": "b"})])})
    assert (await played(HEAD + SUBMIT + look + SHOWN, front)).failure is None
    assert front.looked == [("/intake/x", "window:W-1", quote("受付の確認"), None)]


async def test_what_is_away_is_asked_again_with_the_same_key() -> None:
    front = script(Said(503, {}), submitted(), facts(DECIDED), statuses=INELIGIBLE)
    assert (await played(HEAD + SUBMIT + DECIDE + END, front)).failure is None
    first, again, other = [asked.key for asked in front.asked]
    assert first == again != other


async def test_an_answer_that_broke_off_is_asked_for_again_with_the_same_key() -> None:
    keys: list[str] = []

    async def broken_once(request: web.Request) -> web.Response:
        keys.append(request.headers["Idempotency-Key"])
        if len(keys) == 1:
            assert request.transport
            request.transport.abort()
        return web.json_response({"facts": []})

    application = web.Application()
    application.router.add_post("/intake/proposal/x/withdraw", broken_once)
    async with TestServer(application) as server, Front(str(server.make_url("/"))) as front:
        answer = await front.ask("intake/proposal/x/withdraw", "proposer:P-1", "key", {})

    assert (answer.status, keys) == (200, ["key", "key"])


async def test_nobody_there_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_module, "BEFORE_ANY_ANSWER", 0.0)
    with pytest.raises(NobodyAnswers, match="`renkei up` starts the stack"):
        async with Front("http://127.0.0.1:9") as front:
            await front.verify()


async def test_the_same_words_twice_are_two_requests() -> None:
    """The first was refused, the second may be taken."""
    front = script(submitted(), APPLIES, APPLIES, facts(DECIDED), statuses=INELIGIBLE)
    assert (await played(HEAD + SUBMIT + 2 * REFUSED_DECIDE + DECIDE + END, front)).failure is None
    assert len({asked.key for asked in front.asked}) == 4


async def test_played_again_a_case_is_a_new_one_and_an_entry_of_a_register_the_same_request() -> None:
    text = HEAD + MEASURE + SUBMIT + SHOWN
    fronts = [script(facts(fact("MeasureRecorded", "screening")), submitted()) for _ in range(2)]
    results = [await played(text, front) for front in fronts]

    assert [result.failure for result in results] == [None, None]
    (measure, case), (measure_again, case_again) = [front.asked for front in fronts]
    assert measure == measure_again
    assert case.path != case_again.path
    assert case.key != case_again.key
