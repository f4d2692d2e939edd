"""The operator's page: what runs, what waits, where to look. Japanese first, English second."""

from collections.abc import Mapping
from html import escape

from deploy.local.gauges import Gauges
from deploy.local.state import PartState, StackState

_WORDS = {
    "ready": "稼働中",
    "starting": "起動中",
    "unready": "応答待ち",
    "restarting": "再起動中",
    "stopped": "停止",
}
_NAMES = {
    "intake": "受付",
    "screening": "審査",
    "matching": "所管課調整",
    "agreements": "協定",
    "audit": "監査",
    "publication": "公表",
    "kafka": "イベント基盤",
    "postgres": "データベース",
    "zipkin": "トレース",
    "mail": "メール",
    "witness": "監査記録の立会人",
}

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8882; }
body { font: 16px/1.7 "Noto Sans JP", "Hiragino Sans", "Yu Gothic UI", system-ui, sans-serif;
  max-width: 66rem; margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .4rem; }
[lang=en] { opacity: .65; font-size: .85em; font-weight: normal; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .45rem .8rem; border-bottom: 1px solid var(--line); }
thead th { font-size: .85rem; font-weight: normal; opacity: .75; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
.state { border-radius: 1em; padding: .1rem .8rem; white-space: nowrap; background: var(--soft); }
.ready { background: #2a9d5c33; } .starting, .unready, .restarting { background: #e6a23c44; }
.stopped { background: #d9534f33; }
.waits { color: #c0392b; font-weight: bold; } code { font-size: .9em; } p { margin: .4rem 0; }
"""


def page(state: StackState, gauges: Mapping[str, Gauges], traces: str | None) -> str:
    """The whole page. `traces`: address of the trace viewer, if there is one."""
    services = [part for part in state.parts if part.kind == "service"]
    seen = (
        f'<p><a href="{escape(traces)}">トレースを見る <span lang="en">Traces</span></a></p>'
        if traces
        else ""
    )
    return f"""<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<meta name="viewport" content="width=device-width"><title>連携 運用状況</title><style>{
        _STYLE
    }</style></head><body>
<h1>連携 運用状況 <span lang="en">Renkei, operations</span></h1>
<p>{_summary(state)}</p>
<h2>構成 <span lang="en">What runs</span></h2>
{
        _table(
            [
                "名称 <span lang=en>Part</span>",
                "状態 <span lang=en>State</span>",
                "アドレス <span lang=en>Address</span>",
            ],
            ["PID", "再起動 <span lang=en>Restarts</span>"],
            [_part(part) for part in state.parts],
        )
    }
<h2>サービス <span lang="en">Services</span></h2>
{
        _table(
            ["名称 <span lang=en>Service</span>", "API"],
            [
                "未送信 <span lang=en>Outbox</span>",
                "未処理 <span lang=en>Lag</span>",
                "処理不能 <span lang=en>Dead letters</span>",
            ],
            [_service(part, gauges.get(part.name, Gauges())) for part in services],
        )
    }
{seen}</body></html>"""


def _summary(state: StackState) -> str:
    if state.ready:
        return '<span class="state ready">すべて稼働中</span> <span lang="en">Everything is running</span>'
    waiting = "、".join(_NAMES.get(part.name, part.name) for part in state.parts if part.state != "ready")
    english = '<span lang="en">Not everything is running</span>'
    return f'<span class="state starting">確認が必要</span> {escape(waiting)} {english}'


def _table(words: list[str], numbers: list[str], rows: list[str]) -> str:
    head = "".join(f'<th scope="col">{word}</th>' for word in words) + "".join(
        f'<th scope="col" class="n">{word}</th>' for word in numbers
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _name(part: PartState) -> str:
    return f'{_NAMES.get(part.name, "")} <span lang="en">{escape(part.name)}</span>'


def _part(part: PartState) -> str:
    note = f'<br><span lang="en">{escape(part.note)}</span>' if part.note else ""
    return (
        f"<tr><td>{_name(part)}</td>"
        f'<td><span class="state {part.state}">{_WORDS[part.state]}</span>{note}</td>'
        f'<td><code>{escape(part.address)}</code></td><td class="n">{part.pid or "–"}</td>'
        f'<td class="n">{part.restarts}</td></tr>'
    )


def _service(part: PartState, gauges: Gauges) -> str:
    docs = f'<a href="/{part.name}/docs">/{part.name}/docs</a>'
    counts = _count(gauges.outbox) + _count(gauges.lag) + _count(gauges.dead_letters, alarming=True)
    return f"<tr><td>{_name(part)}</td><td>{docs}</td>{counts}</tr>"


def _count(value: float | None, alarming: bool = False) -> str:
    text = "–" if value is None else f"{value:,.0f}"
    return f'<td class="n{" waits" if alarming and value else ""}">{text}</td>'
