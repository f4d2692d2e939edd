"""A case's history and a journey's outcome as people read them: Japanese first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

import guidelines
from contracts.confidential import HIDDEN
from contracts.terms import fact_term, term
from deploy.journeys.expectations import name_of
from deploy.journeys.moments import TOKYO
from deploy.journeys.player import Played

MILESTONES = {"ProposalSubmitted", "EligibilityDecided", "Matched", "PilotEvaluated", "AgreementSigned"}

WORDS = 5  # of what speaks for a section

FEW = 3  # clauses; where a fact cites more, as a list of questions does, they are named and not told

SAID_ONCE = {"edition", "candidates"}  # and not again in the same history

# The fields that say why, in this order, each with its label. What is confidential is not shown at all.
REASONS = {
    "proposer": "提案者",
    "stage": "",
    "clauses": "条項",
    "answers": "審査",
    "as_of": "基準日",
    "reconsider_by": "再検討の申出期限",
    "edition": "ガイドライン",
    "channel": "経路",
    "theme": "テーマ",
    "register": "",
    "ground": "理由",
    "valid_to": "最終日",
    "section": "担当課",
    "lead": "担当",
    "supporting": "関係",
    "offered_to": "打診先",
    "respond_by": "回答期限",
    "candidates": "候補",
    "reason": "理由",
    "reasons": "理由",
    "class": "市の負担",
    "amount_yen": "金額(円)",
    "held_on": "開催日",
    "permits": "必要な許可",
    "permit": "許可",
    "reference": "根拠",
    "starts_on": "開始日",
    "ends_on": "終了日",
    "method": "方法",
    "item": "施行令167条の2第1項の号",
    "purpose": "目的",
    "fiscal_year": "会計年度",
    "total_yen": "合計(円)",
    "limit_yen": "限度額(円)",
    "organisation": "相手方",
    "reviewer": "審査員",
    "total": "合計点",
    "min_total": "最低点",
    "outcome": "",
    "next": "次の段階",
    "form": "",
    "screening_as_of": "審査の基準日",
    "term_from": "期間の初日",
    "due": "期限",
    "answer_by": "回答期限",
    "waiting_for": "待っているもの",
    "flags": "登録との照合",
    "measure": "登録",
    "remembers": "止まった段階",
    "from_edition": "元の版",
    "to_edition": "移した先の版",
    "question": "質問",
    "answer": "回答",
    "published_on": "公表日",
    "opinion_by": "意見の期限",
    "decide_by": "決定の期限",
    "disclose_on": "開示の日",
    "why": "",
    "kind": "",
    "number": "番号",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A fact as people read it. `happened` and `known` are instants, `late` says that the second is a surprise."""

    index: int | None
    happened: datetime
    known: datetime | None
    late: bool
    who: str
    name: str
    what: str
    where: str
    why: list[str]
    cites: list[str]  # the clauses it cites, in words, where `why` does not say them


def told(found: Mapping[str, Any]) -> Iterator[Line]:
    """Every fact of a case in words. `found` is what the audit service answers."""
    entries = found["entries"]
    law = _Law(entries)
    by_id = {entry.get("id"): entry for entry in entries}
    for entry in entries:
        name, data = name_of(entry["type"]), entry["data"] or {}
        why = law.why(data)
        if cause := by_id.get(entry.get("cause")):
            cause_data = cause["data"] or {}
            why.append(f"← {fact_term(name_of(cause['type']), cause_data.get('decision'))}")
        received = entry.get("received_at")
        yield Line(
            entry.get("index"),
            datetime.fromisoformat(entry["time"]).astimezone(TOKYO),
            datetime.fromisoformat(received).astimezone(TOKYO) if received else None,
            entry.get("late", False),
            law.who(entry["actor"]),
            name,
            fact_term(name, data.get("decision")),
            f"{entry['source'].strip('/')}/{entry['subject'].partition('/')[0]}",
            why,
            _cited(entry, "\n".join(why)),
        )


def _cited(entry: Mapping[str, Any], said: str) -> list[str]:
    cited = [c for c in entry.get("cites", ()) if c["text"] not in said]
    if len(cited) > FEW:
        return [f"条項:{'、'.join(c['clause'] for c in cited)}({cited[0]['title']})"]
    return [f"{c['clause']}『{c['text']}』({c['title']})" for c in cited]


