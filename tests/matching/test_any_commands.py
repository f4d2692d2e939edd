"""Whatever is asked in whatever order: facts that can be kept follow, or a refusal by name; no invariant breaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chassis.decider import Command, Refused
from contracts.fact import read
from contracts.matching import (
    ConflictFound,
    DecisionRevoked,
    DecisionUpheld,
    EscalationRaised,
    LeftToOffice,
    MatchDeclined,
    Matched,
    MatchingClosed,
    MatchProposed,
    NoMatchConcluded,
    ReconsiderationRequested,
    RematchRequested,
    SectionOffered,
)
from services.matching.domain import MATCHING
from tests.deciding import Deciding, by, refused_by_name
from tests.matching.sample import (
    CONTRACTS,
    HEAD,
    PROPOSER,
    RANKING,
    REPLY_BY,
    S05,
    S12,
    S14,
    S17,
    WINDOW,
    accept,
    ask_again,
    close,
    conclude,
    declare,
    decline,
    end,
    escalate,
    follow,
    free,
    full,
    interest,
    look_again,
    note_conflicts,
    note_partner,
    open_matching,
    propose,
    rank,
    reopen,
    resume_lead,
    revoke,
    settle,
    suspend,
    uphold,
)

SECTIONS = ("S14", "S12", "S05", "S17")
officers = st.sampled_from([S14, S12, S05, S17, by("section:U-15:S14")])
ids = st.sampled_from([*SECTIONS, "S99"])
loads = st.lists(st.sampled_from(SECTIONS), max_size=2, unique=True).map(
    lambda those: tuple(full(each) for each in those)
)
found = st.lists(
    st.one_of(
        st.sampled_from(SECTIONS).map(interest),
        officers.map(lambda officer: interest(officer.section or "S14", officer.id)),
    ),
    max_size=1,
).map(tuple)


class AnyMatching(RuleBasedStateMachine):
    """One case, asked anything by anybody, at random."""

    def __init__(self) -> None:
        super().__init__()
        self.case: Deciding[Any, Any, Any] = Deciding(MATCHING)

    def ask(self, command: Command) -> None:
        before = self.case.state
        try:
            facts = self.case.when(command)
        except Refused as refusal:
            refused_by_name(refusal)
            return
        for fact in facts:
            assert read(fact.type, fact.encoded()) == fact
        self.check(command, before, facts)
        self.case = self.case.given(*facts)
        assert self.case.state is not None

    @rule(
        candidates=st.lists(st.sampled_from(RANKING), unique=True),
        none_fits=st.booleans(),
        full=loads,
        found=found,
    )
    def ranked(self, candidates: Any, none_fits: bool, full: Any, found: Any) -> None:
        self.ask(rank(*candidates, none_fits=none_fits, full=full, conflicts=found))

    @rule(full=loads, found=found)
    def eligible(self, full: Any, found: Any) -> None:
        self.ask(open_matching(full=full, conflicts=found))

    @rule(
        sections=st.lists(ids, min_size=1, max_size=3),
        actor=st.sampled_from([WINDOW, HEAD, PROPOSER]),
        full=loads,
    )
    def proposed(self, sections: Any, actor: Any, full: Any) -> None:
        self.ask(propose(*sections, actor=actor, full=full))

    @rule(officer=officers, supporting=st.lists(ids, max_size=1), full=loads, found=found)
    def accepted(self, officer: Any, supporting: Any, full: Any, found: Any) -> None:
        self.ask(accept(officer, *supporting, full=full, conflicts=found))

    @rule(officer=officers, full=loads, ground=st.sampled_from(["not_ours", "no_room", None]))
    def declined(self, officer: Any, full: Any, ground: Any) -> None:
        self.ask(decline(officer, full=full, ground=ground))

    @rule(full=loads)
    def answered_by_whom_it_was_offered_to(self, full: Any) -> None:
        if asked := self.case.state.offered_to:
            self.ask(decline(by(f"section:U-77:{asked}"), full=full))

    @rule()
    def taken_on(self) -> None:
        if asked := self.case.state.offered_to:
            self.ask(accept(by(f"section:U-77:{asked}")))

    @rule(full=loads)
    def concluded(self, full: Any) -> None:
        self.ask(conclude(full=full))

    @rule(revoked=st.booleans())
    def looked_at_again(self, revoked: bool) -> None:
        self.ask(ask_again())
        self.ask(revoke() if revoked else uphold())

    @rule(section=ids, full=loads)
    def reopened(self, section: Any, full: Any) -> None:
        self.ask(reopen(self.case.state.lead or section, full=full))

    @rule(
        section=ids,
        person=st.sampled_from([None, "U-14", "U-12"]),
        actor=st.sampled_from([WINDOW, CONTRACTS, S14, S12]),
    )
    def declared(self, section: Any, person: Any, actor: Any) -> None:
        self.ask(declare(section, person, actor))

    @rule(
        command=st.sampled_from(
            [
                note_partner(),
                look_again(),
                look_again(full("S14")),
                note_conflicts(interest("S12")),
                settle(),
                free(),
                free("not_established"),
                resume_lead(),
                resume_lead(conflicts=(interest("S05"),)),
                ask_again(),
                uphold(),
                uphold(HEAD),
                revoke(),
                revoke(conflicts=(interest("S14"),), full=(full("S12"),)),
                escalate(),
                escalate(REPLY_BY.replace(day=1)),
                suspend(),
                end("GL7-A2"),
                close(),
                open_matching(),
                open_matching(),
                follow(sections=["S12", "S05"], edition="kakuu-minato/2024-04"),
            ]
        )
    )
    def told(self, command: Command) -> None:
        self.ask(command)

    def check(self, command: Command, before: Any, facts: Sequence[Any]) -> None:
        """What each fact may and may not be, by what was known when it came."""
        state = before
        for fact in facts:
            match fact:
                case MatchProposed() | SectionOffered():
                    asked = fact.offered_to if isinstance(fact, MatchProposed) else fact.section
                    assert asked not in state.out, "V23: who said no was asked again"
                    assert asked not in state.partial_sections, "V19: who is partial was asked"
                    assert state.halt is None, "somebody was asked while the case was stopped"
                    if fact.left_out and getattr(fact, "reason", None) is None:
                        assert asked not in {each.section for each in fact.left_out}
                case Matched():
                    assert fact.lead == before.offered_to, "somebody leads who was not asked"
                    assert fact.lead not in {each.section for each in command.full}, "beyond capacity"  # type: ignore[attr-defined]
                    assert not {fact.lead, *fact.supporting} & state.partial_sections, "V19"
                    assert command.actor.id not in state.partial_persons, "V19"
                    assert fact.candidates, "V23: nobody was considered"
                    assert {each.section for each in fact.declined} <= {
                        each.section for each in fact.candidates
                    }
                case MatchDeclined():
                    assert fact.section == before.offered_to
                    assert fact.reason.reveal().strip(), "V23: no reason"
                case NoMatchConcluded():
                    assert before.offered_to is None, "V23: somebody was still asked"
                    assert fact.reasons.reveal().strip()
                    assert before.ranked or before.proposed, "V23: nothing was considered"
                    assert fact.clauses, "V07"
                case ReconsiderationRequested():
                    assert before.status == "concluded"
                case DecisionUpheld() | DecisionRevoked():
                    assert before.status == "reconsideration"
                    assert command.actor.id not in before.took_part, "V34"
                    assert command.actor.id not in before.partial_persons, "V19"
                case EscalationRaised():
                    assert not before.escalated, "said twice"
                case RematchRequested():
                    assert fact.section == state.lead
                case ConflictFound():
                    assert fact not in state.conflicts
                case _:
                    pass
            state = MATCHING.evolve(state, fact)

    @invariant()
    def v22_somebody_is_always_at_it(self) -> None:
        """A case that looks for a section waits for a section, for the office, or for its ranking, until a day."""
        state = self.case.state
        if state.status == "open" and state.halt is None:
            assert state.offered_to or state.left_to_office or not (state.ranked or state.proposed)
            assert state.respond_by is not None

    @invariant()
    def v19_who_is_partial_is_not_at_it(self) -> None:
        state = self.case.state
        if state.halt is None and state.status in ("open", "matched"):
            assert state.offered_to not in state.partial_sections
            assert not set(state.supporting) & state.partial_sections
            assert state.lead not in state.partial_sections or state.settled

    @invariant()
    def v33_what_is_closed_stays_closed(self) -> None:
        history = self.case.history
        if MatchingClosed(reason="withdrawn") in history:
            assert history[-1] == MatchingClosed(reason="withdrawn")

    @invariant()
    def what_is_left_to_the_office_has_a_reason(self) -> None:
        for fact in self.case.history[-1:]:
            if isinstance(fact, LeftToOffice) and fact.why == "no_room":
                assert fact.left_out


TestAnyMatching = AnyMatching.TestCase
TestAnyMatching.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
