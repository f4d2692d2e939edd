"""What follows, for other cases, from a direct award under item 1: they are added up again (V04)."""

from __future__ import annotations

from datetime import datetime

from chassis.decider import Command, Recorded
from chassis.inbox import Following, Reaction
from contracts.actors import Actor, Role
from contracts.agreements import MethodChosen
from contracts.fact import Fact
from services.agreements.domain.procurement.commands import CheckSplitOrder
from services.agreements.projections import Database
from services.agreements.projections.small_contracts import beside

AGREEMENTS = Actor(role=Role.SERVICE, id="agreements")


def procurements(db: Database) -> dict[type[Fact], Reaction]:
    """Fact → the commands to other cases, and to its own, that follow from it."""

    async def add_up(recorded: Recorded, at: datetime) -> Following:
        """Two that were recorded in the same moment did not see each other; now both are known."""
        fact = recorded.fact
        assert isinstance(fact, MethodChosen)
        if fact.item != 1:
            return []
        following: list[tuple[str, Command]] = []
        others = await beside(db, recorded.id)
        for case in (recorded.id, *(other.case for other in others)) if others else ():
            check = CheckSplitOrder(actor=AGREEMENTS, at=at, small_contracts=await beside(db, case))
            following.append((case, check))
        return following

    return {MethodChosen: add_up}
