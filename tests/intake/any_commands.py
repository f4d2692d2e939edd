"""Any commands, in any order, to one stream: what all machines of this folder do with each of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings

from chassis.deadlines import Set
from chassis.decider import Command, Decider, Refused
from contracts.fact import Fact, read
from services.intake.deadlines import due
from tests.deciding import Deciding, refused_by_name
from tests.histories import Histories
from tests.intake.sample import MONDAY, recorded

BOUNDED = settings(max_examples=60, stateful_step_count=25, deadline=None)


class Machine(Histories):
    """One stream, its clock, and the deadlines that its facts have set."""

    decider: Decider[Any, Any, Any]

    def __init__(self) -> None:
        super().__init__()
        self.stream: Deciding[Any, Any, Any] = Deciding(self.decider)
        self.now: datetime = MONDAY
        self.deadlines: dict[str, Set] = {}

    @property
    def state(self) -> Any:
        return self.stream.state

    def happened(self, *kinds: type[Fact]) -> list[Fact]:
        return [fact for fact in self.stream.history if isinstance(fact, kinds)]

    def ask(self, command: Command) -> list[Fact]:
        """What follows; a refusal is one by name. Every fact can be stored and read back as the same fact."""
        command = command.model_copy(update={"at": self.now})
        try:
            facts = self.stream.when(command)
        except Refused as refusal:
            refused_by_name(refusal)
            return []
        self.keep(facts)
        return facts

    def keep(self, facts: list[Fact]) -> None:
        for fact in facts:
            assert read(fact.type, fact.encoded()) == fact
            for change in due(recorded(fact, self.decider.kind, on=self.now)):
                if isinstance(change, Set):
                    self.deadlines[change.name] = change
                else:
                    self.deadlines.pop(change.name, None)
        self.stream = self.stream.given(*facts)

    def time_passes(self, days: int) -> None:
        """Whatever falls due on the way is asked for, and gone with that."""
        self.now += timedelta(days=days)
        for name, deadline in sorted(self.deadlines.items(), key=lambda each: each[1].due_at):
            if deadline.due_at <= self.now:
                del self.deadlines[name]
                self.ask(deadline.command)
