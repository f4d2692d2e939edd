"""The commands of a case from the first talk to the signature, each with its body: pure data."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from deploy.load.plan import IN_A_MONTH, TODAY, Step
from deploy.load.steps import CRITERIA, MAYOR, MIN_TOTAL, PROPOSER, SECTION, WINDOW, criteria

FINANCE = "finance:F-01:S03"
REVIEWERS = ("R-1", "R-2", "R-3")
PERMIT = "行政財産の目的外使用許可"

MATCH_TRAVELS = frozenset({"NotInDialogue"})
SCREENING_TRAVELS = frozenset({"PartnerNotScreened"})


def dialogue(rng: Random) -> list[Step]:
    """What it costs, a talk whose minutes both sides confirm, and goals that both share."""
    cost: dict[str, Any] = (
        {"class": "none"} if rng.random() < 0.7 else {"class": "actual_expense", "amount_yen": 12_000}
    )
    first = _step("classify-cost", SECTION, MATCH_TRAVELS, **cost)
    approved = [_step("classify-cost", FINANCE, **cost)] if cost["class"] != "none" else []
    return [
        first,
        *approved,
        _step("record-dialogue", SECTION, held_on=TODAY, text="部屋の広さと見守りの体制を確認した。"),
        _step("confirm-minutes", PROPOSER, number=1),
        _step(
            "agree-goals",
            PROPOSER,
            goals="週三日、延べ六百人が利用する。",
            benefit_city="放課後の安全な居場所が増える。",
            benefit_partner="地域での信頼を得る。",
        ),
        _step("confirm-goals", SECTION),
    ]


def pilot() -> list[Step]:
    """Tried out, once its permit is there; somebody asks a little too early."""
    start = _step("start-pilot", SECTION)
    return [
        _step(
            "plan-pilot",
            PROPOSER,
            kpis=["一日の平均利用者数"],
            starts_on=TODAY,
            ends_on=IN_A_MONTH,
            permits=[PERMIT],
            insurance="held",
            stop_rule="事故が起きたときは直ちに中止する。",
            data_terms="入退室の記録は保護者の同意を得て、一か月で消去する。",
        ),
        replace(start, refused=True),
        _step("grant-permit", SECTION, permit=PERMIT, reference="負荷試験第1号"),
        start,
        _step("complete-pilot", SECTION, report="負荷試験報告第1号", data="負荷試験記録第1号"),
    ]


def another_section() -> Step:
    """The talks lead nowhere; another section is looked for."""
    return _step("rematch", PROPOSER, MATCH_TRAVELS, reason="他の課と進めるほうがよいと双方が考えた。")


def no_pilot() -> Step:
    return _step("skip-pilot", SECTION, reason="他市での実績により効果が確かめられている。")


def evaluation(rng: Random) -> list[Step]:
    """Criteria first; one reviewer in ten has a conflict of interest; the others' scores are enough."""
    scores = [
        _step(
            "submit-score", f"reviewer:{reviewer}", scores={name: rng.randint(70, 100) for name in CRITERIA}
        )
        for reviewer in REVIEWERS
    ]
    if rng.random() < 0.1:
        conflict = "提案者の役員と親族である。"
        scores[0] = _step("recuse", f"reviewer:{REVIEWERS[0]}", reviewer=REVIEWERS[0], reason=conflict)
    return [
        _step(
            "open-evaluation",
            WINDOW,
            criteria=criteria(),
            min_total=MIN_TOTAL,
            reviewers=list(REVIEWERS),
            quorum=2,
        ),
        *scores,
        _step("conclude-evaluation", WINDOW),
        _step("decide-outcome", MAYOR, outcome="individual_agreement", reasons="目標を達した。"),
    ]


def sign() -> Step:
    """The partner's screening has travelled here long before, as a rule."""
    body = {"title": "放課後の居場所づくりに関する協定", "partner_signatory": "架空 太郎"}
    return _step("sign-agreement", MAYOR, SCREENING_TRAVELS, **body, term_from=TODAY)


def _step(command: str, actor: str, until: frozenset[str] = frozenset(), **body: Any) -> Step:
    return Step("agreements", "partnership", command, actor, body, until)
