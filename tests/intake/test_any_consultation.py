"""Whatever is asked of a consultation in whatever order: no invariant breaks."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from contracts.intake import ConsultationAnswered, ConsultationClosed, ConsultationConverted, ConversionUndone
from services.intake.domain.consultation import CONSULTATION
from tests.deciding import by
from tests.histories import of_the_history
from tests.intake.any_commands import BOUNDED, Machine
from tests.intake.sample import PROPOSER, WINDOW
from tests.intake.sample_consultation import (
    OPENED,
    QUESTION_TEXT,
    SECRET,
    SECTION,
    answer,
    ask,
    close,
    convert,
    read_it,
    refer,
    undo,
)

CASES = st.sampled_from(["C01", "C02"])
STRANGER = by("proposer:P-99")


class AnyConsultation(Machine):
    decider = CONSULTATION

    @initialize(known=st.booleans())
    def asked(self, known: bool) -> None:
        self.ask(ask(**({} if known else {"organisation": None})))

    @rule()
    def ask_again(self) -> None:
        assert self.ask(ask()) == []

    @rule(section=st.sampled_from(["S14", "S07"]))
    def refer(self, section) -> None:
        self.ask(refer(section))

    @rule(actor=st.sampled_from([WINDOW, SECTION, PROPOSER, STRANGER]), proved=st.booleans())
    def read(self, actor, proved) -> None:
        facts = self.ask(read_it(actor, proved))
        allowed = (
            actor in (WINDOW, PROPOSER)
            or (actor == SECTION and "S14" in self.state.referred)
            or (actor == STRANGER and proved)
        )
        assert bool(facts) == allowed

    @rule(actor=st.sampled_from([WINDOW, SECTION, PROPOSER]))
    def answer(self, actor) -> None:
        self.ask(answer(actor))

    @rule(
        actor=st.sampled_from([PROPOSER, STRANGER]),
        case=CASES,
        taken=st.booleans(),
        secret=st.sampled_from([None, "X" * 20, SECRET]),
    )
    def convert(self, actor, case, taken, secret) -> None:
        facts = self.ask(convert(actor, case=case, case_taken=taken, secret=secret))
        if facts:
            assert not taken
            assert actor == PROPOSER or secret == SECRET

    @rule(case=CASES)
    def undo(self, case) -> None:
        self.ask(undo(case))

    @rule()
    def close(self) -> None:
        self.ask(close())

    @rule(days=st.integers(1, 20))
    def wait(self, days) -> None:
        self.time_passes(days)

    @invariant()
    def it_became_one_proposal_at_most(self) -> None:
        standing = len(self.happened(ConsultationConverted)) - len(self.happened(ConversionUndone))
        assert standing == int(self.state.status == "converted")
        assert bool(self.state.case) == (self.state.status == "converted")

    @invariant()
    def it_is_answered_once_and_closed_only_after_that(self) -> None:
        answers = len(self.happened(ConsultationAnswered))
        assert answers <= 1
        assert len(self.happened(ConsultationClosed)) <= answers

    @invariant()
    def v22_a_question_that_is_open_has_a_deadline_or_an_escalation(self) -> None:
        if self.state.status == "open":
            assert self.deadlines or self.state.escalated
        else:
            assert not self.deadlines

    @of_the_history
    def what_was_asked_shows_nowhere_by_accident(self) -> None:
        shown = " ".join(f"{fact!r} {fact.model_dump_json()}" for fact in self.stream.history)
        for secret in (QUESTION_TEXT, OPENED.topic.reveal(), SECRET):
            assert secret not in shown


TestAnyConsultation = AnyConsultation.TestCase
TestAnyConsultation.settings = BOUNDED
