"""The table: what was measured, what the raw limit was, what it should have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import orjson
from rich.markup import escape
from rich.table import Table

from bench.figures import rounded, shown


@dataclass(frozen=True)
class Target:
    """What a row's value, or its ratio to the limit, should be: at least or at most `figure`."""

    of: Literal["value", "ratio"]
    bound: Literal["≥", "≤"]
    figure: float

    def met(self, row: Row) -> bool:
        """A figure that is not there is a target missed."""
        reached = row.value if self.of == "value" else row.ratio
        if reached is None:
            return False
        return reached >= self.figure if self.bound == "≥" else reached <= self.figure

    def __str__(self) -> str:
        figure = f"{self.bound} {self.figure:,g}"
        return f"ratio {figure}" if self.of == "ratio" else figure


def at_least(figure: float) -> Target:
    return Target("value", "≥", figure)


def at_most(figure: float) -> Target:
    return Target("value", "≤", figure)


def share_at_least(figure: float) -> Target:
    return Target("ratio", "≥", figure)


def share_at_most(figure: float) -> Target:
    return Target("ratio", "≤", figure)


@dataclass(frozen=True)
class Row:
    """One figure. `limit` is in the same unit and `limit_is` says what it is; no value: it could not be measured."""

    name: str
    value: float | None
    unit: str
    limit: float | None = None
    limit_is: str = ""
    target: Target | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.limit if self.value is not None and self.limit else None

    @property
    def met(self) -> bool | None:
        """None where there is nothing to be met."""
        return self.target.met(self) if self.target else None

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": None if self.value is None else rounded(self.value),
            "unit": self.unit,
            "limit": None if self.limit is None else rounded(self.limit),
            "ratio": None if self.ratio is None else rounded(self.ratio),
            "target": str(self.target) if self.target else None,
            "met": self.met,
        }


def marked(row: Row, mark: str) -> Row:
    """The same with a mark in its name, so that it is taken for nothing else."""
    return replace(row, name=f"{row.name} ({mark})")


def write(file: Path, rows: Sequence[Row]) -> None:
    file.write_bytes(orjson.dumps([row.as_json() for row in rows], option=orjson.OPT_INDENT_2) + b"\n")


def table(rows: Sequence[Row], title: str) -> Table:
    """For people."""
    shape = Table(title=f"{title}\n", title_justify="left", title_style="bold", box=None, pad_edge=False)
    shape.add_column("what")
    for column in ("value", "unit", "raw limit", "ratio", "target", "met?"):
        shape.add_column(column, justify="left" if column == "unit" else "right", no_wrap=True)
    for row in rows:
        shape.add_row(
            escape(row.name),
            f"[bold]{shown(row.value)}[/]",
            row.unit,
            shown(row.limit),
            shown(row.ratio),
            str(row.target or "–"),
            {True: "[green]yes[/]", False: "[bold red]NO[/]", None: "–"}[row.met],
        )
    return shape


def notes(rows: Sequence[Row]) -> str:
    """What the raw limits are, and what else is worth knowing; below the table."""
    lines = []
    for row in rows:
        limit = f"limit: {row.limit_is}" if row.limit_is else ""
        if told := "; ".join(filter(None, [limit, row.note])):
            lines.append(f"[dim]{escape(row.name)} · {escape(told)}[/]")
    return "\n".join(lines)


def verdict(rows: Sequence[Row]) -> str:
    """One sentence: how many targets are met, and which are not."""
    missed = [row for row in rows if row.met is False]
    targets = sum(row.met is not None for row in rows)
    if not missed:
        return f"[green]All targets are met ({targets}).[/]"
    names = "; ".join(escape(row.name) for row in missed)
    return f"[red]{len(missed)} of {targets} targets are missed:[/] {names}."
