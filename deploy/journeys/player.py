"""Plays one scenario through the public API and stops at the first thing that is not as expected."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from chassis.identity import new_id
from chassis.openapi import kebab
from deploy.journeys.expectations import differences, missing_in_order, name_of, shown
from deploy.journeys.front import Answer, Front
from deploy.journeys.scenario import Ask, End, Look, Scenario, Step, Wait, filled_in, timeline

LOOK_EVERY = 0.05  # seconds
ON_ITS_WAY = 0.5  # seconds in which what was just decided comes to the audit log

Told = Callable[[int, str], None]  # number of the step, and what it does


class Unexpected(Exception):
    """What came is not what the scenario says."""


@dataclass(frozen=True)
class Played:
    """How a scenario went. `failure` is None when it ended as expected; `histories` are by the names of the cases."""

    scenario: Scenario
    seconds: float
    histories: dict[str, dict[str, Any]]
    failure: str | None = None

    @property
    def ok(self) -> bool:
        return self.failure is None


async def play(front: Front, scenario: Scenario, told: Told = lambda number, what: None) -> Played:
    """Every step in order, then the end. Raises Trouble only when the stack cannot be reached."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    cases = {name: new_id() for name in scenario.cases}
    player = _Player(front, {**scenario.variables, **cases})
    failure = None
    try:
        await player.play(scenario, told)
    except Unexpected as unexpected:
        failure = str(unexpected)
    histories = {name: await front.history(case) for name, case in cases.items()}
    return Played(scenario, loop.time() - began, histories, failure)


