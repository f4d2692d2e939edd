"""Whatever is asked of a proposal in whatever order: no invariant breaks."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from contracts.intake import (
    GuidelineMigrated,
    ProposalLapsed,
    ProposalReceived,
    ProposalSubmitted,
    ProposerJoined,
    Stage,
    TurnedFree,
    Withdrawn,
)
from services.intake.domain import PROPOSAL
from services.intake.domain.proposal.state import FINAL
from tests.deciding import by
from tests.intake.any_commands import BOUNDED, Machine
from tests.intake.sample import (
    OPEN_THEME,
    PROPOSER,
    SECRET,
    WINDOW,
    accept,
    correct,
    join,
    lapse,
    learn_too_late,
    migrate,
    reach,
    request_correction,
    resume,
    stop,
    submit,
    turn_free,
    withdraw,
)

STRANGER = by("proposer:P-99")
back = st.integers(0, 3).map(lambda days: timedelta(days=days))
EDITIONS = st.sampled_from(["tokorozawa/2023-07", "tokorozawa/2024-10", "tokorozawa/2025-04"])
RESTS = ("lapsed", "withdrawn")  # states that wait for nothing


class AnyProposal(Machine):
    decider = PROPOSAL

    @initialize(to_theme=st.booleans())
    def submitted(self, to_theme: bool) -> None:
        named = {"kind": "theme_proposal", "theme": "T-2024-01", "known_theme": OPEN_THEME}
        assert self.ask(submit(**(named if to_theme else {})))

    @rule(actor=st.sampled_from([PROPOSER, WINDOW]), consent=st.booleans())
    def submit_again(self, actor, consent) -> None:
        assert self.ask(submit(actor, consent_to_terms=consent)) == []

    @rule()
    def request_correction(self) -> None:
        self.ask(request_correction((self.now + timedelta(days=7)).date()))

    @rule(note=st.sampled_from([None, "書類"]))
    def correct(self, note) -> None:
        self.ask(correct(note=note))

    @rule()
    def lapse(self) -> None:
        self.ask(lapse(self.now))

    @rule(gone=st.sampled_from([None, "予算がなくなったため"]))
    def accept(self, gone) -> None:
        self.ask(accept(theme_cancelled=gone))

    @rule()
    def turn_free(self) -> None:
        self.ask(turn_free())

    @rule(edition=EDITIONS, in_force=EDITIONS)
    def migrate(self, edition, in_force) -> None:
        self.ask(migrate(edition, in_force))

    @rule(stage=st.sampled_from([stage for stage in Stage if stage not in FINAL]), ago=back)
    def reach(self, stage, ago) -> None:
        self.ask(reach(stage, self.now - ago))

    @rule(ago=back)
    def stop(self, ago) -> None:
        self.ask(stop(self.now - ago))

    @rule(ago=back)
    def resume(self, ago) -> None:
        before = self.state
        facts = self.ask(resume(self.now - ago))
        if before.stopped:
            assert [fact.stage for fact in facts] == [before.remembers]

    @rule()
    def learn_too_late(self) -> None:
        self.ask(learn_too_late())

    @rule(days=st.integers(1, 12))
    def wait(self, days) -> None:
        self.time_passes(days)

    @precondition(lambda self: len(self.stream.history) > 6)
    @rule(stage=st.sampled_from(sorted(FINAL)))
    def end(self, stage) -> None:
        self.ask(reach(stage, self.now))

    @precondition(lambda self: len(self.stream.history) > 6)
    @rule()
    def withdraw(self) -> None:
        self.ask(withdraw())

    @rule(actor=st.sampled_from([PROPOSER, STRANGER]), secret=st.sampled_from([SECRET, "WRONG"]))
    def join(self, actor, secret) -> None:
        if self.ask(join(actor, secret)):
            assert secret == SECRET

    @invariant()
    def each_comes_once_and_in_order(self) -> None:
        if not self.stream.history:
            return
        assert isinstance(self.stream.history[0], ProposalSubmitted)
        assert len(self.happened(ProposalSubmitted)) == 1
        for kind in (ProposalReceived, Withdrawn, ProposalLapsed, TurnedFree):
            assert len(self.happened(kind)) <= 1

    @invariant()
    def v22_nothing_waits_for_the_office_without_a_deadline_or_an_escalation(self) -> None:
        waiting = {"submitted": "acceptance", "correction": "correction"}.get(self.state.status)
        assert set(self.deadlines) <= {waiting}
        if waiting and waiting not in self.deadlines:
            assert self.state.escalated is not None

    @invariant()
    def v32_only_a_migration_changes_the_edition(self) -> None:
        bound = [
            fact.edition if isinstance(fact, ProposalReceived) else fact.to_edition
            for fact in self.happened(ProposalReceived, GuidelineMigrated)
        ]
        assert self.state.edition == (bound[-1] if bound else "")

    @invariant()
    def v33_whatever_is_no_end_can_be_withdrawn(self) -> None:
        if self.state.running:
            assert self.stream.when(withdraw(actor=WINDOW)) == [Withdrawn()]

    @invariant()
    def gl5_04_nobody_acts_for_a_proposer_without_their_secret(self) -> None:
        joined = {fact.person for fact in self.happened(ProposerJoined)}
        assert set(self.state.proposers) == joined | {"P-01"}

    @invariant()
    def what_is_stopped_is_at_its_screening_and_remembers_another_stage(self) -> None:
        if self.state.stopped:
            assert self.state.remembers not in (*FINAL, Stage.SCREENING, None)

    @invariant()
    def a_stage_belongs_to_what_was_accepted(self) -> None:
        assert (self.state.stage is not None) == bool(self.happened(ProposalReceived))


TestAnyProposal = AnyProposal.TestCase
TestAnyProposal.settings = BOUNDED
