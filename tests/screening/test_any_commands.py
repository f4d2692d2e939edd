"""Whatever is asked in whatever order: facts that can be kept follow, or a refusal by name (V07, V13)."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.decider import Command
from contracts.screening import EligibilityDecided, MayorFound
from services.screening.domain import MEASURE, SCREENING
from tests.deciding import survives
from tests.screening.sample import (
    DELEGATE,
    EDITION,
    HEAD,
    JULY_31,
    MAYOR,
    OTHER_HEAD,
    SUSPENSION,
    A,
    B,
    about_partner,
    about_project,
    ask_again,
    close,
    confirm,
    declare,
    find,
    open_screening,
    revoke,
    screen_partner,
    screen_project,
    uphold,
)
from tests.screening.test_measures import FINDING, record
from tests.screening.test_measures import SUSPENSION as ENTRY

days = st.integers(0, 16).map(lambda n: JULY_31 + timedelta(days=n))
deciders = st.sampled_from([HEAD, OTHER_HEAD, DELEGATE, MAYOR])
measures = st.sampled_from([(), (SUSPENSION,)])


def some(clauses: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(clauses), max_size=2).map(tuple)


commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(open_screening),
    st.builds(screen_partner, some(A).map(lambda c: about_partner(*c)), measures=measures),
    st.builds(screen_project, some(B).map(lambda c: about_project(*c))),
    st.builds(
        find, st.sampled_from(EDITION.mayor_clauses), st.booleans(), st.sampled_from([MAYOR, DELEGATE])
    ),
    st.builds(confirm, days, measures),
    st.builds(declare, deciders, days),
    st.builds(ask_again, days),
    st.builds(uphold, deciders),
    st.builds(revoke, deciders),
    st.builds(close),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(commands, max_size=30))
def test_any_history_holds_together(asked: list[Command]) -> None:
    found: set[str] = set()
    for fact in survives(SCREENING, [open_screening(), *asked]).history:
        if isinstance(fact, MayorFound):
            (found.add if fact.applies else found.discard)(fact.clause)
        if isinstance(fact, EligibilityDecided):
            assert (fact.decision == "ineligible") == bool(fact.clauses) == (fact.reconsider_by is not None)
            assert found == set(fact.clauses) & set(EDITION.mayor_clauses)


entries = st.builds(
    record,
    st.sampled_from([ENTRY, FINDING]),
    valid_to=st.sampled_from([None, "2024-07-31", "2023-01-01", "2030-01-01"]),
    item=st.sampled_from([None, "1(1)", "2(5)"]),
)


@given(st.lists(entries, max_size=6))
def test_any_register_holds_together(asked: list[Command]) -> None:
    assert len(survives(MEASURE, asked).history) <= 1
