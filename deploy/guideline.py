"""`renkei guideline`: whether a pack of the law may be relied on, and what a new edition changes.

Exit codes: `check` 0 in order, 1 findings; `diff` 0 alike, 1 different, as diff(1) has it; both 2 when there is no
such edition or it cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

import guidelines
from contracts.days import day
from guidelines import BrokenPack, NoSuchEdition, packs, release
from guidelines.check import check as check_pack
from guidelines.diff import Change, compare

app = typer.Typer(name="guideline", no_args_is_help=True, help="The law as data: check it, compare editions.")

Json = Annotated[bool, typer.Option("--json", help="For machines.")]
Folder = Annotated[
    Path | None,
    typer.Argument(
        help="A pack (…/<municipality>/<edition>) or a folder of packs; all that are known, if left out.",
        show_default=False,
    ),
]
Which = Annotated[str, typer.Argument(help="An edition (tokorozawa/2023-07), or the folder of a pack.")]


@app.command()
def check(
    folder: Folder = None,
    record: Annotated[
        bool, typer.Option("--release", help="Keep new editions as they are now, if nothing is wrong.")
    ] = False,
    on: Annotated[
        datetime | None, typer.Option(help="The day that counts as today.", formats=["%Y-%m-%d"])
    ] = None,
    as_json: Json = False,
) -> None:
    """Whether packs may be relied on: schema, clauses cited, rules and their tests, editions as released.

    An edition in force is never edited: it has to be as `editions.lock.json` beside the packs keeps it.
    """
    today = on.date() if on else day(datetime.now(UTC))
    with _readable():
        roots, folders = _scope(folder)
        findings = [finding for each in folders for finding in check_pack(each)]
        kept = []
        if record and not findings:
            kept = [id_ for root in roots for id_ in release.release(root, today)]
        if not findings:  # only what can be read has a day and a digest
            findings += [
                finding
                for root in roots
                for finding in (*release.overlapping(root), *release.departures(root, today))
            ]
    if as_json:
        told = {"packs": [str(each) for each in folders], "findings": findings, "released": kept}
        typer.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2))
    else:
        for finding in findings:
            typer.echo(finding)
        for id_ in kept:
            typer.echo(f"{id_} is released.")
        typer.echo(f"{_count(folders, 'pack')}: {_count(findings, 'finding') if findings else 'in order'}.")
    raise typer.Exit(1 if findings else 0)


@app.command()
def diff(before: Which, after: Which, as_json: Json = False) -> None:
    """What one edition has and another has not, by clause; also periods, thresholds, sections and rules."""
    with _readable():
        changes = compare(_pack(before), _pack(after))
    if as_json:
        typer.echo(orjson.dumps(_as_json(before, after, changes), option=orjson.OPT_INDENT_2))
    elif changes:
        Console().print(_table(before, after, changes))
    else:
        typer.echo("They say the same.")
    raise typer.Exit(1 if changes else 0)


def _scope(folder: Path | None) -> tuple[Sequence[Path], Sequence[Path]]:
    """The folders of packs, whose released editions are looked at, and the packs to check."""
    if folder is None:
        roots = packs.roots()
        return roots, list(packs.find(roots).values())
    folder = folder.resolve()
    if (folder / "edition.json").exists():
        return [], [folder]
    found = packs.find((folder,)) if folder.is_dir() else {}
    if not found:
        raise NoSuchEdition(f"{folder} holds no pack (<municipality>/<edition>/edition.json)")
    return [folder], list(found.values())


def _pack(which: str) -> Path:
    folder = Path(which)
    if which in guidelines.editions() or not (folder / "edition.json").exists():
        return guidelines.folder_of(which)
    return folder.resolve()


@contextmanager
def _readable() -> Iterator[None]:
    """What cannot be read is said, and ends with 2."""
    try:
        yield
    except NoSuchEdition as error:
        known = ", ".join(guidelines.editions())
        Console(stderr=True, soft_wrap=True).print(
            f"No such edition: {error}. Known: {known}.", markup=False, highlight=False
        )
        raise typer.Exit(2) from None
    except BrokenPack as error:
        Console(stderr=True, soft_wrap=True).print(str(error), markup=False, highlight=False)
        raise typer.Exit(2) from None


def _count(things: Sequence[Any], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _as_json(before: str, after: str, changes: Sequence[Change]) -> dict[str, Any]:
    """`{"before", "after", "changes": {<part>: [{"what", "kind", "before", "after"}]}}`."""
    parts: dict[str, list[dict[str, str | None]]] = {}
    for change in changes:
        told = {"what": change.what, "kind": change.kind, "before": change.before, "after": change.after}
        parts.setdefault(change.part, []).append(told)
    return {"before": before, "after": after, "changes": parts}


def _table(before: str, after: str, changes: Sequence[Change]) -> Table:
    table = Table(box=None, expand=True)
    for title, width in (("", 2), (before, 3), (after, 3)):
        table.add_column(escape(title), ratio=width, overflow="fold")
    marks = {"added": "[green]+[/]", "removed": "[red]-[/]", "changed": "[yellow]~[/]"}
    part = ""
    for change in changes:
        if change.part != part:
            part = change.part
            table.add_row(f"[bold]{part}[/]", "", "")
        was, is_ = escape(change.before or "–"), escape(change.after or "–")
        table.add_row(f"{marks[change.kind]} {escape(change.what)}", was, is_)
    return table
