"""A case to match, the actors who do, and a ranking of three sections (fictional)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import guidelines
from chassis.decider import Recorded
from contracts.actors import Actor
from contracts.cloudevents import Envelope
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import Partner
from contracts.matching import (
    Candidate,
    ConflictFound,
    LeftOut,
    LeftToOffice,
    MatchDeclined,
    Matched,
    MatchingOpened,
    MatchProposed,
    PartnerNoted,
    RematchRequested,
    SectionOffered,
    SectionsRanked,
)
from services.matching.domain import (
    MATCHING,
    AcceptMatch,
    CloseMatching,
    ConcludeNoMatch,
    DeclareConflict,
    DeclineMatch,
    EndMatching,
    Escalate,
    FollowGuideline,
    FreeLead,
    LookAgain,
    NoteConflicts,
    NotePartner,
    OpenMatching,
    ProposeMatch,
    RankSections,
    ReopenMatching,
    RequestReconsideration,
    ResumeLead,
    RevokeDecision,
    SettleLead,
    SuspendMatching,
    UpholdDecision,
)
from tests.deciding import Deciding, at, by

EDITION = guidelines.load("tokorozawa/2023-07")
SERVICE = by("service:matching")
TIMER = by("timer:matching")
WINDOW = by("window:W-01:S01")
HEAD = by("window_head:H-01:S01")
MAYOR = by("mayor:M-01")
PROPOSER = by("proposer:P-01")
CONTRACTS = by("contract_section:K-01:S06")
S14, S12, S05, S17 = (by(f"section:U-{n}:S{n}") for n in ("14", "12", "05", "17"))

ALL_READERS = ("window:W-01:S01", "window_head:H-01:S01", "section:U-14:S14")

MONDAY = at("2023-09-04 10:00")
FRIDAY = at("2023-09-15 10:00")
REPLY_BY = date(2023, 9, 19)  # ten office days on; 9/18 is a holiday

ELDERLY = Candidate(section="S14", score=18.62, reasons=("高齢者", "見守り"))
SAFETY = Candidate(section="S12", score=3.434, reasons=("見守り",))
DIGITAL = Candidate(section="S05", score=2.1, reasons=("データ",))
RANKING = (ELDERLY, SAFETY, DIGITAL)
FIRM = Partner(name="株式会社ミマモリ架空電機", corporate_number="6999901000101")

PINNED: dict[str, Any] = {
    "edition": EDITION.id,
    "municipality": EDITION.municipality,
    "zone": EDITION.zone,
    "sections": [section.id for section in EDITION.sections],
    "reply_days": EDITION.periods.section_reply,
    "calendar": EDITION.calendar,
}
NOTED = PartnerNoted(partner=FIRM, proposers=("P-01",))
RANKED = SectionsRanked(candidates=RANKING, scorer="duty-words/1", edition=EDITION.id)
OPENED = MatchingOpened.model_validate({**PINNED, "respond_by": REPLY_BY})
PROPOSED = MatchProposed(candidates=RANKING, offered_to="S14", respond_by=REPLY_BY)


def rank(*candidates: Candidate, **more: Any) -> RankSections:
    fields = {"candidates": candidates, "scorer": "duty-words/1", "edition": EDITION.id, "partner": FIRM}
    who = {"actor": SERVICE, "at": MONDAY, "proposers": ("P-01",)}
    return RankSections.model_validate({**who, **fields, **more})


def note_partner(**more: Any) -> NotePartner:
    return NotePartner.model_validate(
        {"actor": SERVICE, "at": MONDAY, "partner": FIRM, "proposers": ("P-01",), **more}
    )


def open_matching(on: datetime = MONDAY, **more: Any) -> OpenMatching:
    return OpenMatching.model_validate({**PINNED, "actor": SERVICE, "at": on, **more})


def follow(**changed: Any) -> FollowGuideline:
    return FollowGuideline.model_validate({**PINNED, "actor": SERVICE, "at": MONDAY, **changed})


def full(section: str, running: int = 10, capacity: int = 10) -> LeftOut:
    return LeftOut(section=section, reason="capacity", running=running, capacity=capacity)


def interest(section: str, person: str | None = None) -> ConflictFound:
    """What the register says; of the whole section where nobody is named."""
    return ConflictFound(
        section=section, person=person, whole_section=person is None, basis="registry", interest="I-1"
    )


BETTER_HERE = Confidential("事業の中身はこちらに近い")
NO_STAFF = Confidential("本年度は体制が整わない")
NOT_OURS = Confidential("所管が違うとわかったため")
NOT_DONE = Confidential("調整を尽くしていない")
PARTIAL = Confidential("親族が役員を務めている")


def propose(*sections: str, actor: Actor = WINDOW, **more: Any) -> ProposeMatch:
    return ProposeMatch(actor=actor, at=MONDAY, sections=sections, reason=BETTER_HERE, **more)


def accept(actor: Actor = S14, *supporting: str, **more: Any) -> AcceptMatch:
    return AcceptMatch(actor=actor, at=MONDAY, supporting=supporting, **more)


def ask_again(on: datetime = FRIDAY) -> RequestReconsideration:
    return RequestReconsideration(actor=PROPOSER, at=on, grounds=Confidential("条件を改めた"))


def uphold(actor: Actor = MAYOR) -> UpholdDecision:
    return UpholdDecision(actor=actor, at=at("2023-09-20 10:00"), reasons=NOT_DONE)


def revoke(actor: Actor = MAYOR, **more: Any) -> RevokeDecision:
    return RevokeDecision(actor=actor, at=at("2023-09-20 10:00"), reasons=NOT_DONE, **more)


def resume_lead(**more: Any) -> ResumeLead:
    return ResumeLead(actor=SERVICE, at=at("2023-09-20 10:00"), **more)


def decline(actor: Actor = S14, on: datetime = MONDAY, **more: Any) -> DeclineMatch:
    return DeclineMatch(actor=actor, at=on, reason=NO_STAFF, **more)


def conclude(**more: Any) -> ConcludeNoMatch:
    fields: dict[str, Any] = {"actor": HEAD, "at": MONDAY, "usual_clauses": ("GL2-3",), **more}
    return ConcludeNoMatch(reasons=Confidential("引き受ける課がない"), **fields)


def reopen(section: str = "S14", **more: Any) -> ReopenMatching:
    return ReopenMatching(actor=SERVICE, at=MONDAY, section=section, reason=NOT_OURS, **more)


def declare(section: str, person: str | None = None, actor: Actor = WINDOW, **more: Any) -> DeclareConflict:
    fields: dict[str, Any] = {"whole_section": person is None, "reason": PARTIAL, **more}
    return DeclareConflict(actor=actor, at=MONDAY, section=section, person=person, **fields)


def note_conflicts(*found: ConflictFound, **more: Any) -> NoteConflicts:
    return NoteConflicts(actor=SERVICE, at=MONDAY, conflicts=found, **more)


def look_again(*without_room: LeftOut) -> LookAgain:
    return LookAgain(actor=SERVICE, at=MONDAY, full=without_room)


def settle() -> SettleLead:
    return SettleLead(actor=SERVICE, at=MONDAY)


def free(reason: Any = "signed") -> FreeLead:
    return FreeLead(actor=SERVICE, at=MONDAY, reason=reason)


def escalate(due: date = REPLY_BY) -> Escalate:
    return Escalate(actor=TIMER, at=MONDAY, due=due)


def suspend() -> SuspendMatching:
    return SuspendMatching(actor=SERVICE, at=MONDAY)


def end(*clauses: str) -> EndMatching:
    return EndMatching(actor=SERVICE, at=MONDAY, clauses=clauses)


def close() -> CloseMatching:
    return CloseMatching(actor=SERVICE, at=MONDAY)


def offered(section: str, *left_out: LeftOut) -> SectionOffered:
    return SectionOffered(section=section, respond_by=REPLY_BY, left_out=left_out)


def to_office(why: Any, *left_out: LeftOut) -> LeftToOffice:
    return LeftToOffice(why=why, respond_by=REPLY_BY, left_out=left_out)


def gave_back(section: str) -> RematchRequested:
    return RematchRequested(section=section, reason=NOT_OURS)


def declined(section: str) -> MatchDeclined:
    return MatchDeclined(section=section, reason=NO_STAFF, declined_by=f"U-{section[1:]}")


def matched(lead: str, **changed: Any) -> Matched:
    fields = {"lead": lead, "candidates": RANKING, "edition": EDITION.id, "municipality": "112089"}
    return Matched.model_validate({**fields, **changed})


case = Deciding(MATCHING)
OFFERED = case.after(rank(*RANKING), open_matching())
MATCHED = OFFERED.after(accept())
EXHAUSTED = OFFERED.after(decline(S14), decline(S12), decline(S05))


def recorded(fact: Fact, kind: str = "matching", case_id: str = "C01", on: datetime = MONDAY) -> Recorded:
    """The fact as a consumer or a read model meets it."""
    envelope = Envelope(
        id="E-1",
        type=fact.type,
        source=f"/{fact.publisher}",
        subject=f"{kind}/{case_id}",
        version=1,
        time=on,
        case=case_id,
        actor=str(SERVICE),
        municipality=EDITION.municipality,
        cause=None,
        traceparent=None,
        body=fact.encoded(),
    )
    return Recorded(fact, envelope)
