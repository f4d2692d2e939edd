"""What the facts of one case say, as far as it is counted. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from contracts.agreements import (
    AgreementSigned,
    AwardedToOther,
    CostClassified,
    MethodChosen,
    OutcomeDecided,
    SplitOrderFound,
    SplitOrderResolved,
)
from contracts.days import JAPAN, ZONE, OfficeCalendar
from contracts.fact import Fact
from contracts.intake import (
    ProposalLapsed,
    ProposalReceived,
    ProposalSubmitted,
    Stage,
    StageReached,
    Withdrawn,
)
from contracts.matching import MatchDeclined, MatchProposed, NoMatchConcluded, SectionOffered
from contracts.screening import (
    EligibilityDecided,
    FlagDismissed,
    GuidelineFollowed,
    MayorFound,
    PartnerFlagged,
    ScreeningOpened,
)
from services.audit.fairness.days import office_days
from services.audit.fairness.groups import of_acceptance, of_submission
from services.audit.fairness.judged import Judged, judged

ACCEPTANCE = "acceptance"  # from the submission until the proposal is accepted
RESCREENING = "re_screening"  # of a case that had been stopped

Home = Callable[[str], str | None]  # edition → the name of the city, as addresses begin with it


@dataclass(slots=True)
class Course:
    """A case as far as it is counted.

    groups   dimension → the group it belongs to
    marks    what can be said of it, such as `screened` or `declined:S14`
    days     stage → office days, as often as it was left
    """

    case: str
    submitted_on: date | None = None
    groups: dict[str, str] = field(default_factory=dict)
    outcome: str = "open"
    marks: set[str] = field(default_factory=set)
    clauses: frozenset[str] = frozenset()  # those that the outcome rests on
    mayors: set[str] = field(default_factory=set)
    days: dict[str, int] = field(default_factory=dict)
    judged: list[Judged] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """What is remembered while the facts of a case are read."""

    home: Home
    address: str = ""
    received: ProposalReceived | None = None
    opened: ScreeningOpened | GuidelineFollowed | None = None
    stage: str = ACCEPTANCE
    since: datetime | None = None
    calendar: OfficeCalendar = JAPAN
    zone: str = ZONE
    left: list[tuple[str, datetime, datetime]] = field(default_factory=list)


def course(case: str, facts: Iterable[tuple[Fact | None, str, datetime]], home: Home) -> Course:
    """What is counted of a case, its facts in the order in which they happened.

    A fact of another shape than is known here is passed over.
    """
    seen, so_far = Course(case), _Reading(home)
    for fact, name, time in facts:
        _who(seen, so_far, fact, time)
        _marks(seen, fact)
        _outcome(seen, fact, name)
        if fact is not None:
            seen.judged += judged(fact, so_far.received, so_far.opened)
    for stage, since, until in so_far.left:
        days = office_days(since, until, so_far.calendar, so_far.zone)
        seen.days[stage] = seen.days.get(stage, 0) + days
    return seen


def _who(seen: Course, so_far: _Reading, fact: Fact | None, time: datetime) -> None:
    """Whose case it is, and which stage it is in."""
    match fact:
        case ProposalSubmitted():
            seen.submitted_on = fact.submitted_on
            seen.groups |= of_submission(fact)
            so_far.address, so_far.since = fact.proposer.address.reveal(), time
        case ProposalReceived():
            so_far.received = fact
            seen.groups |= of_acceptance(fact, so_far.address, so_far.home(fact.edition))
            _reach(so_far, Stage.SCREENING, time)
        case StageReached():
            stopped = fact.stage == Stage.SCREENING and fact.remembers is not None
            _reach(so_far, RESCREENING if stopped else fact.stage, fact.since)
        case ScreeningOpened() | GuidelineFollowed():
            so_far.opened, so_far.calendar, so_far.zone = fact, fact.calendar, fact.zone
            seen.mayors |= set(fact.mayor_clauses)
        case CostClassified():
            seen.groups["cost"] = fact.class_


def _reach(so_far: _Reading, stage: str, since: datetime) -> None:
    if stage == so_far.stage or (so_far.since is not None and since < so_far.since):
        return
    if so_far.since is not None:
        so_far.left.append((so_far.stage, so_far.since, since))
    so_far.stage, so_far.since = stage, since


def _marks(seen: Course, fact: Fact | None) -> None:
    match fact:
        case PartnerFlagged():
            seen.marks.add("flagged")
        case FlagDismissed():
            seen.marks.add("flag_dismissed")
        case MayorFound():
            seen.marks |= {"mayor_asked", "mayor_found"} if fact.applies else {"mayor_asked"}
        case EligibilityDecided():
            seen.marks.add("screened")
        case MatchProposed():
            seen.marks |= {"asked", f"asked:{fact.offered_to}"} | ({"reordered"} if fact.reason else set())
        case SectionOffered():
            seen.marks |= {"asked", f"asked:{fact.section}"}
        case MatchDeclined():
            seen.marks |= {"declined", f"declined:{fact.section}"}
        case MethodChosen():  # the last one counts
            seen.marks -= {"direct_award"}
            seen.marks |= {"procured"} | ({"direct_award"} if fact.method == "direct_award" else set())
        case SplitOrderFound():
            seen.marks.add("split_order")
        case SplitOrderResolved():
            seen.marks |= {"split_order", "split_resolved"}
        case AwardedToOther():
            seen.marks.add("awarded_to_other")


def _outcome(seen: Course, fact: Fact | None, name: str) -> None:
    """What became of the case as things stand; a signature is the end of its application."""
    if seen.outcome == "established":
        return
    match fact:
        case AgreementSigned():
            seen.outcome, seen.clauses = "established", frozenset()
        case ProposalLapsed():
            seen.outcome = "lapsed"
        case Withdrawn():
            seen.outcome, seen.clauses = "withdrawn", frozenset()
        case EligibilityDecided(decision="ineligible"):
            seen.outcome, seen.clauses = "ineligible", frozenset(fact.clauses)
        case EligibilityDecided() if seen.outcome == "ineligible":
            seen.outcome, seen.clauses = "open", frozenset()
        case OutcomeDecided(next="not_established") | NoMatchConcluded() | AwardedToOther():
            seen.outcome, seen.clauses = "not_established", frozenset(fact.clauses)
        case _:
            _looked_at_again(seen, name)


def _looked_at_again(seen: Course, name: str) -> None:
    """Whoever decided: each service tells it under the same name."""
    if name == "ReconsiderationRequested":
        seen.marks.add("reconsidered")
    if name == "DecisionRevoked":
        seen.marks |= {"reconsidered", "revoked"}
        if seen.outcome in ("ineligible", "not_established"):
            seen.outcome, seen.clauses = "open", frozenset()
