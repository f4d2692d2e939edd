"""The ways that cases of a load go: known beforehand, and each taken to its end on the real stack."""

from __future__ import annotations

import asyncio
from itertools import islice
from random import Random

import pytest

from deploy.journeys.front import Front
from deploy.load import ways
from deploy.load.cases import Cases
from deploy.load.client import Client, addresses
from deploy.load.plan import Plan
from deploy.load.prepare import NotPrepared, prepared
from tests.stack import RunningStack
from tests.waiting import until

SEED = 7
OF_EACH = 2  # cases of each way, under way at the same time
ENDS: dict[ways.Way, set[str]] = {
    ways.agreed: {"AgreementSigned"},
    ways.corrected: {"AgreementSigned"},
    ways.withdrawn: {"Withdrawn"},
    ways.ineligible: {"EligibilityDecided", "DecisionUpheld"},
    ways.declined: {"NoMatchConcluded"},
    ways.led_by_another: {"AgreementSigned"},
}  # the facts with which it ends: one of them


def test_the_same_seed_asks_for_the_same_of_other_cases() -> None:
    first, second = (list(islice(ways.plans(SEED, run), 50)) for run in ("one", "one"))
    other = list(islice(ways.plans(SEED, "other"), 50))

    assert first == second
    assert not {plan.case for plan in first} & {plan.case for plan in other}
    commands, others = ([[step.command for step in plan.steps] for plan in plans] for plans in (first, other))
    assert commands == others
    assert commands != [[s.command for s in plan.steps] for plan in islice(ways.plans(SEED + 1, "one"), 50)]


def test_submissions_are_new_proposals_and_nothing_else() -> None:
    plans = list(islice(ways.submissions(SEED, "run"), 20))
    assert {tuple(step.command for step in plan.steps) for plan in plans} == {("submit-proposal",)}


def test_every_way_is_taken_and_each_has_an_end() -> None:
    assert ENDS.keys() == ways.WAYS.keys()
    assert sum(ways.WAYS.values()) == 100


async def to_its_end(client: Client, plan: Plan) -> list[str]:
    """What was refused and was to be; raises where something else was."""
    cases, refused = Cases(iter([plan])), []
    loop = asyncio.get_running_loop()
    while not cases.finished:
        try:
            request = cases.next(loop.time())
        except StopIteration:  # the case waits for a fact that is on its way
            await asyncio.sleep(0.02)
            continue
        answer = await client.send(request)
        if answer.refused is None:
            cases.accepted(request, answer.today)
            continue
        step = request.step
        assert step.refused or answer.refused in step.until, (
            f"{step.command} by {step.actor}: {answer.refused}"
        )
        refused.append(answer.refused)
        cases.refused(request, answer.refused, loop.time())
    return refused


async def test_every_way_comes_to_its_end(stack: RunningStack) -> None:
    plans = [
        (Plan(f"{way.__name__}-{seed}", way(Random(seed), ways.theme_of("test-of-ways"))), end)
        for way, end in ENDS.items()
        for seed in range(OF_EACH)
    ]
    async with Client(addresses(stack.address), timeout=10) as client:
        await prepared(client, ways.before("test-of-ways"))
        refused = await asyncio.gather(*(to_its_end(client, plan) for plan, _ in plans))

    assert {"ScreeningNotOpen", "PermitMissing"} <= {name for names in refused for name in names}
    async with Front(stack.address) as front:
        for plan, end in plans:
            assert await until(lambda plan=plan, end=end: ended(front, plan.case, end)), plan.case


async def ended(front: Front, case: str, end: set[str]) -> bool:
    """Whether one of these facts is the last of its stream, and the log of the case has no gap."""
    found = await front.history(case)
    last = {entry["subject"]: entry["type"].split(".")[2] for entry in found["entries"]}
    return bool(found["complete"] and end & set(last.values()))


async def test_a_load_that_cannot_begin_says_why(stack: RunningStack) -> None:
    async with Client(addresses(stack.address), timeout=10) as client:
        theme, *rooms = ways.before("cannot-begin")
        backwards = Plan(theme.case, theme.steps[-1:])  # published before it is drafted
        with pytest.raises(NotPrepared, match="publish-theme of theme/T-cannot-begin was refused"):
            await prepared(client, [*rooms, backwards])
