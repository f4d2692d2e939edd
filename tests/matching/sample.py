"""A case to match, the actors who do, and a ranking of three sections (fictional)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import guidelines
from contracts.actors import Actor
from contracts.confidential import Confidential
from contracts.matching import (
    Candidate,
    MatchDeclined,
    Matched,
    MatchingOpened,
    MatchProposed,
    SectionOffered,
    SectionsRanked,
)
from services.matching.domain import (
    MATCHING,
    AcceptMatch,
    CloseMatching,
    ConcludeNoMatch,
    DeclineMatch,
    OpenMatching,
    ProposeMatch,
    RankSections,
    Rematch,
)
from tests.deciding import Deciding, at, by

EDITION = guidelines.load("tokorozawa/2023-07")
SERVICE = by("service:matching")
WINDOW = by("window:W-01:S01")
HEAD = by("window_head:H-01:S01")
PROPOSER = by("proposer:P-01")
S14, S12, S05, S17 = (by(f"section:U-{n}:S{n}") for n in ("14", "12", "05", "17"))

MONDAY = at("2023-09-04 10:00")
REPLY_BY = date(2023, 9, 19)  # ten office days on; 9/18 is a holiday

ELDERLY = Candidate(section="S14", score=18.62, reasons=("高齢者", "見守り"))
SAFETY = Candidate(section="S12", score=3.434, reasons=("見守り",))
DIGITAL = Candidate(section="S05", score=2.1, reasons=("データ",))
RANKING = (ELDERLY, SAFETY, DIGITAL)

PINNED: dict[str, Any] = {
    "edition": EDITION.id,
    "municipality": EDITION.municipality,
    "zone": EDITION.zone,
    "sections": [section.id for section in EDITION.sections],
    "reply_days": EDITION.periods.section_reply,
}
RANKED = SectionsRanked(candidates=RANKING, scorer="duty-words/1", edition=EDITION.id)
OPENED = MatchingOpened.model_validate(PINNED)
PROPOSED = MatchProposed(candidates=RANKING, offered_to="S14", respond_by=REPLY_BY)


def rank(*candidates: Candidate) -> RankSections:
    return RankSections(
        actor=SERVICE, at=MONDAY, candidates=candidates, scorer="duty-words/1", edition=EDITION.id
    )


def open_matching(on: datetime = MONDAY) -> OpenMatching:
    return OpenMatching.model_validate({**PINNED, "actor": SERVICE, "at": on})


def propose(*sections: str, actor: Actor = WINDOW) -> ProposeMatch:
    return ProposeMatch(
        actor=actor, at=MONDAY, sections=sections, reason=Confidential("事業の中身はこちらに近い")
    )


def accept(actor: Actor = S14, *supporting: str) -> AcceptMatch:
    return AcceptMatch(actor=actor, at=MONDAY, supporting=supporting)


NO_STAFF = Confidential("本年度は体制が整わない")


def decline(actor: Actor = S14, on: datetime = MONDAY) -> DeclineMatch:
    return DeclineMatch(actor=actor, at=on, reason=NO_STAFF)


def conclude() -> ConcludeNoMatch:
    return ConcludeNoMatch(actor=HEAD, at=MONDAY, reasons=Confidential("引き受ける課がない"))


def rematch(actor: Actor = S14) -> Rematch:
    return Rematch(actor=actor, at=MONDAY, reason=Confidential("所管が違うとわかったため"))


def close() -> CloseMatching:
    return CloseMatching(actor=SERVICE, at=MONDAY)


def offered(section: str) -> SectionOffered:
    return SectionOffered(section=section, respond_by=REPLY_BY)


def declined(section: str) -> MatchDeclined:
    return MatchDeclined(section=section, reason=NO_STAFF)


def matched(lead: str, **changed: Any) -> Matched:
    fields = {"lead": lead, "candidates": RANKING, "edition": EDITION.id, "municipality": "112089"}
    return Matched.model_validate({**fields, **changed})


case = Deciding(MATCHING)
OFFERED = case.after(rank(*RANKING), open_matching())
MATCHED = OFFERED.after(accept())
EXHAUSTED = OFFERED.after(decline(S14), decline(S12), decline(S05))
