"""Whatever is asked of an entry of the register: it names somebody and runs forward, or a refusal says why (V19)."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chassis.decider import Refused
from contracts.fact import read
from services.matching.domain import INTEREST
from services.matching.domain.interest import Interest
from tests.deciding import Deciding, by, refused_by_name
from tests.matching.sample import S05, S12, S14, WINDOW
from tests.matching.test_interest import begin, end, record

officers = st.sampled_from([S14, S12, S05, by("section:U-15:S14")])


class AnyInterest(RuleBasedStateMachine):
    """One entry of the register, asked anything."""

    def __init__(self) -> None:
        super().__init__()
        self.entry: Deciding[Any, Interest, Any] = Deciding(INTEREST)

    def ask(self, command: Any) -> None:
        try:
            facts = self.entry.when(command)
        except Refused as refusal:
            refused_by_name(refusal)
            return
        for fact in facts:
            assert read(fact.type, fact.encoded()) == fact
        self.entry = self.entry.given(*facts)

    @rule(
        actor=officers,
        person=st.sampled_from([None, "U-14", "U-15"]),
        whole=st.booleans(),
        first=st.dates(),
        last=st.none() | st.dates(),
    )
    def recorded(self, actor: Any, person: Any, whole: bool, first: Any, last: Any) -> None:
        self.ask(record(actor, person=person, whole_section=whole, valid_from=first, valid_to=last))

    @rule(last=st.dates(), actor=officers | st.just(WINDOW))
    def ended(self, last: Any, actor: Any) -> None:
        self.ask(end(last, actor))

    @rule()
    def began(self) -> None:
        self.ask(begin("2023-09-05 00:00"))

    @invariant()
    def v19_an_entry_names_somebody_and_runs_forward(self) -> None:
        if entry := self.entry.state.entry:
            assert entry.person or entry.whole_section
            assert entry.valid_to is None or entry.valid_from <= entry.valid_to


TestAnyInterest = AnyInterest.TestCase
TestAnyInterest.settings = settings(max_examples=60, stateful_step_count=10, deadline=None)
