"""What the audit service answers of two cases, shortened (fictional)."""

from __future__ import annotations

from typing import Any

HIDDEN = "(confidential)"
EDITION = "tokorozawa/2023-07"


def history(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"case": "C-1", "trace_id": "0" * 32, "entries": list(entries), "complete": True, "gaps": []}


def entry(
    id_: str, name: str, stream: str, time: str, actor: str, cause: str | None = None, **data: Any
) -> dict[str, Any]:
    publisher = {"proposal": "intake", "partnership": "agreements"}.get(stream, stream)
    return {
        "id": id_,
        "type": f"renkei.{publisher}.{name}.v1",
        "source": f"/{publisher}",
        "subject": f"{stream}/C-1",
        "time": time,
        "actor": actor,
        "cause": cause,
        "data": data,
    }


INELIGIBLE = history(
    entry(
        "1", "ProposalSubmitted", "proposal", "2023-11-15T01:00:00Z", "window:W-01:S01",
        proposer={"name": "株式会社テスト広告社", "representative": HIDDEN}, channel="email", title=HIDDEN,
    ),
    entry("2", "ProposalReceived", "proposal", "2023-11-15T02:00:00Z", "window:W-01:S01", edition=EDITION),
    entry(
        "5", "PartnerFlagged", "screening", "2023-11-15T03:00:00Z", "service:screening",
        flags=[
            {"measure": "BS-1", "likeness": 1.0, "automatic": True},
            {"measure": "BS-2", "likeness": 0.913, "automatic": False},
        ],
    ),
    entry(
        "3", "EligibilityDecided", "screening", "2023-11-24T03:00:00Z", "window_head:H-01:S01",
        decision="ineligible", clauses=["GL7-B1"], edition=EDITION, reconsider_by="2023-12-08",
        answers=[{"clause": "GL7-B1", "applies": True, "evidence": "提案書 販売目標"}],
    ),
    entry("4", "StageReached", "proposal", "2023-11-24T03:00:01Z", "service:intake", "3", stage="ineligible"),
)  # fmt: skip

MATCHED = history(
    entry("1", "ProposalReceived", "proposal", "2023-08-22T02:00:00Z", "window:W-01:S01", edition=EDITION),
    entry(
        "2", "MatchProposed", "matching", "2023-09-01T01:00:00Z", "service:matching", offered_to="S14",
        candidates=[
            {"section": "S14", "score": 18.62, "reasons": ["高齢者", "見守り"], "nearest": ["一人暮らしの見守り"]},
            {"section": "S07", "score": 3.4},
        ],
    ),
    entry(
        "3", "Matched", "matching", "2023-09-05T01:00:00Z", "section:U-1401:S14", lead="S14",
        supporting=["S07", "S09"],
    ),
    entry("4", "CostClassified", "partnership", "2023-09-12T01:00:00Z", "section:U-0701:S07", **{"class": "none"}),
    entry("5", "PilotPlanned", "partnership", "2023-09-20T01:00:00Z", "proposer:P-1", permits=[], kpis=[HIDDEN]),
)  # fmt: skip
