"""An office that screens one case, with the registers beside it, for tests of any order of things."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from chassis.decider import Refused
from contracts.actors import Actor
from contracts.fact import Fact, read
from contracts.screening import EligibilityDecided, FlagConfirmed, FlagDismissed, MayorFound, PartnerFlagged
from services.screening.domain import SCREENING
from services.screening.policies import Measure
from tests.deciding import Deciding, at, refused_by_name
from tests.screening import sample
from tests.screening.sample import EDITION

FIRST = at("2024-07-30 09:00")
Recorded = tuple[datetime, Fact, dict[str, Measure]]  # when, what, and the registers at that moment


class Office:
    """What was recorded so far, on which day it is, and what the registers have."""

    def __init__(self) -> None:
        self.stream: Deciding[Any, Any, Any] = Deciding(SCREENING)
        self.now: datetime = FIRST
        self.registers: dict[str, Measure] = {}
        self.recorded: list[Recorded] = []

    def ask(self, command: Any, actor: Actor | None = None) -> None:
        """As the service does it: with the time, and with what the registers have at that moment."""
        more: dict[str, Any] = {"at": self.now}
        if "measures" in type(command).model_fields:
            more["measures"] = tuple(self.registers.values())
        if actor:
            more["actor"] = actor
        try:
            facts = self.stream.when(command.model_copy(update=more))
        except Refused as refusal:
            refused_by_name(refusal)
            return
        for fact in facts:
            assert read(fact.type, fact.encoded()) == fact
            self.stream = self.stream.given(fact)
            self.recorded.append((self.now, fact, dict(self.registers)))
        assert self.stream.state is not None

    def an_entry(self, register: Any, starts: int, lasts: int | None, automatic: bool) -> None:
        """A register has a new entry: it is flagged; what surely is about the partner and counts stops the case."""
        first = self.today + timedelta(days=starts)
        measure = Measure(
            id=f"M-{len(self.registers)}",
            register=register,
            clause=EDITION.registers[register],
            valid_from=first,
            valid_to=None if lasts is None else first + timedelta(days=lasts),
            automatic=automatic,
            likeness=1.0 if automatic else 0.8,
        )
        self.registers[measure.id] = measure
        self.ask(sample.flag_partner(measure))
        if automatic and measure.in_force(self.today):
            self.ask(sample.adverse(measure.clause, measure, actor=sample.SERVICE))

    @property
    def today(self) -> date:
        return self.now.date()

    def truth(self, clauses: tuple[str, ...]) -> list[str]:
        """The clauses that apply: by entries that count today, and by the mayor's findings."""
        answered = said(self.recorded)
        counting = [m for m in self.registers.values() if m.automatic or answered.get(m.id) == "confirmed"]
        by_register = {m.clause for m in counting if m.in_force(self.today)}
        return [c for c in clauses if c in by_register | found(self.recorded)]

    def decisions(self) -> list[tuple[int, datetime, EligibilityDecided, dict[str, Measure]]]:
        return [
            (n, when, fact, registers)
            for n, (when, fact, registers) in enumerate(self.recorded)
            if isinstance(fact, EligibilityDecided)
        ]


def said(recorded: Sequence[Recorded]) -> dict[str, str]:
    """Of every entry flagged: asked, confirmed or dismissed."""
    answers: dict[str, str] = {}
    for _, fact, _ in recorded:
        if isinstance(fact, PartnerFlagged):
            answers |= {flag.measure: "asked" for flag in fact.flags}
        if isinstance(fact, FlagConfirmed | FlagDismissed):
            answers[fact.measure] = "confirmed" if isinstance(fact, FlagConfirmed) else "dismissed"
    return answers


def found(recorded: Sequence[Recorded]) -> set[str]:
    """The clauses that the mayor found to apply."""
    applying: set[str] = set()
    for _, fact, _ in recorded:
        if isinstance(fact, MayorFound):
            (applying.add if fact.applies else applying.discard)(fact.clause)
    return applying
