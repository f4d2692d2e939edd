"""Whatever is asked in whatever order: facts that can be kept follow, or a refusal by name (V01, V06, V19, V25)."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from chassis.decider import Command, Refused
from contracts.agreements import (
    AgreementSigned,
    ConflictNoted,
    CostClassified,
    DecisionRevoked,
    DecisionUpheld,
    DialogueOpened,
    EscalationRaised,
    GuidelineFollowed,
    IncidentReported,
    IpClaimRecorded,
    LeadReleased,
    OpenDataReleased,
    OutcomeDecided,
    PartnerNoted,
    PartnerScreeningNoted,
    PartnershipClosed,
    PartnershipEnded,
    PartnershipResumed,
    PersonalDataErased,
    PilotAborted,
    PilotCompleted,
    PilotEvaluated,
    PilotResumed,
    PilotStarted,
    PilotSuspended,
    ReconsiderationRequested,
    RematchRequested,
    ResourceRefused,
    ReviewerNamed,
    ReviewerRecused,
    ScoreSubmitted,
    ThemeNoted,
    WithdrawalRefused,
)
from contracts.fact import read
from guidelines import rules
from services.agreements.domain import PARTNERSHIP
from services.agreements.domain.standing import is_over
from tests.agreements.sample import (
    EDITION,
    FINANCE,
    HEAD,
    LEAD,
    MAYOR,
    NOON,
    OTHER,
    PARTNER,
    PERSONAL,
    R1,
    R2,
    R3,
    ROADS,
    TODAY,
    WINDOW,
    abort,
    abstain,
    ask,
    ask_again,
    classify,
    close,
    complete,
    conclude,
    confirm,
    confirm_erasure,
    decide_on,
    end,
    escalate_talks,
    follow,
    goals,
    grant,
    grant_resource,
    name_reviewer,
    note,
    note_conflict,
    note_theme,
    open_dialogue,
    open_evaluation,
    plan,
    record,
    recuse,
    refuse_resource,
    release,
    release_data,
    rematch,
    report_incident,
    report_progress,
    resume,
    resume_pilot,
    revoke,
    score,
    share,
    sign,
    skip,
    start,
    suspend,
    suspend_pilot,
    uphold,
)
from tests.deciding import Deciding, refused_by_name, survives

sides = st.sampled_from([LEAD, PARTNER, OTHER])
reviewers = st.sampled_from([R1, R2, R3])
classes = st.sampled_from(["none", "actual_expense", "revenue_waiver", "expenditure", "undetermined"])
days = st.integers(-40, 1).map(lambda n: TODAY + timedelta(days=n))

plans = st.sampled_from([{}, {"kpis": []}, {"personal_data": PERSONAL}])

# By phase, so that histories get far enough to be interesting.
PHASES: list[list[st.SearchStrategy[Command]]] = [
    [
        st.builds(goals, sides),
        st.builds(share, sides, st.sampled_from([None, 1, 2])),
        st.builds(record, sides),
        st.builds(confirm, st.integers(1, 3), sides),
    ],
    [
        st.builds(
            lambda actor, changed: plan(actor, **changed),
            sides,
            st.sampled_from([{}, {"kpis": []}, {"personal_data": PERSONAL}]),
        ),
        st.builds(grant, actor=sides),
        st.builds(start, sides),
        st.builds(complete, sides),
        st.builds(report_incident, sides),
        st.builds(report_progress, sides),
        st.builds(
            suspend_pilot, sides, st.sampled_from(["incident", "stop_rule"]), st.sampled_from([None, 1, 2])
        ),
        st.builds(resume_pilot, sides),
        st.builds(confirm_erasure, sides),
        st.builds(release_data, st.sampled_from(["D-1", "D-2"]), actor=sides),
        st.builds(abort, sides),
        st.builds(skip, sides),
    ],
    [
        st.builds(open_evaluation, quorum=st.integers(1, 4)),
        st.builds(score, reviewers, st.integers(0, 100), st.integers(0, 100)),
        st.builds(recuse, st.sampled_from(["REV-01", "REV-09"]), st.one_of(reviewers, st.just(WINDOW))),
        st.builds(conclude),
        st.builds(abstain, reviewers),
        st.builds(
            name_reviewer, st.sampled_from(["REV-01", "REV-09"]), st.sampled_from(["REV-02", "REV-03"])
        ),
    ],
    [
        st.builds(classify, classes, st.sampled_from([None, 0, 24_000]), st.sampled_from([LEAD, FINANCE])),
        st.builds(
            decide_on,
            st.sampled_from(["service_contract", "individual_agreement", "not_established"]),
            st.sampled_from([HEAD, MAYOR, WINDOW]),
            st.sampled_from([(), ("GL4-5",), ("GL9-9",)]),
            st.booleans(),
        ),
        st.builds(note, days, st.booleans()),
        st.builds(sign, st.integers(0, 3).map(lambda n: NOON + timedelta(days=n))),
    ],
]
ROOM: list[st.SearchStrategy[Command]] = [
    st.builds(ask, st.sampled_from(["roads", "parks", "moon"]), sides),
    st.builds(grant_resource, st.integers(1, 3), st.sampled_from([ROADS, LEAD])),
    st.builds(refuse_resource, st.integers(1, 3), st.sampled_from([ROADS, LEAD])),
    st.builds(
        escalate_talks,
        st.sampled_from(["pilot_end", "pilot_suspended", "resource"]),
        st.sampled_from([date(2023, 10, 24), date(2024, 4, 26)]),
        st.sampled_from([None, 1, 2]),
    ),
]
FROM_OUTSIDE: list[st.SearchStrategy[Command]] = [
    st.builds(open_dialogue, st.sampled_from(["S14", "S12"])),
    st.builds(release, st.sampled_from(["S14", "S12"])),
    st.builds(rematch, sides),
    st.builds(suspend),
    st.builds(resume),
    st.builds(end),
    st.builds(follow, st.just(EDITION.id), st.sampled_from([30, 0])),
    st.builds(note_theme, st.sampled_from(["T-1", None])),
    st.builds(note_conflict, st.sampled_from(["REV-01", "REV-09"])),
    st.builds(close),
    st.builds(ask_again),
    st.builds(uphold, st.sampled_from([MAYOR, HEAD])),
    st.builds(revoke, st.sampled_from([MAYOR, HEAD])),
]
within = [st.lists(st.one_of(phase), max_size=6) for phase in PHASES]
anything = st.one_of([command for phase in [*PHASES, ROOM, FROM_OUTSIDE] for command in phase])
USUAL: list[list[Command]] = [
    [open_dialogue(), goals(), share()],
    [plan(), grant(), start(), complete()],
    [open_evaluation(), score(R1), score(R2), score(R3), conclude()],
    [classify(), decide_on(), note()],
]
AGAIN: list[Command] = [decide_on("not_established"), ask_again(), revoke(), *USUAL[2]]


@st.composite
def histories(draw: st.DrawFn) -> list[Command]:
    """The usual way, with people who ask for this and that somewhere in each of its phases."""
    asked: list[Command] = []
    for unusual, usual in zip(within, USUAL, strict=True):
        at = draw(st.integers(0, len(usual)))
        asked += [*usual[:at], *draw(unusual), *usual[at:]]
    if draw(st.booleans()):  # nothing is established, that falls, and it is evaluated anew
        last = len(asked) - len(USUAL[-1])
        asked[last:last] = AGAIN
    asked += [*draw(within[-1]), sign(), *draw(st.lists(anything, max_size=6)), sign()]
    return asked


@settings(max_examples=150, deadline=None)
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
            case DecisionRevoked():  # V25: evaluated anew
                assert OutcomeDecided in seen
                counts, seen = set(), []
            case OutcomeDecided():
                assert PilotEvaluated in seen
            case AgreementSigned():
                assert OutcomeDecided in seen
                assert cost is not None
                assert cost.class_ != "undetermined"
                assert cost.class_ != "expenditure" or fact.procured is not None
                assert cost.class_ == "none" or cost.approved_by_finance
                assert screening is not None
                assert screening.clear
                assert fact.signed_on - screening.as_of <= timedelta(days=30)
        seen.append(type(fact))


NOTED = (PartnerScreeningNoted, PartnerNoted, ThemeNoted, ConflictNoted, ReviewerRecused, IpClaimRecorded)
SAFETY = (IncidentReported, PilotSuspended, EscalationRaised, PersonalDataErased)  # which wait for nothing
STILL = (PartnershipResumed, PartnershipEnded, PartnershipClosed, GuidelineFollowed,
         DialogueOpened, LeadReleased, *NOTED)  # fmt: skip


class AnyPartnership(RuleBasedStateMachine):
    """Anybody asks for anything at any moment; now and then the usual next step is taken, so that it gets far."""

    def __init__(self) -> None:
        super().__init__()
        self.stream = Deciding(PARTNERSHIP)
        self.usual = [command for phase in USUAL for command in phase] + [sign()]

    @rule(command=anything)
    def somebody_asks(self, command: Command) -> None:
        self._ask(command)

    @rule(steps=st.integers(1, 6))
    def it_goes_its_usual_way(self, steps: int) -> None:
        for command in self.usual[:steps]:
            self._ask(command)
        del self.usual[:steps]

    @rule(
        stop=st.sampled_from(
            [
                [suspend(), resume()],
                [suspend(), end()],
                [rematch(), open_dialogue("S12")],
                [suspend_pilot(), resume_pilot(LEAD), resume_pilot(PARTNER)],
                [release_data()],
                [ask_again(), revoke()],
                [ask_again(), uphold()],
            ]
        )
    )
    def it_is_interrupted(self, stop: list[Command]) -> None:
        for command in stop:
            self._ask(command)

    def _ask(self, command: Command) -> None:
        try:
            facts = self.stream.when(command)
        except Refused as refusal:
            refused_by_name(refusal)
            return
        for fact in facts:
            self._follows(fact)
            assert read(fact.type, fact.encoded()) == fact
            self.stream = self.stream.given(fact)

    def _follows(self, fact: Any) -> None:
        """What no sequence may break."""
        state = self.stream.state
        if state.halt == "suspended":
            assert isinstance(fact, (*STILL, *SAFETY))
        if state.halt == "ended":  # which may be revoked: what others decided meanwhile is kept
            assert isinstance(fact, (*STILL, PersonalDataErased, EscalationRaised))
        elif is_over(state):
            lasting = (OpenDataReleased, PersonalDataErased, EscalationRaised, ReconsiderationRequested)
            assert isinstance(fact, (WithdrawalRefused, *lasting, *NOTED))
        match fact:
            case RematchRequested():
                assert state.phase == "dialogue"
            case ReconsiderationRequested():
                assert state.phase == "not_established"
                assert not state.upheld
            case DecisionRevoked() | DecisionUpheld():  # V34
                assert state.phase == "reconsideration"
                assert state.outcome is not None
                assert fact.decided_by != state.outcome.decided_by
            case ScoreSubmitted():  # V19
                assert state.evaluation is not None
                assert fact.reviewer not in state.evaluation.recused | state.evaluation.abstained
                assert not state.evaluation.has_scored(fact.reviewer)
            case ReviewerNamed():  # V19
                assert fact.reviewer not in state.partial | state.recused
            case ResourceRefused():  # V07, V08
                assert fact.clauses
                assert set(fact.clauses) <= {clause.id for clause in EDITION.clauses}
            case PilotStarted():  # V24
                assert state.goals is not None
                assert state.goals.shared
            case PilotResumed():  # both have said so
                assert state.phase == "pilot_suspended"
                assert state.pilot.removed_for not in (None, fact.by)
            case PilotCompleted():
                assert state.phase == "pilot_running"
            case PilotAborted():
                assert state.phase in ("pilot_running", "pilot_suspended")
            case OpenDataReleased():  # V15, V37
                assert state.phase == "agreed"
                assert all(
                    cell is None or cell >= fact.limit for row in fact.rows for cell in row[fact.labels :]
                )
            case OutcomeDecided():  # V07, V08, V25
                assert fact.clauses or fact.outcome != "not_established"
                assert set(fact.clauses) <= {clause.id for clause in EDITION.clauses}
                assert state.evaluation is not None
                assert state.evaluation.result is not None
                assert fact.basis is not None
                assert rules.again(fact.basis) == fact.basis
            case AgreementSigned():  # V01, V06, V09
                assert state.cost is not None
                assert state.cost.class_ != "undetermined"
                assert state.cost.class_ != "expenditure" or state.procurement.concluded
                assert state.screening is not None
                assert state.screening.clear


AnyPartnership.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
test_no_sequence_breaks_an_invariant = AnyPartnership.TestCase
