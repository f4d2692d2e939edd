"""Whatever is asked of an agreement in whatever order, over years: no invariant breaks (V07, V09, V27, V30, V31)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from chassis.deadlines import Cancel, Set
from chassis.decider import Command, Refused
from contracts.actors import Role
from contracts.agreements import (
    AgreementAmended,
    AgreementEntered,
    AgreementExpired,
    AgreementRenewed,
    AgreementScreeningNoted,
    AgreementTerminated,
    NonRenewalNotified,
    ProjectAdded,
    ProjectDecided,
    ProjectDecisionDue,
    ProjectEnded,
)
from contracts.days import day, end_of
from contracts.fact import Fact, read
from services.agreements.deadlines import due
from services.agreements.domain.agreement import AGREEMENT
from tests.agreements.sample import EDITION, HEAD, LEAD, MAYOR, OTHER, PARTNER, recorded
from tests.agreements.years import (
    add,
    amend,
    approve,
    confirm,
    decide_project,
    end_project,
    end_with_agreement,
    enter,
    noted,
    notice,
    reinstate,
    suspend,
    terminate,
)
from tests.deciding import Deciding, at, refused_by_name
from tests.histories import Histories, of_the_history

sides = st.sampled_from([LEAD, PARTNER, HEAD, OTHER])
projects = st.sampled_from(["P1", "P2", "P3"])
CLAUSES = st.sampled_from([(), ("GL4-5",), ("GL9-9",)])
FOUND: list[dict[str, Any]] = [
    {},
    {"screening_clear": False},
    {"cost_class": "undetermined"},
    {"halted": "ended"},
]
SOME_FIELDS = [("環境",), ("環境", "防災"), ("高齢者福祉", "環境")]
ASKED: st.SearchStrategy[Command] = st.one_of(
    st.builds(notice, sides),
    st.builds(suspend),
    st.builds(reinstate),
    st.builds(suspend, st.just(HEAD)),
    st.builds(reinstate, st.just(HEAD)),
    st.builds(end_with_agreement),
    st.builds(lambda actor, clauses: terminate(actor, clauses=clauses), sides, CLAUSES),
    st.builds(lambda clauses: terminate(MAYOR, "adverse_fact", clauses=clauses), CLAUSES),
    st.builds(
        lambda actor, class_, renews, fields: amend(actor, class_, renews=renews, fields=fields),
        sides,
        st.sampled_from(["none", "undetermined"]),
        st.booleans(),
        st.sampled_from(SOME_FIELDS),
    ),
    st.builds(
        lambda years: amend(term_to=date(2024, 3, 31).replace(year=2024 + years)), st.integers(0, 3)
    ),
    st.builds(lambda yen: amend(class_="actual_expense", amount_yen=yen), st.integers(0, 9)),
    st.builds(approve, st.integers(1, 4)),
    st.builds(confirm, st.integers(1, 4), sides),
    st.builds(lambda case, found: add(case, **found), projects, st.sampled_from(FOUND)),
    st.builds(end_project, projects),
    st.builds(lambda what, case, clauses: decide_project(what, case, clauses=clauses),
              st.sampled_from(["continues", "ends"]), projects, CLAUSES),
)  # fmt: skip


class AnyYears(Histories):
    """People ask for anything; the clock goes on, and what has become due is issued, as it is in a running service."""

    def __init__(self) -> None:
        super().__init__()
        self.stream = Deciding(AGREEMENT)
        self.now: datetime = at("2024-03-25 11:00")
        self.waiting: dict[str, Set] = {}
        self._ask(enter())

    @rule(command=ASKED)
    def somebody_asks(self, command: Command) -> None:
        self._ask(command.model_copy(update={"at": self.now}))

    @rule(days=st.sampled_from([1, 20, 80, 200]))
    def time_goes_on(self, days: int) -> None:
        self._until(self.now + timedelta(days=days))

    @rule(clear=st.sampled_from([True, True, True, False]))
    def the_partner_is_screened(self, clear: bool) -> None:
        self._ask(noted(day(self.now), clear).model_copy(update={"at": self.now}))

    @rule()
    def a_year_is_renewed(self) -> None:
        """Now and then all goes as it should, so that it comes to years."""
        terms = self.stream.state.terms
        if terms is not None and terms.term_to is not None and end_of(terms.term_to) > self.now:
            self._until(max(self.now, end_of(terms.term_to - timedelta(days=10))))
            self.the_partner_is_screened(clear=True)
            self._until(end_of(terms.term_to))

    @rule(case=projects, found=st.sampled_from(FOUND))
    def a_project_comes_under_it(self, case: str, found: dict[str, Any]) -> None:
        self._ask(add(case, **found).model_copy(update={"at": self.now}))

    @rule(yen=st.sampled_from([None, 5]), fields=st.sampled_from(SOME_FIELDS), approved=st.booleans())
    def a_change_is_agreed_on(self, yen: int | None, fields: tuple[str, ...], approved: bool) -> None:
        number = self.stream.state.amendments + 1
        change = amend(class_="actual_expense" if yen else "none", amount_yen=yen, fields=fields)
        for command in (change, *[approve(number)] * approved, confirm(number)):
            self._ask(command.model_copy(update={"at": self.now}))

    @rule()
    def something_is_found_and_cleared(self) -> None:
        self._ask(suspend().model_copy(update={"at": self.now}))
        self._ask(reinstate().model_copy(update={"at": self.now}))

    @precondition(lambda self: any(u.status == "active" for u in self.stream.state.projects.values()))
    @rule()
    def it_is_terminated_with_projects_under_it(self) -> None:
        self._ask(terminate().model_copy(update={"at": self.now}))

    @precondition(lambda self: any(u.status == "active" for u in self.stream.state.projects.values()))
    @rule()
    def it_runs_out_with_projects_under_it(self) -> None:
        terms = self.stream.state.terms
        if terms is not None and terms.term_to is not None:
            self._until(max(self.now, end_of(terms.term_to)))

    @precondition(lambda self: self.stream.state.ended is not None)
    @rule(case=projects, decision=st.sampled_from(["continues", "ends"]))
    def a_project_is_decided_on(self, case: str, decision: str) -> None:
        self._ask(decide_project(decision, case).model_copy(update={"at": self.now}))

    @invariant()
    def what_goes_on_has_a_timer_for_its_end(self) -> None:
        state = self.stream.state
        going_on = state.entered is not None and state.ended is None
        assert ("term" in self.waiting) == going_on
        for case, under in state.projects.items():
            waits = under.status == "to_decide" and not under.overdue
            assert (f"project-{case}" in self.waiting) == waits
            if not going_on:
                assert under.status != "active"  # V31

    @of_the_history
    def the_history_keeps_to_its_rules(self) -> None:
        keeps_to_its_rules(self.stream.history)

    def _until(self, then: datetime) -> None:
        while soon := [s for s in self.waiting.values() if s.due_at <= then]:
            first = min(soon, key=lambda each: each.due_at)
            del self.waiting[first.name]
            self.now = max(self.now, first.due_at)
            self._ask(first.command.model_copy(update={"at": self.now}))
        self.now = then

    def _ask(self, command: Command) -> None:
        try:
            facts = self.stream.when(command)
        except Refused as refusal:
            assert command.actor.role not in (Role.TIMER, Role.SERVICE)
            refused_by_name(refusal)
            return
        for fact in facts:
            assert read(fact.type, fact.encoded()) == fact
            for deadline in due(recorded(fact, "agreement/A1")):
                if isinstance(deadline, Cancel):
                    self.waiting.pop(deadline.name, None)
                else:
                    self.waiting[deadline.name] = deadline
        self.stream = self.stream.given(*facts)


def keeps_to_its_rules(history: tuple[Fact, ...]) -> None:
    """Told again from the facts alone, without the decider."""
    term_to: date | None = None
    notified = False
    renews = False
    screening: tuple[date, bool] | None = None
    active: set[str] = set()
    waiting: set[str] = set()
    known = {clause.id for clause in EDITION.clauses}
    for fact in history:
        match fact:
            case AgreementEntered():
                term_to, renews, screening = fact.term_to, fact.renews, (fact.screening_as_of, True)
            case AgreementAmended():
                assert not notified
                assert len(set(fact.fields)) >= 2  # V27
                assert fact.cost_class not in ("undetermined", "expenditure")  # V01, V06
                term_to, renews = fact.term_to, fact.renews
            case NonRenewalNotified():
                notified = True
            case AgreementScreeningNoted():
                screening = (fact.as_of, fact.clear)
            case AgreementRenewed():
                assert renews
                assert not notified  # V30
                assert screening is not None
                assert screening[1]
                assert fact.term_from - screening[0] <= timedelta(days=30)  # V09
                assert term_to is not None
                assert fact.term_from == term_to + timedelta(days=1)
                term_to = fact.term_to
            case ProjectAdded():
                active.add(fact.project)
            case ProjectEnded():
                active.discard(fact.project)
                waiting.discard(fact.project)
            case AgreementExpired() | AgreementTerminated():
                if isinstance(fact, AgreementTerminated) and fact.by == "city":
                    assert fact.clauses  # V07
                    assert set(fact.clauses) <= known  # V08
            case ProjectDecisionDue():
                active.remove(fact.project)
                waiting.add(fact.project)
            case ProjectDecided():
                waiting.remove(fact.project)
                assert fact.decision == "continues" or fact.clauses
    if any(isinstance(fact, AgreementExpired | AgreementTerminated) for fact in history):
        assert not active  # V31


AnyYears.TestCase.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
TestAnyYears = AnyYears.TestCase
