"""Every way that a case of the load goes, played against the services' own decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import islice
from random import Random

import pytest

from deploy.load import ways
from deploy.load.cases import Cases, Request
from deploy.load.plan import Plan, Step
from services.audit.account import Entry, account
from services.audit.journal import Asked, Journal, Told
from tests.load.town import Town

SEED = 7


def play(plans: list[Plan], town: Town, every: int = 1) -> tuple[Journal, Counter[str]]:
    """Sends the requests of all cases; after `every` of them what is on its way arrives. Counts answers."""
    cases, open_, now = Cases(iter(plans)), len(plans), 0.0
    journal: Journal = {}
    answers: Counter[str] = Counter()
    while cases.finished < open_:
        now += 1.0
        request = cases.next(now)
        answer = town.send(request)
        asked = note(journal, request)
        answers[answer.refused or "accepted"] += 1
        if answer.refused is None:
            asked.accepted.append(
                tuple(Told(f["id"], f["subject"], f["version"], f["type"]) for f in answer.facts)
            )
            cases.accepted(request, answer.today)
        else:
            asked.refused.append(answer.refused)
            expected = request.step.refused or answer.refused in request.step.until
            assert expected, f"{request.step.command} of {request.step.actor} was refused: {answer.refused}"
            cases.refused(request, answer.refused, now)
        if answers.total() % every == 0:
            town.travel()
    town.travel()
    return journal, answers


def note(journal: Journal, request: Request) -> Asked:
    asked = Asked(request.step.service, request.subject, request.step.command, request.plan.case)
    return journal.setdefault(f"http:{request.subject}:{request.key}", asked)


def last_facts(way: Callable[[Random], list[Step]], seed: int) -> set[str]:
    """The type of the last fact of each stream of one case."""
    town = Town()
    play([Plan("case", way(Random(seed)))], town)
    return {envelope.type.split(".")[2] for envelope in {e.subject: e for e in town.log}.values()}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    ("way", "end"),
    [
        (ways.agreed, {"AgreementSigned"}),
        (ways.corrected, {"AgreementSigned"}),
        (ways.withdrawn, {"Withdrawn"}),
        (ways.ineligible, {"EligibilityDecided", "DecisionUpheld"}),
        (ways.declined, {"NoMatchConcluded"}),
    ],
)
def test_each_way_comes_to_its_end(way: Callable[[Random], list[Step]], end: set[str], seed: int) -> None:
    assert last_facts(way, seed) & end


def test_all_ways_together_use_every_service_and_meet_refusals_of_many_kinds() -> None:
    town = Town()
    _, answers = play(list(islice(ways.plans(SEED, "run"), 200)), town, every=30)

    assert {envelope.source for envelope in town.log} == {"/intake", "/screening", "/matching", "/agreements"}
    assert {"ScreeningNotOpen", "NotOffered", "NotInDialogue", "NotYours", "PermitMissing"} <= set(answers)


def test_the_account_of_such_a_load_agrees_until_something_is_lost() -> None:
    town = Town()
    journal, _ = play(list(islice(ways.plans(SEED, "run"), 30)), town, every=10)
    log = [Entry(e.id, e.type, e.source, e.subject, e.version, e.time, e.cause) for e in town.log]

    assert account(journal, log).agrees
    assert not account(journal, log[1:]).agrees


def test_the_same_seed_asks_for_the_same_of_other_cases() -> None:
    first, second = (list(islice(ways.plans(SEED, run), 50)) for run in ("one", "another"))

    assert [plan.steps for plan in first] == [plan.steps for plan in second]
    assert not {plan.case for plan in first} & {plan.case for plan in second}
    assert [plan.steps for plan in first] != [plan.steps for plan in islice(ways.plans(SEED + 1, "one"), 50)]


def test_submissions_are_new_proposals_and_nothing_else() -> None:
    town = Town()
    _, answers = play(list(islice(ways.submissions(SEED, "run"), 20)), town)

    assert answers == {"accepted": 20}
