"""Tables of reactions in one: where a fact stands in several, all that follows from it is done, in their order."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from datetime import datetime
from typing import Any, cast

from chassis.beside import beside
from chassis.decider import Command, Recorded
from contracts.agreements import ProjectEnded
from contracts.intake import Withdrawn
from contracts.screening import ScreeningClosed

FIRST, SECOND = cast(Command, "first"), cast(Command, "second")


def at_once(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    return [("C01", FIRST)]


async def after_a_look(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    return [("C01", SECOND)]


async def done(reaction: Any) -> Sequence[tuple[str, Command]]:
    following = reaction(cast(Recorded, None), cast(datetime, None))
    return await following if isinstance(following, Awaitable) else following


async def test_both_follow_whether_they_look_something_up_or_not() -> None:
    both = beside({Withdrawn: at_once}, {Withdrawn: after_a_look})
    assert await done(both[Withdrawn]) == [("C01", FIRST), ("C01", SECOND)]


async def test_what_stands_in_one_table_alone_stays_as_it_is() -> None:
    both = beside({Withdrawn: at_once}, {ProjectEnded: after_a_look})
    assert both == {Withdrawn: at_once, ProjectEnded: after_a_look}
    assert ScreeningClosed not in both
