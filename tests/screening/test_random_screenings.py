"""Any commands in any order, with registers that change beside them: no sequence breaks an invariant, every refusal is
named, and `evolve` takes whatever history `decide` made (V07, V08, V10, V11, V13, V14, V22, V32, V34).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

import guidelines
from contracts.actors import Actor
from contracts.screening import (
    CourseNoted,
    EligibilityDecided,
    EscalationRaised,
    MayorFound,
    PartnerScreened,
    RescreenRequired,
)
from guidelines import rules
from services.screening.domain import ELIGIBILITY, RECONSIDERATION, SCREENING
from tests.histories import Histories, of_the_history
from tests.screening import sample
from tests.screening.office import Office, found, said
from tests.screening.sample import EDITION, A, B

made_again = cache(rules.again)  # the same inputs come up in many histories

DAYS = st.integers(0, 12)
PEOPLE = ("window:W-01:S01", "contract_section:K-01:S06", "window_head:H-01:S01", "window_head:H-02:S01")
DECIDERS = (
    "window_head:H-01:S01",
    "window_head:H-02:S01",
    "mayor:M-01",
    "delegate:D-01",
    "delegate:D-02",
    "delegate:D-77",
)
PEOPLE_ST, DECIDERS_ST = st.sampled_from(PEOPLE).map(Actor.parse), st.sampled_from(DECIDERS).map(Actor.parse)


class Screenings(Histories):
    """One case, the registers beside it, and the days that pass."""

    def __init__(self) -> None:
        super().__init__()
        self.office = Office()
        self.ask = self.office.ask

    @initialize(far=st.sampled_from(["received", "running", "stopped"]))
    def received(self, far: str) -> None:
        """The case begins, runs already, or was stopped already: most histories are about what follows."""
        self.ask(sample.open_screening())
        if far != "received":
            self.ask(sample.screen_partner(sample.about_partner(as_of=self.office.today)))
            self.ask(sample.screen_project())
            self.ask(sample.confirm())
        if far == "stopped":
            self.ask(sample.adverse("GL7-B2"))

    @rule(days=DAYS)
    def days_pass(self, days: int) -> None:
        self.office.now += timedelta(days=days)

    @rule(
        register=st.sampled_from(sorted(EDITION.registers)),
        starts=st.sampled_from([-2, 0, 0, 1, 4, 12]),
        lasts=st.integers(0, 10) | st.none(),
        automatic=st.booleans(),
    )
    def an_entry_comes(self, register: Any, starts: int, lasts: int | None, automatic: bool) -> None:
        self.office.an_entry(register, starts, lasts, automatic)

    @precondition(lambda self: self.office.registers)
    @rule(data=st.data(), confirms=st.booleans(), who=PEOPLE_ST)
    def a_flag_is_answered(self, data: st.DataObject, confirms: bool, who: Actor) -> None:
        measure = self.office.registers[data.draw(st.sampled_from(sorted(self.office.registers)))]
        self.ask(sample.confirm_flag(measure) if confirms else sample.dismiss_flag(measure), who)

    @rule(data=st.data(), honest=st.booleans(), who=PEOPLE_ST)
    def the_partner_is_screened(self, data: st.DataObject, honest: bool, who: Actor) -> None:
        """Answered as the registers and the mayor have it, or as somebody likes."""
        applying = self.office.truth(A) if honest else data.draw(st.lists(st.sampled_from(A), max_size=2))
        self.ask(sample.screen_partner(sample.about_partner(*applying, as_of=self.office.today)), who)

    @rule(data=st.data(), honest=st.booleans(), who=PEOPLE_ST)
    def the_project_is_screened(self, data: st.DataObject, honest: bool, who: Actor) -> None:
        drawn = data.draw(st.lists(st.sampled_from(B[:-1] if honest else B), max_size=2))
        applying = [*drawn, *self.office.truth(B)] if honest else drawn
        self.ask(sample.screen_project(sample.about_project(*applying)), who)

    @rule(clause=st.sampled_from([*EDITION.mayor_clauses, "GL7-B1"]), applies=st.booleans(), who=DECIDERS_ST)
    def the_mayor_finds(self, clause: str, applies: bool, who: Actor) -> None:
        self.ask(sample.find(clause, applies), who)

    @rule(eligible=st.booleans(), who=DECIDERS_ST)
    def it_is_decided(self, eligible: bool, who: Actor) -> None:
        self.ask(sample.confirm() if eligible else sample.declare(), who)

    @rule(
        flags=st.sampled_from(["confirmed", "dismissed", "passed over"]),
        bad=st.sampled_from([(), (), ("GL7-B1",), ("GL7-B4", "GL7-B2")]),
        meanwhile=st.sampled_from(["nothing", "days", "a likely entry", "a certain entry"]),
        who=DECIDERS_ST,
    )
    def the_office_goes_through_it(
        self, flags: str, bad: tuple[str, ...], meanwhile: str, who: Actor
    ) -> None:
        """Everything is screened as it is, flags are answered or not, and somebody decides, at once or later."""
        answered = said(self.office.recorded)
        for measure in self.office.registers.values():
            if not measure.automatic and answered.get(measure.id) not in ("confirmed", "dismissed"):
                self.ask(sample.flag_partner(measure))
                if flags != "passed over":
                    confirms = flags == "confirmed"
                    self.ask(sample.confirm_flag(measure) if confirms else sample.dismiss_flag(measure))
        partner, project = self.office.truth(A), [*bad, *self.office.truth(B)]
        self.ask(sample.screen_partner(sample.about_partner(*partner, as_of=self.office.today)))
        self.ask(sample.screen_project(sample.about_project(*project)))
        if meanwhile == "days":
            self.office.now += timedelta(days=5)
        elif meanwhile != "nothing":
            self.office.an_entry("bid_suspension", 0, 3, meanwhile == "a certain entry")
        if partner or project:
            self.ask(sample.declare(), who)
        else:
            self.ask(sample.confirm())

    @rule(clause=st.sampled_from([*A, *B, "GL7-B9"]), who=PEOPLE_ST)
    def somebody_finds_an_adverse_fact(self, clause: str, who: Actor) -> None:
        self.ask(sample.adverse(clause), who)

    @rule(upheld=st.booleans(), who=DECIDERS_ST)
    def it_is_looked_at_again(self, upheld: bool, who: Actor) -> None:
        self.ask(sample.ask_again())
        self.ask(sample.uphold() if upheld else sample.revoke(), who)

    @rule(course=st.sampled_from(["running", "running", "running", "agreed", "not_established", "ended"]))
    def elsewhere_it_goes_on(self, course: Any) -> None:
        self.ask(sample.note(course))

    @rule(waiting_for=st.sampled_from([ELIGIBILITY, RECONSIDERATION]), due=st.sampled_from([1, 2]))
    def a_day_has_passed(self, waiting_for: str, due: int) -> None:
        self.ask(sample.escalate(waiting_for, date(2024, 8, due)))

    @rule()
    def it_is_migrated(self) -> None:
        self.ask(sample.follow(reconsideration_days=7))

    @rule(late=st.booleans())
    def it_is_withdrawn(self, late: bool) -> None:
        if late and len(self.office.recorded) > 15:
            self.ask(sample.close())

    # What holds of every history

    @of_the_history
    def v07_v08_an_adverse_decision_cites_clauses_of_its_edition_and_can_be_made_again(self) -> None:
        for _, _, fact, _ in self.office.decisions():
            assert (fact.decision == "ineligible") == bool(fact.clauses) == (fact.reconsider_by is not None)
            assert set(fact.clauses) <= {clause.id for clause in guidelines.load(fact.edition).clauses}
            assert fact.basis is not None
            assert made_again(fact.basis) == fact.basis
            assert set(fact.clauses) == {answer.clause for answer in fact.answers if answer.applies}

    @of_the_history
    def v10_v32_nobody_is_eligible_while_an_entry_that_is_about_them_counts(self) -> None:
        for n, when, fact, registers in self.office.decisions():
            answered = said(self.office.recorded[:n])
            counting = [m for m in registers.values() if m.automatic or answered.get(m.id) == "confirmed"]
            if fact.decision == "eligible":
                assert not [m for m in counting if m.in_force(when.date())]

    @of_the_history
    def no_decision_passes_over_a_flag_and_no_likeness_excludes(self) -> None:
        for n, when, _, registers in self.office.decisions():
            answered = said(self.office.recorded[:n])
            for measure in registers.values():
                if not measure.automatic and measure.in_force(when.date()):
                    assert answered.get(measure.id) in ("confirmed", "dismissed")
        for n, (_, fact, registers) in enumerate(self.office.recorded):
            if isinstance(fact, PartnerScreened):
                answered = said(self.office.recorded[:n])
                for answer in fact.answers:
                    if answer.applies and answer.clause in EDITION.register_clauses:
                        measure = registers[answer.measure or ""]
                        assert measure.automatic or answered[measure.id] == "confirmed"

    @of_the_history
    def v13_what_is_left_to_the_mayor_stands_on_a_finding(self) -> None:
        for n, _, fact, _ in self.office.decisions():
            findings = found(self.office.recorded[:n])
            assert set(fact.clauses) & set(EDITION.mayor_clauses) == findings & {
                a.clause for a in fact.answers
            }
        for _, fact, _ in self.office.recorded:
            if isinstance(fact, MayorFound):
                assert fact.found_by in {"M-01", "D-01", *(["D-02"] if fact.clause == "GL7-A4" else [])}

    @of_the_history
    def a_decision_resumes_a_case_that_had_been_stopped_and_no_other(self) -> None:
        stopped = False
        for _, fact, _ in self.office.recorded:
            if isinstance(fact, RescreenRequired):
                stopped = True
            if isinstance(fact, EligibilityDecided):
                assert fact.rescreened == stopped
                assert fact.resumes == (stopped and fact.decision == "eligible")
                stopped = stopped and fact.decision == "ineligible"

    @of_the_history
    def what_has_ended_is_not_stopped_and_what_is_signed_stays_so(self) -> None:
        course = "running"
        for _, fact, _ in self.office.recorded:
            if isinstance(fact, CourseNoted):
                assert course not in ("agreed", "ended") or fact.course in ("agreed", "ended")
                course = fact.course
            if isinstance(fact, RescreenRequired):
                assert course in ("running", "agreed")
                assert fact.agreed == (course == "agreed")

    @of_the_history
    def v22_each_last_day_is_told_once_in_a_row(self) -> None:
        told = [
            (fact.waiting_for, fact.due)
            for _, fact, _ in self.office.recorded
            if isinstance(fact, EscalationRaised)
        ]
        assert all(one[1] != other[1] for one, other in pairwise(told))

    @of_the_history
    def evolve_takes_any_history(self) -> None:
        state = SCREENING.initial
        evolve: Callable[[Any, Any], Any] = SCREENING.evolve
        for fact in self.office.stream.history:
            state = evolve(state, fact)
        assert state == self.office.stream.state


TestScreenings = Screenings.TestCase
TestScreenings.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
