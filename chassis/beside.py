"""Tables of reactions in one, where several streams of the service hear the same fact."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from datetime import datetime

from chassis.decider import Command, Recorded
from chassis.inbox import Following, Reaction
from contracts.fact import Fact


def beside(*tables: Mapping[type[Fact], Reaction]) -> dict[type[Fact], Reaction]:
    """Where a fact stands in several, all their commands follow from it, in the order of the tables."""
    facts = dict.fromkeys(fact for table in tables for fact in table)
    return {fact: _joined([table[fact] for table in tables if fact in table]) for fact in facts}


def _joined(reactions: list[Reaction]) -> Reaction:
    if len(reactions) == 1:
        return reactions[0]

    async def react(recorded: Recorded, at: datetime) -> Following:
        following: list[tuple[str, Command]] = []
        for reaction in reactions:
            commands = reaction(recorded, at)
            following += await commands if isinstance(commands, Awaitable) else commands
        return following

    return react
