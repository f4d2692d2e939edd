"""A case's history as a table, on a wide screen or a narrow one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from deploy.journeys.report import MILESTONES, Line, told

NARROW = (
    110  # columns: below, when, who and where stand above each other, so that why is still read as sentences
)


def history_table(found: Mapping[str, Any], known: bool = False, width: int = NARROW) -> Table:
    """When, who, what, where, why. `known`: for auditors, with the entry and when the log came to know of it."""
    if width < NARROW:
        return _narrow_table(found, known)
    table = Table("いつ When", "誰が Who", "何を What", "どこで Where", "なぜ Why", expand=True)
    table.columns[0].no_wrap = True
    table.columns[4].overflow = "fold"  # Japanese has no spaces to break at
    table.columns[4].ratio = 1
    if known:
        table.columns[0].header = "起きた時 Happened\n記録した時 Known"
        table.columns[3].header = "記録 Entry"
    for line in told(found):
        what = Text.assemble(
            (line.what, "bold green" if line.name in MILESTONES else ""), "\n", (line.name, "dim")
        )
        when, where = (
            _when(line, known),
            f"{line.index}\n{line.where}" if known and line.known else line.where,
        )
        why = line.why + (line.cites if known else [])
        table.add_row(when, escape(line.who), what, where, escape("\n".join(why)))
    return table


def _narrow_table(found: Mapping[str, Any], known: bool) -> Table:
    table = Table("いつ・誰が・どこで\nWhen, who, where", "何を・なぜ\nWhat, why", expand=True)
    table.columns[0].min_width = 28  # a role and its number
    table.columns[1].overflow = "fold"
    table.columns[1].ratio = 1
    for line in told(found):
        where = f"{line.index} {line.where}" if known and line.known else line.where
        what = Text(f"{line.what} {line.name}", "bold green" if line.name in MILESTONES else "bold")
        why = Text("\n".join(line.why + (line.cites if known else [])))
        first = f"{_when(line, known)}\n{escape(line.who)}\n[dim]{escape(where)}[/dim]"
        table.add_row(first, Text("\n").join([what, why]) if why else what, end_section=True)
    return table


def _when(line: Line, known: bool) -> str:
    """For auditors the second line says when the log came to know of it."""
    when = f"{line.happened:%Y-%m-%d %H:%M}"
    if known and line.known:
        when += f"\n{line.known:%Y-%m-%d %H:%M}" + (" [red]後日 late[/]" if line.late else "")
    return when
