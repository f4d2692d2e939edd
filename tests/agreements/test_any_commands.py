"""Whatever is asked in whatever order: facts that can be kept follow, or a refusal by name (V01, V06, V19, V25)."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.decider import Command
from contracts.agreements import (
    AgreementSigned,
    CostClassified,
    OutcomeDecided,
    PartnerScreeningNoted,
    PilotEvaluated,
    ReviewerRecused,
    ScoreSubmitted,
)
from services.agreements.domain import PARTNERSHIP
from tests.agreements.sample import (
    FINANCE,
    HEAD,
    LEAD,
    MAYOR,
    NOON,
    OTHER,
    PARTNER,
    R1,
    R2,
    R3,
    TODAY,
    WINDOW,
    abort,
    classify,
    close,
    complete,
    conclude,
    confirm,
    decide_on,
    goals,
    grant,
    note,
    open_dialogue,
    open_evaluation,
    plan,
    record,
    recuse,
    release,
    score,
    share,
    sign,
    skip,
    start,
)
from tests.deciding import survives

sides = st.sampled_from([LEAD, PARTNER, OTHER])
reviewers = st.sampled_from([R1, R2, R3])
classes = st.sampled_from(["none", "actual_expense", "revenue_waiver", "expenditure", "undetermined"])
days = st.integers(-40, 1).map(lambda n: TODAY + timedelta(days=n))

# By phase, so that histories get far enough to be interesting; each phase in any order, and all of them mixed.
PHASES: list[list[st.SearchStrategy[Command]]] = [
    [
        st.builds(goals, sides),
        st.builds(share, sides, st.sampled_from([None, 1, 2])),
        st.builds(record, sides),
        st.builds(confirm, st.integers(1, 3), sides),
        st.builds(release),
        st.builds(open_dialogue, st.sampled_from(["S14", "S12"])),
    ],
    [
        st.builds(lambda actor, changed: plan(actor, **changed), sides, st.sampled_from([{}, {"kpis": []}])),
        st.builds(grant, actor=sides),
        st.builds(start, sides),
        st.builds(complete, sides),
        st.builds(abort, sides),
        st.builds(skip, sides),
    ],
    [
        st.builds(open_evaluation, quorum=st.integers(1, 4)),
        st.builds(score, reviewers, st.integers(0, 100), st.integers(0, 100)),
        st.builds(recuse, st.sampled_from(["REV-01", "REV-09"]), st.one_of(reviewers, st.just(WINDOW))),
        st.builds(conclude),
    ],
    [
        st.builds(classify, classes, st.sampled_from([None, 0, 24_000]), st.sampled_from([LEAD, FINANCE])),
        st.builds(
            decide_on,
            st.sampled_from(["service_contract", "individual_agreement", "not_established"]),
            st.sampled_from([HEAD, MAYOR, WINDOW]),
        ),
        st.builds(note, days, st.booleans()),
        st.builds(sign, st.integers(0, 3).map(lambda n: NOON + timedelta(days=n))),
        st.builds(close),
    ],
]
orders = [st.lists(st.one_of(phase), max_size=8) for phase in PHASES]
everything = st.lists(st.one_of([command for phase in PHASES for command in phase]), max_size=12)
some = st.booleans()
USUAL: list[list[Command]] = [
    [open_dialogue(), goals(), share()],
    [skip()],
    [open_evaluation(), score(R1), score(R2), conclude()],
    [classify(), decide_on(), note()],
]


@st.composite
def histories(draw: st.DrawFn) -> list[Command]:
    """Each phase goes its usual way, or any way; in between anything may be asked."""
    asked: list[Command] = []
    for order, usual in zip(orders, USUAL, strict=True):
        asked += draw(order)
        asked += usual if draw(some) else []
    return [*asked, *draw(everything), sign()]


@settings(max_examples=300, deadline=None)
@given(histories())
def test_any_history_holds_together(asked: list[Command]) -> None:
    cost: CostClassified | None = None
    screening: PartnerScreeningNoted | None = None
    counts: set[str] = set()
    seen: list[type[Any]] = []
    for fact in survives(PARTNERSHIP, asked).history:
        match fact:
            case CostClassified():
                cost = fact
            case PartnerScreeningNoted():
                screening = fact
            case ScoreSubmitted():
                counts.add(fact.reviewer)
            case ReviewerRecused():
                counts.discard(fact.reviewer)
            case PilotEvaluated():
                assert fact.scores == len(counts)
                assert PilotEvaluated not in seen
            case OutcomeDecided():
                assert PilotEvaluated in seen
            case AgreementSigned():
                assert OutcomeDecided in seen
                assert cost is not None
                assert cost.class_ not in ("expenditure", "undetermined")
                assert cost.class_ == "none" or cost.approved_by_finance
                assert screening is not None
                assert screening.clear
                assert fact.signed_on - screening.as_of <= timedelta(days=30)
        seen.append(type(fact))


@settings(max_examples=100, deadline=None)
@given(everything)
def test_anything_at_all_is_answered(asked: list[Command]) -> None:
    survives(PARTNERSHIP, [open_dialogue(), *asked])
