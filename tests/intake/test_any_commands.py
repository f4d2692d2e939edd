"""Whatever is asked in whatever order: facts that can be kept follow, or a refusal by name."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.decider import Command
from contracts.intake import ProposalReceived, ProposalSubmitted, Stage, Withdrawn
from services.intake.domain import PROPOSAL
from tests.deciding import survives
from tests.intake.sample import (
    MONDAY,
    PROPOSER,
    WINDOW,
    accept,
    correct,
    lapse,
    learn_too_late,
    reach,
    request_correction,
    submit,
    withdraw,
)

days = st.integers(0, 12).map(lambda n: MONDAY + timedelta(days=n))
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(submit, st.sampled_from([PROPOSER, WINDOW]), days),
    st.builds(submit, consent_to_terms=st.booleans(), theme=st.sampled_from([None, "T-2024-01"])),
    st.builds(request_correction),
    st.builds(correct, days, note=st.sampled_from([None, "書類"])),
    st.builds(lapse, days),
    st.builds(accept, days),
    st.builds(withdraw, st.sampled_from([None, "都合により"])),
    st.builds(reach, st.sampled_from(Stage), days),
    st.builds(learn_too_late),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(commands, max_size=25))
def test_any_history_holds_together(asked: list[Command]) -> None:
    facts = survives(PROPOSAL, [submit(), *asked]).history
    kinds = [type(fact) for fact in facts]
    assert kinds.count(ProposalSubmitted) == 1
    assert kinds.count(ProposalReceived) <= 1
    assert kinds.count(Withdrawn) <= 1


@given(st.lists(commands, max_size=10))
def test_nothing_happens_before_the_submission(asked: list[Command]) -> None:
    facts = survives(PROPOSAL, asked).history
    assert not facts or isinstance(facts[0], ProposalSubmitted)
