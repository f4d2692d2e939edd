"""Proposals to rank (fictional), and the edition they are ranked by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import guidelines
from services.matching.ranking import PastCase, ProposalText, Ranker, Ranking

HERE = Path(__file__).parent
EDITION = guidelines.load("tokorozawa/2023-07")
OTHER_CITY = guidelines.load("kakuu-minato/2024-04")

WATCHING = ProposalText(
    "電気ポットで知る離れた親の無事",
    "一人暮らしのお年寄り三十世帯に、使うと家族に知らせが届く電気ポットを半年間お貸しします。費用はいただきません。",
)
WATCHING_TOO = ProposalText(
    "冷蔵庫の扉で知る離れた親の無事",
    "一人暮らしのお年寄り四十世帯の冷蔵庫に、開け閉めを家族に知らせる小さな機器を付けます。費用はいただきません。",
)
FLOWERS = ProposalText(
    "駅へ続く花の道", "社員と住民が広場の花壇に苗を植え、一年間の水やりと草取りを受け持ちます。"
)
AIR_ROUTES = ProposalText(
    "航空路の再編について",
    "羽田の発着の枠を増やし、国際線の着陸料を下げるよう、国の審査の基準を見直してください。",
)


def rank(text: ProposalText, *past: PastCase, theme: str | None = None) -> Ranking:
    return Ranker.load(EDITION, past).rank(text, theme)


def score(ranking: Ranking, section: str) -> float:
    return float(trace(ranking)["sections"][section]["score"])


def trace(ranking: Ranking) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(ranking.basis.trace)
    return told
