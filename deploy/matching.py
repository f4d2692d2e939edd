"""`renkei matching`: how good the ranking of sections is.

Exit codes: 0 measured, 2 when the file or the edition cannot be read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from guidelines import BrokenPack, NoSuchEdition
from services.matching.ranking.evaluation import CannotBeRead, Figures
from services.matching.ranking.evaluation import evaluate as measure

app = typer.Typer(name="matching", no_args_is_help=True, help="The ranking of sections: measure it.")

MEANINGS = {
    "recall@1": "of those that fit: the section that should lead is first",
    "recall@3": "of those that fit: a section that could rightly lead is among the first three",
    "kept": "of those that fit: not said to fit nowhere",
    "flagged": "of those that fit nowhere: said so",
    "p95_ms": "milliseconds a proposal, 95th percentile, once the model is loaded",
    "n": "proposals",
}


@app.callback()
def _matching() -> None:
    """The ranking of sections: measure it."""


@app.command()
def evaluate(
    file: Annotated[
        Path, typer.Argument(help="Labelled proposals, one JSON object a line.", show_default=False)
    ],
    edition: Annotated[
        str | None,
        typer.Option(help="Whose sections; else the latest edition that has all that the file names."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Rank labelled proposals in a fresh state: nothing is learnt from the file, and nothing was before."""
    try:
        figures = measure(file, edition)
    except (CannotBeRead, BrokenPack) as error:
        _fail(str(error))
    except NoSuchEdition as error:
        _fail(f"There is no edition {error}.")
    if as_json:
        typer.echo(orjson.dumps(figures.as_json(), option=orjson.OPT_INDENT_2))
        return
    console = Console(width=None if Console().is_terminal else 130)
    console.print(_table(figures))
    console.print(_wrong(figures) if figures.wrong else "Nothing came out otherwise than labelled.")


def _table(figures: Figures) -> Table:
    table = Table(title=f"Ranked by {figures.edition}", title_justify="left", box=None)
    for column in ("what", "figure", "meaning"):
        table.add_column(column, justify="right" if column == "figure" else "left")
    told = figures.as_json()
    for name, meaning in MEANINGS.items():
        figure = told[name]
        table.add_row(name, "–" if figure is None else str(figure), meaning)
    return table


def _wrong(figures: Figures) -> Table:
    table = Table(title="\nOtherwise than labelled", title_justify="left", box=None)
    for column in ("id", "should lead", "first three", "fits nowhere", "title"):
        table.add_column(column)
    for each in figures.wrong:
        ranked, nowhere = ", ".join(each.ranked), "yes" if each.none_fits else ""
        table.add_row(escape(each.id), each.expected or "none", ranked, nowhere, escape(each.title))
    return table


def _fail(why: str) -> None:
    Console(stderr=True).print(escape(why))
    raise typer.Exit(2)