class _Player:
    def __init__(self, front: Front, variables: Mapping[str, str]) -> None:
        self._front = front
        self._variables = variables
        self._receipts: dict[str, tuple[str, str]] = {}  # case → receipt number and secret
        self._asked: Counter[bytes] = Counter()

    async def play(self, scenario: Scenario, told: Told) -> None:
        if scenario.start:
            await self._front.set_clock(scenario.start)
        for number, (step, moment) in enumerate(
            zip(scenario.steps, timeline(scenario), strict=True), start=1
        ):
            told(number, step.note or title(step))
            if moment:
                await self._front.set_clock(moment)
            try:
                await self._step(step)
            except Unexpected as unexpected:
                where = f"{scenario.name}, step {number} of {len(scenario.steps)}: {title(step)}"
                raise Unexpected(f"{where}\n{unexpected}\n{await self._so_far(step)}".rstrip()) from None
        for end in scenario.end:
            told(len(scenario.steps), "end")
            try:
                await self._end(end)
            except Unexpected as unexpected:
                where = f"{scenario.name}, end of {end.case}"
                raise Unexpected(f"{where}\n{unexpected}\n{await self._so_far(end)}") from None

    async def _step(self, step: Ask | Wait | Look) -> None:
        match step:
            case Wait():
                await self._wait(step)
            case Look():
                await self._look(step)
            case Ask():
                await self._ask(step)

    async def _ask(self, step: Ask) -> None:
        id_, data = self._filled(step.id), self._filled(step.data)
        if step.secret_of:
            data = {**data, "secret": self._secret(step.secret_of)}
        path = f"{step.service}/{step.stream}/{id_}/{kebab(step.command)}"
        answer = await self._front.ask(path, step.actor, self._key(path, step.actor, data), data)
        if step.refused:
            _expect_refusal(step, answer)
        else:
            _expect_facts(step, self._filled(_dumped(step)), answer)
        if {"receipt_number", "secret"} <= answer.body.keys():
            of = answer.body.get(
                "case", id_
            )  # a consultation that becomes a proposal gives the receipt of its case
            self._receipts[of] = (answer.body["receipt_number"], answer.body["secret"])

    def _key(self, path: str, actor: str, data: Any) -> str:
        """The same for the same request of the same run of a case, so that one that is cut off can be sent again; and
        for entries of a register, which outlive the run, the same in each run."""
        said = orjson.dumps([path, actor, data], option=orjson.OPT_SORT_KEYS)
        digest = hashlib.blake2b(said, digest_size=16).digest()
        self._asked[digest] += 1
        return f"{digest.hex()}-{self._asked[digest]}"

    async def _wait(self, step: Wait) -> None:
        case, fields = self._filled(step.case), self._filled(step.with_)

        async def missing() -> str | None:
            entries = (await self._front.history(case))["entries"]
            of_type = [entry["data"] for entry in entries if name_of(entry["type"]) == step.wait]
            unlike = [list(differences(fields, data or {})) for data in of_type]
            if unlike.count([]) >= step.times:
                return None
            lines = "".join(f"\n  {line}" for lines in unlike for line in lines)
            many = f"{unlike.count([])} of {step.times}" if step.times > 1 else "no"
            return f"{many} {step.wait} like this within {step.within:g} s{lines}"

        await self._until_nothing(missing, step.within)

    async def _look(self, step: Look) -> None:
        path, shows, hides = self._filled(step.look), self._filled(step.shows), self._filled(step.hides)
        secret = self._secret(step.secret_of) if step.secret_of else None

        async def wrong() -> str | None:
            answer = await self._front.look(path, step.actor, step.purpose, secret)
            if answer.refused != step.refused or (step.refused is None and answer.status != 200):
                return (
                    f"expected: {f'refused: {step.refused}' if step.refused else path}\ncame: {came(answer)}"
                )
            said = shown(answer.body)
            if open_ := [word for word in hides if word in said]:
                raise Unexpected(f"{path} shows what it hides: {', '.join(open_)}")
            return "\n".join(differences(shows, answer.body)) or None

        await self._until_nothing(wrong, step.within)

    def _secret(self, case: str) -> str | None:
        return self._receipts.get(self._filled(case), ("", None))[1]

    async def _end(self, end: End) -> None:
        case = self._filled(end.case)

        async def missing() -> str | None:
            if end.status and (wrong := await self._wrong_status(case, end.status)):
                return wrong
            found = await self._front.history(case)
            if not found["complete"]:
                return f"the audit log is not complete: {'; '.join(found['gaps'])}"
            came = [name_of(entry["type"]) for entry in in_order_of_time(found["entries"])]
            if absent := missing_in_order(end.history, came):
                return f"{absent} does not stand in the history, or not after those before it"
            return None

        await self._until_nothing(missing, end.within)

    async def _wrong_status(self, case: str, expected: str) -> str | None:
        if case not in self._receipts:
            return "its status cannot be asked for: no SubmitProposal of this run gave a receipt number"
        status = (await self._front.status(*self._receipts[case])).get("status")
        return None if status == expected else f"status: expected {shown(expected)}, came {shown(status)}"

    async def _until_nothing(self, missing: Callable[[], Any], within: float) -> None:
        """Wait until nothing is missing. Raises Unexpected with what still is."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within
        while wrong := await missing():
            if loop.time() > end:
                raise Unexpected(wrong)
            await asyncio.sleep(LOOK_EVERY)

    async def _so_far(self, of: Ask | Wait | Look | End) -> str:
        if isinstance(of, Look):
            return ""
        case = self._filled(of.id if isinstance(of, Ask) else of.case)
        await asyncio.sleep(ON_ITS_WAY)
        entries = (await self._front.history(case))["entries"]
        names = [name_of(entry["type"]) for entry in entries]
        return f"history of {case} so far: {' → '.join(names) or 'nothing'}"

    def _filled(self, value: Any) -> Any:
        return filled_in(value, self._variables)


def title(step: Step) -> str:
    """What a step does, in a few words."""
    match step:
        case Wait():
            return f"wait for {step.wait}"
        case Look():
            return f"look at {step.look}"
        case Ask():
            return f"{step.command} by {step.actor}"
        case _:
            return "step"


def in_order_of_time(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As things happened. The log has them as they became known: between services, that order is not fixed."""
    return sorted(entries, key=lambda entry: (entry["time"], entry["index"]))


def _dumped(step: Ask) -> list[dict[str, Any]]:
    return [fact.model_dump(by_alias=True) for fact in step.expect or ()]


def _expect_refusal(step: Ask, answer: Answer) -> None:
    if answer.refused != step.refused:
        raise Unexpected(f"expected to be refused: {step.refused}\ncame: {came(answer)}")
    if step.detail and step.detail not in answer.told:
        raise Unexpected(f"{step.refused}: expected words {shown(step.detail)}, came {shown(answer.told)}")


def _expect_facts(step: Ask, expected: list[dict[str, Any]], answer: Answer) -> None:
    names, came_names = [e["fact"] for e in expected], [name_of(fact["type"]) for fact in answer.facts]
    if answer.status != 200 or names != came_names:
        raise Unexpected(f"expected: {', '.join(names) or 'no new fact'}\ncame: {came(answer)}")
    lines = [
        f"{one['fact']}: {line}"
        for one, fact in zip(expected, answer.facts, strict=True)
        for line in differences(one["with"], fact["data"])
    ]
    if lines:
        raise Unexpected("\n".join(lines))


def came(answer: Answer) -> str:
    """What an answer says, in a line."""
    if answer.status == 200 and "facts" not in answer.body:
        return "an answer"
    if answer.status == 200:
        return ", ".join(name_of(fact["type"]) for fact in answer.facts) or "no new fact"
    return (
        f"refused: {answer.refused}. {answer.told}"
        if answer.refused
        else f"HTTP {answer.status} {answer.told}"
    )
