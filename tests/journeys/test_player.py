"""The player, over a city on paper: what it does, and what it says when something else comes."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from deploy.journeys import front as front_module
from deploy.journeys.front import Front, NobodyAnswers
from deploy.journeys.player import Played, play
from deploy.journeys.reading import parse
from tests.journeys.city import City
from tests.journeys.paper_front import front_of

FILES = {file.stem: file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("*.yaml")}
C03 = FILES["C03"]


async def played(text: str) -> Played:
    async with front_of(City()) as address, Front(address) as front:
        return await play(front, parse(text, "t.yaml"))


def failure(played: Played) -> str:
    assert played.failure is not None, "it ended as expected"
    return played.failure


@pytest.mark.parametrize("name", sorted(FILES))
async def test_the_sample_cases_keep_to_the_rules(name: str) -> None:
    result = await played(FILES[name])

    assert result.failure is None
    assert result.histories.keys() == result.scenario.cases.keys()


async def test_a_file_can_be_played_again_on_the_same_stack() -> None:
    """Its cases are new ones; the measure in the register is the same, and its entry is the same request."""
    scenario = parse(FILES["C04"], "C04.yaml")
    async with front_of(City()) as address, Front(address) as front:
        first, second = [await play(front, scenario) for _ in range(2)]

    assert (first.failure, second.failure) == (None, None)
    assert first.histories["first"]["case"] != second.histories["first"]["case"]


async def test_another_value_than_expected_is_shown_with_the_history() -> None:
    said = failure(await played(C03.replace("reconsider_by: 2023-12-08", "reconsider_by: 2023-12-09")))

    assert said.startswith("C03, step 8 of 14: DeclareIneligible by window_head:H-01:S01\n")
    assert 'EligibilityDecided: reconsider_by: expected "2023-12-09", came "2023-12-08"' in said
    assert "so far: ProposalSubmitted → SectionsRanked → ProposalReceived → ScreeningOpened" in said


async def test_a_fact_instead_of_a_refusal_is_not_as_expected() -> None:
    said = failure(await played(C03.replace("applies: true", "applies: false")))

    assert "step 7 of 14" in said
    assert "expected to be refused: ClauseApplies\ncame: EligibilityDecided\n" in said


async def test_a_refusal_instead_of_a_fact_says_why() -> None:
    refused = "refused: ClauseApplies\n    detail: GL7-B1"
    said = failure(await played(C03.replace(refused, "expect: {fact: EligibilityDecided}")))

    assert "step 7 of 14" in said
    assert "expected: EligibilityDecided\ncame: refused: ClauseApplies. A clause applies" in said


async def test_words_of_a_refusal_are_compared() -> None:
    said = failure(await played(C03.replace("detail: GL7-B1", "detail: GL7-B2")))

    assert 'ClauseApplies: expected words "GL7-B2", came "A clause applies' in said


async def test_a_malformed_command_says_which_field() -> None:
    said = failure(await played(C03.replace('"4999901000103"', '"4999901000104"')))

    assert "proposer.corporate_number: Value error, the check digit of this corporate number is wrong" in said


async def test_a_command_that_is_not_there_says_so() -> None:
    said = failure(await played(C03.replace("command: AcceptProposal", "command: AcceptProposals")))

    assert "came: HTTP 404 Not Found" in said


async def test_a_wait_ends_at_its_bound_and_says_what_came_instead() -> None:
    waiting = C03.replace("with: {stage: ineligible}", "with: {stage: agreed}\n    within: 1s")
    said = failure(await played(waiting))

    assert "step 9 of 14: wait for StageReached" in said
    assert 'no StageReached like this within 1 s\n  stage: expected "agreed", came "ineligible"' in said


async def test_the_end_is_what_the_proposer_is_told() -> None:
    said = failure(await played(C03.replace("status: ineligible", "status: agreed\n    within: 1s")))

    assert 'end of ${case}\nstatus: expected "agreed", came "ineligible"' in said


async def test_the_end_holds_the_history_in_its_order() -> None:
    decided = "- EligibilityDecided\n"
    ends = C03.replace(decided, f"{decided}      - PartnerScreened\n")
    said = failure(await played(ends.replace("status: ineligible", "status: ineligible\n    within: 1s")))

    assert "PartnerScreened does not stand in the history, or not after those before it" in said


async def test_what_is_away_is_asked_again_with_the_same_key() -> None:
    keys: list[str] = []

    async def away_once(request: web.Request) -> web.Response:
        keys.append(request.headers["Idempotency-Key"])
        return web.json_response({"facts": []}, status=503 if len(keys) == 1 else 200)

    application = web.Application()
    application.router.add_post("/intake/proposal/x/withdraw", away_once)
    async with TestServer(application) as server, Front(str(server.make_url("/"))) as front:
        answer = await front.ask("intake/proposal/x/withdraw", "proposer:P-1", "key", {})

    assert (answer.status, keys) == (200, ["key", "key"])


async def test_nobody_there_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_module, "BEFORE_ANY_ANSWER", 0.0)
    with pytest.raises(NobodyAnswers, match="`renkei up` starts the stack"):
        async with Front("http://127.0.0.1:9") as front:
            await front.verify()


async def test_every_command_has_a_key_of_its_own() -> None:
    """The same words twice are two requests: the first was refused, the second may be taken."""
    keys: list[str] = []

    class Listening(Front):
        async def ask(self, path: str, actor: str, key: str, data: dict[str, Any]) -> Any:
            keys.append(key)
            return await super().ask(path, actor, key, data)

    async with front_of(City()) as address, Listening(address) as front:
        await asyncio.wait_for(play(front, parse(C03, "t.yaml")), 20)

    assert len(keys) == len(set(keys)) == 11
