"""Small contracts on a real database: what is added up, and two of the same moment (V04)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from typing import Any

import pytest

from chassis.database import connect
from chassis.decider import Command, Recorded
from chassis.deciding import Asked
from chassis.service import Parts
from chassis.settings import Settings
from contracts.agreements import AgreementSigned, Awarded, AwardedToOther, MethodChosen, SplitOrderFound
from services.agreements.domain.procurement.commands import NotePartner, RecordMethod
from services.agreements.domain.procurement.splitting import SplitOrderUnresolved
from services.agreements.main import SERVICE
from services.agreements.projections.small_contracts import beside
from tests.agreements.procuring import (
    PROPOSER,
    RIVAL,
    abandon,
    award,
    award_other,
    budget,
    contract,
    gate,
    method,
    resolve,
    small,
)
from tests.agreements.sample import (
    FINANCE,
    NOON,
    classify,
    close,
    end,
    note,
    open_dialogue,
    resume,
    suspend,
)
from tests.agreements.sample import (
    SERVICE as TOLD,
)
from tests.engines import Engines


@dataclass
class ContractSection:
    """Asks as people ask over HTTP: what they send, with what the service itself adds."""

    parts: Parts

    async def ask(self, case: str, *commands: Command) -> list[Recorded]:
        facts: list[Recorded] = []
        supplies = SERVICE.supplies(self.parts)
        for command in commands:
            supply = supplies.get(type(command))
            if supply:
                sent = command.model_dump(mode="json", exclude=set(type(command).given()))
                given = await supply.fields(case, sent, command.at)
                command = command.model_copy(update=given)
            facts += await self.parts.commands.handle(Asked(case, command))
        return facts

    async def at_the_gate(self, *cases: str, partner: Any = PROPOSER) -> None:
        for case in cases:
            await self.ask(
                case,
                NotePartner(actor=TOLD, at=NOON, partner=partner),
                open_dialogue(),
                classify("expenditure", 300_000, FINANCE),
                note(),
                gate(),
                budget(2023, 300_000),
            )

    async def hear(self, recorded: Recorded) -> list[Recorded]:
        following: Any = SERVICE.reactions(self.parts)[type(recorded.fact)](recorded, NOON)
        if isinstance(following, Awaitable):
            following = await following
        facts: list[Recorded] = []
        for case, command in following:
            facts += await self.parts.commands.handle(Asked(case, command))
        return facts


@pytest.fixture
async def contracts(engines: Engines) -> AsyncIterator[ContractSection]:
    settings = Settings(
        environment="development", kafka="nowhere:1", database=await engines.of("services.agreements")
    )
    pool = await connect(settings.database, 4)
    parts = SERVICE.parts(settings, pool)
    parts.commands.start()
    yield ContractSection(parts)
    await parts.commands.stop()
    await pool.close()


def kinds(facts: list[Recorded]) -> list[type[Any]]:
    return [type(recorded.fact) for recorded in facts]


async def test_v04_orders_of_other_cases_are_added_up_when_the_method_is_chosen(
    contracts: ContractSection,
) -> None:
    await contracts.at_the_gate("C1", "C2")
    assert kinds(await contracts.ask("C1", small())) == [MethodChosen]
    facts = await contracts.ask("C2", small(purpose="集団健診受付業務委託 その２"))
    assert kinds(facts) == [MethodChosen, SplitOrderFound]


async def test_v04_another_partner_or_purpose_is_another_matter(contracts: ContractSection) -> None:
    await contracts.at_the_gate("C1", "C2")
    await contracts.at_the_gate("C3", partner=RIVAL)
    await contracts.ask("C1", small())
    assert kinds(await contracts.ask("C2", small(purpose="庁舎の清掃"))) == [MethodChosen]
    assert kinds(await contracts.ask("C3", small())) == [MethodChosen]


async def test_v04_two_orders_of_the_same_moment_meet_and_only_one_word_opens_the_way(
    contracts: ContractSection,
) -> None:
    """Both are recorded with what was known before either; then each is told, and neither is signed unseen."""
    await contracts.at_the_gate("C1", "C2")
    unaware: list[RecordMethod] = [small(), small()]
    both = await asyncio.gather(
        *(
            contracts.parts.commands.handle(Asked(case, command))
            for case, command in zip(("C1", "C2"), unaware, strict=True)
        )
    )
    assert [kinds(facts) for facts in both] == [[MethodChosen], [MethodChosen]]
    for case in ("C1", "C2"):
        await contracts.ask(case, award())
        with pytest.raises(SplitOrderUnresolved):  # before anybody was told
            await contracts.ask(case, contract())
    told = [fact for facts in both for fact in await contracts.hear(facts[0])]
    assert sorted(fact.id for fact in told) == ["C1", "C2"]  # each once
    assert set(kinds(told)) == {SplitOrderFound}
    for case in ("C1", "C2"):
        with pytest.raises(SplitOrderUnresolved):
            await contracts.ask(case, contract())
    await contracts.ask("C1", resolve())
    assert kinds(await contracts.ask("C1", contract())) == [AgreementSigned]
    with pytest.raises(SplitOrderUnresolved):  # what is signed counts
        await contracts.ask("C2", contract())


async def test_v04_what_stands_no_more_is_not_added_up(contracts: ContractSection) -> None:
    cases = ("C1", "C2", "C3", "C4", "C5")
    await contracts.at_the_gate(*cases, "C9")
    for case in cases:
        await contracts.parts.commands.handle(Asked(case, small()))
    await contracts.parts.commands.handle(Asked("C9", small()))

    async def others() -> list[str]:
        return [other.case for other in await beside(contracts.parts.pool, "C9")]

    assert await others() == list(cases)
    await contracts.ask("C1", method("direct_award", item=6))
    await contracts.ask("C2", abandon())
    await contracts.ask("C3", close())
    await contracts.ask("C4", suspend(), end())
    assert await others() == ["C5"]
    await contracts.ask("C4", resume())  # the decision that ended it was revoked
    assert await others() == ["C4", "C5"]


async def test_v04_what_another_firm_gets_counts_for_that_firm(contracts: ContractSection) -> None:
    await contracts.at_the_gate("C1", "C2")
    await contracts.at_the_gate("C3", partner=RIVAL)
    await contracts.ask("C1", small())
    assert kinds(await contracts.ask("C1", award_other())) == [AwardedToOther]
    assert kinds(await contracts.ask("C2", small())) == [MethodChosen]
    assert kinds(await contracts.ask("C3", small())) == [MethodChosen, SplitOrderFound]
    with pytest.raises(SplitOrderUnresolved):  # together with what the same firm got before
        await contracts.ask("C2", award_other())


async def test_v04_the_amount_that_was_awarded_is_the_one_that_counts(contracts: ContractSection) -> None:
    await contracts.at_the_gate("C1", "C2")
    await contracts.ask("C1", small())
    assert kinds(await contracts.ask("C1", award(amount_yen=200_000))) == [Awarded]
    assert kinds(await contracts.ask("C2", small())) == [MethodChosen]


@pytest.mark.parametrize("odd", [None, 5, [], {}, "", "\x00", "あ" * 65_535, {"name": "\x00"}, {"name": []}])
async def test_whatever_is_sent_something_is_looked_up_or_nothing(
    contracts: ContractSection, odd: Any
) -> None:
    await contracts.at_the_gate("C1")
    await contracts.ask("C1", small())
    for supply in SERVICE.supplies(contracts.parts).values():
        for case in ("C1", "C9"):
            await supply.fields(case, {"purpose": odd, "organisation": odd, "project": odd}, NOON)
