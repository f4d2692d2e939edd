"""Whatever is asked in whatever order: facts that can be kept follow, or a refusal by name (V23)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.decider import Command
from contracts.matching import Matched, MatchProposed, NoMatchConcluded, SectionOffered
from services.matching.domain import MATCHING
from tests.deciding import survives
from tests.matching.sample import (
    HEAD,
    PROPOSER,
    RANKING,
    S05,
    S12,
    S14,
    S17,
    WINDOW,
    accept,
    close,
    conclude,
    decline,
    open_matching,
    propose,
    rank,
    rematch,
)

sections = st.sampled_from([S14, S12, S05, S17])
ids = st.sampled_from(["S14", "S12", "S05", "S17", "S99"])
some = st.lists(ids, min_size=1, max_size=3)
rankings = st.lists(st.sampled_from(RANKING), unique=True)

commands: st.SearchStrategy[Command] = st.one_of(
    rankings.map(lambda candidates: rank(*candidates)),
    st.builds(open_matching),
    st.builds(
        lambda named, actor: propose(*named, actor=actor), some, st.sampled_from([WINDOW, HEAD, PROPOSER])
    ),
    st.builds(lambda actor, named: accept(actor, *named), sections, st.lists(ids, max_size=2)),
    sections.map(decline),
    sections.map(decline),
    st.builds(conclude),
    st.builds(rematch, st.one_of(sections, st.just(PROPOSER))),
    st.sampled_from([close(), open_matching(), open_matching()]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(commands, max_size=30))
def test_any_history_holds_together(asked: list[Command]) -> None:
    waiting: str | None = None
    asked_in_vain: set[str] = set()
    for fact in survives(MATCHING, asked).history:
        if isinstance(fact, MatchProposed | SectionOffered):
            waiting = fact.offered_to if isinstance(fact, MatchProposed) else fact.section
            assert waiting not in asked_in_vain
        if isinstance(fact, Matched):
            assert fact.lead == waiting
            asked_in_vain.add(fact.lead)  # whoever leads is asked again by nobody
        if isinstance(fact, Matched | NoMatchConcluded):
            considered = {each.section for each in fact.candidates}
            assert considered
            assert {each.section for each in fact.declined} <= considered