class _Law:
    """The names of sections and clauses, in the edition that the case is bound to."""

    def __init__(self, entries: Iterable[Mapping[str, Any]]) -> None:
        editions = [entry["data"]["edition"] for entry in entries if "edition" in (entry["data"] or {})]
        edition = guidelines.load(editions[0]) if editions and editions[0] in guidelines.editions() else None
        self._names = {s.id: s.name for s in edition.sections} if edition else {}
        self._clauses = {c.id: c.text for c in edition.clauses} if edition else {}
        self._said: set[str] = set()

    def who(self, actor: str) -> str:
        role, _, rest = actor.partition(":")
        id_, _, section = rest.partition(":")
        place = self._names.get(section, section) if role == "section" else term(role)
        return f"{place} {id_}"

    def why(self, data: Mapping[str, Any]) -> list[str]:
        """The lines of one fact, in the order in which they were asked for."""
        lines = []
        for field, label in REASONS.items():
            value = data.get(field)
            if value in (None, "", [], HIDDEN) or (isinstance(value, list) and HIDDEN in value):
                continue
            words = self._words(field, value)
            line = f"{label}:{words}" if label else words
            if field not in SAID_ONCE or line not in self._said:
                lines.append(line)
            self._said.add(line)
        return lines

    def _words(self, field: str, value: Any) -> str:
        match field:
            case "proposer" | "organisation":
                return str(value["name"])
            case "outcome" if isinstance(value, Mapping):  # of a publication: who, what form, which days
                return term(value["form"])
            case "answers":
                applying = [answer for answer in value if answer["applies"]]
                return "、".join(f"{a['clause']} 該当({a['evidence']})" for a in applying) or "該当なし"
            case "candidates":
                return "、".join(self._candidate(candidate) for candidate in value[:3])
            case "flags":
                return "、".join(f"{flag['measure']}({_likeness(flag)})" for flag in value)
            case "clauses":
                return "、".join(f"{clause} {self._clauses.get(clause, '')}".strip() for clause in value)
            case _ if isinstance(value, list):
                return "、".join(self._names.get(str(each), term(str(each))) for each in value)
            case _:
                return self._names.get(str(value), term(str(value)))

    def _candidate(self, candidate: Mapping[str, Any]) -> str:
        """Its score, the words that speak for it, and the sentence of its own profile that comes nearest."""
        section = self._names.get(candidate["section"], candidate["section"])
        words = "・".join(map(str, candidate.get("reasons", ())[:WORDS]))
        nearest = "".join(f"「{sentence}」" for sentence in candidate.get("nearest", ())[:1])
        why = f"{words}{nearest}"
        return f"{section}({candidate['score']:.1f}{' ' + why if why else ''})"


def _likeness(flag: Mapping[str, Any]) -> str:
    """Whether an entry of a register is about them for certain, or how likely."""
    return "法人番号が同じ" if flag.get("automatic") else f"類似 {flag['likeness']:.2f}"


def summary(all_played: Iterable[Played]) -> Table:
    """One line for each scenario."""
    table = Table(
        "事例 Case", "題名 Title", "手順 Steps", "事実 Facts", "秒 s", "結果 Result", box=None, pad_edge=False
    )
    for column in table.columns[2:5]:
        column.justify = "right"
    for played in all_played:
        facts = sum(len(found["entries"]) for found in played.histories.values())
        result = "[green]予定どおり as expected" if played.ok else "[red]予定と違う not as expected"
        scenario = played.scenario
        steps = str(len(scenario.steps))
        table.add_row(
            scenario.name, escape(scenario.title), steps, str(facts), f"{played.seconds:.1f}", result
        )
    return table


def failure(played: Played) -> Panel:
    """What came instead of what was expected."""
    return Panel(Text(played.failure or ""), title=f"[red]{escape(played.scenario.name)}", border_style="red")


def as_json(all_played: Iterable[Played]) -> dict[str, Any]:
    """The same for machines."""
    journeys = [
        {
            "name": played.scenario.name,
            "title": played.scenario.title,
            "ok": played.ok,
            "failure": played.failure,
            "seconds": round(played.seconds, 3),
            "cases": played.histories,
        }
        for played in all_played
    ]
    return {"ok": all(journey["ok"] for journey in journeys), "journeys": journeys}
