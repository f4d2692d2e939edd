"""The commands of a case up to its matching, each with a body as people would send it: pure data."""

from __future__ import annotations

from random import Random
from typing import Any

from contracts.text import check_digit
from deploy.load.plan import IN_A_MONTH, TODAY, Step
from guidelines import load

LAW = load("tokorozawa/2023-07")
THEME_SECTION = "S17"  # a theme names its section, so it is known who is offered the case

PROPOSER, WINDOW, HEAD, AUDITOR = "proposer:P-01", "window:W-01:S01", "window_head:H-01:S01", "auditor:A-01"
MAYOR, SECTION, OTHER_SECTION = "mayor:M-01", f"section:U-17:{THEME_SECTION}", "section:U-14:S14"

CRITERIA = {"課題適合性": 40, "安全管理": 35, "継続性": 25}  # of the theme, and so of every evaluation (V20)
MIN_TOTAL = 60
IDEA = (
    "放課後に、こどもが自由に過ごせる居場所を市有施設の一室に開きます。見守りの大人が二人以上常駐し、入退室を記録して"
    "保護者に知らせます。運営の費用は当社が負担し、市には部屋と広報への掲載をお願いします。"
)

ISSUE = "共働き世帯の増加により、放課後に安全に過ごせる場所が不足している。"

ELIGIBILITY_TRAVELS = frozenset({"MatchingNotOpen", "NotOffered"})
REMATCH_TRAVELS = frozenset({"MatchingNotOpen", "AlreadyMatched"})
ACCEPTANCE_TRAVELS = frozenset({"ScreeningNotOpen"})


def criteria() -> list[dict[str, Any]]:
    return [{"name": name, "weight": weight} for name, weight in CRITERIA.items()]


def theme() -> list[Step]:
    """A theme that is open for a month. Its first draft is there to learn what day it is from the answer."""
    body = {
        "title": "放課後のこどもの居場所づくり",
        "issue": ISSUE,
        "criteria": criteria(),
        "min_total": MIN_TOTAL,
        "budget": False,
    }
    always = {"opens": "2020-01-01", "closes": "2099-12-31"}
    return [
        Step("intake", "theme", "draft-theme", SECTION, {**body, **always}),
        Step("intake", "theme", "draft-theme", SECTION, {**body, "opens": TODAY, "closes": IN_A_MONTH}),
        Step("intake", "theme", "publish-theme", HEAD, {}),
    ]


def room(section: str) -> Step:
    """Two sections lead every case of a load, many of them at the same time."""
    return Step("matching", "section", "set-capacity", section, {"capacity": 10_000})


def submit(rng: Random, theme: str | None = None) -> Step:
    """A proposal of a hundred to a thousand characters, to a theme or a free one, from one of many organisations."""
    number = f"{rng.randrange(10**12):012d}"
    body = {
        **({"kind": "theme_proposal", "theme": theme} if theme else {"kind": "free_proposal"}),
        "channel": "web",
        "proposer": {
            "name": f"架空第{number[-6:]}株式会社",
            "corporate_number": f"{check_digit(number)}{number}",
            "type": "株式会社",
            "address": "埼玉県架空市負荷一丁目1番1号",
            "representative": "架空 太郎",
        },
        "title": "放課後の居場所づくり",
        "body": IDEA * rng.randint(1, 8),
        "requested_resources": ["市有施設の一室", "広報紙での周知"],
        "city_cost": {"class": "none", "amount_yen": 0},
        "consent_to_terms": True,
    }
    return _proposal("submit-proposal", PROPOSER, **body)


def correction() -> list[Step]:
    return [
        _proposal("request-correction", WINDOW, items=["見守りの体制を書いてください。"]),
        _proposal("submit-correction", PROPOSER, note="資格を持つ者が一人以上います。"),
    ]


def accept() -> Step:
    return _proposal("accept-proposal", WINDOW)


def withdraw() -> Step:
    return _proposal("withdraw", PROPOSER, reason="社内の事情により取り下げます。")


def screening(applies: str | None = None) -> list[Step]:
    """Both halves, every clause answered; `applies` names a clause about the project that does apply."""
    partner = [_answer(clause) for clause in LAW.partner_clauses]
    project = [_answer(clause, clause == applies) for clause in LAW.project_clauses]
    return [
        _screening("record-partner-screening", WINDOW, ACCEPTANCE_TRAVELS, answers=partner, as_of=TODAY),
        _screening("record-project-screening", WINDOW, answers=project),
    ]


def confirm_eligible() -> Step:
    return _screening("confirm-eligible", HEAD)


def declare_ineligible() -> Step:
    return _screening("declare-ineligible", HEAD)


def reconsideration() -> list[Step]:
    return [
        _screening("request-reconsideration", PROPOSER, grounds="営利を目的とするものではありません。"),
        _screening("uphold-decision", MAYOR, reasons="提案書の記載のとおりである。"),
    ]


def accept_match(section: str = SECTION) -> Step:
    return _matching("accept-match", section, ELIGIBILITY_TRAVELS)


def ask(section: str) -> Step:
    """The office asks this section."""
    number = section.rpartition(":")[2]
    return _matching(
        "propose-match", WINDOW, REMATCH_TRAVELS, sections=[number], reason="高齢者との交流の面から打診する。"
    )


def no_match() -> list[Step]:
    """The theme's section declines; another one, put forward instead, does as well; that is the end."""
    return [
        _matching("decline-match", SECTION, ELIGIBILITY_TRAVELS, reason="本年度は体制が整わない。"),
        _matching("propose-match", WINDOW, sections=["S14"], reason="高齢者との交流の面から打診する。"),
        _matching("decline-match", OTHER_SECTION, reason="対象となる事業がない。"),
        _matching("conclude-no-match", HEAD, reasons="引き受ける担当課がなかった。"),
    ]


def _answer(clause: str, applies: bool = False) -> dict[str, Any]:
    answer = {"clause": clause, "applies": applies, "evidence": f"負荷試験-{clause}"}
    return {**answer, "register_as_of": TODAY} if clause in LAW.register_clauses else answer


def _proposal(command: str, actor: str, **body: Any) -> Step:
    return Step("intake", "proposal", command, actor, body)


def _screening(command: str, actor: str, until: frozenset[str] = frozenset(), **body: Any) -> Step:
    return Step("screening", "screening", command, actor, body, until)


def _matching(command: str, actor: str, until: frozenset[str] = frozenset(), **body: Any) -> Step:
    return Step("matching", "matching", command, actor, body, until)
