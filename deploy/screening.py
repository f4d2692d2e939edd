"""`renkei screening`: how right the flags are that matching a firm to a register raises.

Exit codes: 0 measured, 2 when the file cannot be read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from deploy.registers.commands import import_register
from services.screening.firms.evaluation import CannotBeRead, Figures, Judged
from services.screening.firms.evaluation import evaluate as measure
from services.screening.firms.likeness import THRESHOLD

app = typer.Typer(
    name="screening", no_args_is_help=True, help="Registers, and the firms that may be in them."
)


@app.callback()
def _screening() -> None:
    """Registers, and the firms that may be in them."""


app.command("import")(import_register)


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="Labelled pairs, one JSON object a line.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Compare labelled pairs of an applicant and an entry: how many flags are right, and which are not."""
    try:
        figures = measure(file)
    except CannotBeRead as error:
        Console(stderr=True, soft_wrap=True).print(str(error), markup=False, highlight=False)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(_printable(json.dumps(figures.as_json(), indent=2, ensure_ascii=False)))
        return
    console = Console(width=None if Console().is_terminal else 130)
    found = figures.all
    console.print(
        f"recall {_per_cent(found.recall)} · precision {_per_cent(found.precision)} · {figures.n} pairs · "
        f"flagged from {THRESHOLD}\n",
        highlight=False,
    )
    console.print(_kinds(figures))
    for judged in figures.wrong:
        _explain(console, judged)


def _kinds(figures: Figures) -> Table:
    shape = Table(box=None, pad_edge=False)
    shape.add_column("kind (for reading only)")
    for column in ("one firm: flagged", "missed", "two firms: flagged", "passed"):
        shape.add_column(column, justify="right")
    for kind, found in figures.kinds.items():
        counts = (found.flagged, found.missed, found.wrongly_flagged, found.passed)
        shape.add_row(escape(_printable(kind)), *(str(count or "·") for count in counts))
    return shape


def _explain(console: Console, judged: Judged) -> None:
    """One that is wrong, with its grounds."""
    pair, likeness = judged.pair, judged.likeness
    verdict = "one firm, missed" if pair.same else "two firms, flagged"
    names = f"{pair.applicant.name} / {pair.entry.name}"
    text = f"\n{pair.id} (line {pair.line}, {pair.kind}): {verdict}, {likeness.score:.2f}\n  {names}"
    for title, grounds in (("alike", likeness.alike), ("differ", likeness.differ)):
        text += "".join(f"\n  {title}: {ground}" for ground in grounds)
    console.print(_printable(text), markup=False, highlight=False)


def _per_cent(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def _printable(text: str) -> str:
    """Lone surrogates, which JSON can hold, cannot be shown."""
    return text.encode("utf-8", "replace").decode("utf-8")
