"""The command: shows what a file would change, asks, and records it through the public API."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chassis.identity import new_id
from contracts.actors import Actor
from deploy.journeys.front import Answer, Front
from deploy.local.settings import Settings
from deploy.local.trouble import Trouble
from deploy.registers.changes import Changes, changes
from deploy.registers.entries import LINKS, Entry, entry
from deploy.registers.files import File, read
from deploy.registers.words import REGISTERS

KEEPER = "contract_section:registers:S06"
PAGE = 1000
AT_ONCE = 8  # commands under way at the same time

Name = Annotated[
    str | None,
    typer.Option(
        "--register", help=f"One of {', '.join(REGISTERS)}; all that a JSON file holds, if left out."
    ),
]


def import_register(
    file: Annotated[Path, typer.Argument(help="A register as .csv or .json.", exists=True, dir_okay=False)],
    register: Name = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and record nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Record without asking.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines; with --dry-run or --yes.")] = False,
    reason: Annotated[
        str | None, typer.Option(help="Why entries are corrected; the name of the file, if left out.")
    ] = None,
    actor: Annotated[
        str, typer.Option(help="Who keeps the registers: contract_section:<id>[:<section>].")
    ] = KEEPER,
    address: Annotated[
        str | None, typer.Option(help="The front of a stack, if not of the one on this machine.")
    ] = None,
) -> None:
    """Bring registers up to date from a file: show what would change, then record it.

    Nothing is recorded while any row is wrong, and nothing is deleted: what the file has no longer is reported. Exit
    codes: 0 done or nothing to do, 1 rows are wrong or it was not wanted, 2 the file or the stack cannot be read.
    """
    if as_json and not (dry_run or yes):
        raise typer.BadParameter("--json goes with --dry-run or --yes: nobody can be asked.")
    try:
        there, who = read(file, register), Actor.parse(actor)
        found = asyncio.run(_compared(there, who, address or Settings.read().front))
    except ValidationError:
        raise typer.BadParameter(f"{actor} is no actor: contract_section:<id>[:<section>].") from None
    except Trouble as trouble:
        typer.echo(str(trouble), err=True)
        raise typer.Exit(2) from None
    wrong = any(each.wrong for each in found)
    if not as_json:
        _show(there, found)
    recorded: list[str] = []
    if not (wrong or dry_run) and any(each.any for each in found):
        if not yes and not typer.confirm("記録しますか Record this?"):
            raise typer.Exit(1)
        why = reason or f"台帳の取込み {there.name} ({there.digest[:12]})"
        try:
            recorded = asyncio.run(_recorded(there, found, why, actor, address or Settings.read().front))
        except Trouble as trouble:
            typer.echo(str(trouble), err=True)
            raise typer.Exit(2) from None
    if as_json:
        told = {"file": there.name, "digest": there.digest, "registers": [each.as_json() for each in found]}
        typer.echo(orjson.dumps({**told, "recorded": recorded}, option=orjson.OPT_INDENT_2))
    elif recorded:
        typer.echo(f"記録しました Recorded: {len(recorded)}")
    raise typer.Exit(1 if wrong else 0)


async def _compared(there: File, actor: Actor, address: str) -> list[Changes]:
    async with Front(address) as front:
        return [
            changes(
                register,
                rows,
                [entry(register, row, actor) for row in rows],
                await _known(front, register, str(actor)),
            )
            for register, rows in there.rows.items()
        ]


async def _known(front: Front, register: str, actor: str) -> dict[str, dict[str, Any]]:
    """What the register has, page by page."""
    path = "screening/links?" if register == LINKS else f"screening/measures?register={register}&"
    known: dict[str, dict[str, Any]] = {}
    after = ""
    while True:
        answer = await front.look(f"{path}limit={PAGE}&after={after}", actor, None)
        if answer.status != 200:
            raise Trouble(f"The register cannot be read: {answer.told or answer.status}")
        page = answer.body["items"]
        known |= {each["id"]: each for each in page}
        if len(page) < PAGE:
            return known
        after = page[-1]["id"]


async def _recorded(there: File, found: Sequence[Changes], why: str, actor: str, address: str) -> list[str]:
    """Ids of the entries that were recorded. Raises Trouble at the first that was refused; what was done stays."""
    run, done = new_id(), list[str]()
    async with Front(address) as front:
        for each in found:
            steps: list[tuple[Entry, str | None]] = [(entry, None) for entry in each.added]
            steps += [(change.entry, why) for change in (*each.changed, *each.ended)]
            for start in range(0, len(steps), AT_ONCE):
                batch = steps[start : start + AT_ONCE]
                answers = await asyncio.gather(
                    *(_record(front, each.register, entry, reason, actor, run) for entry, reason in batch)
                )
                for (entry, _), answer in zip(batch, answers, strict=True):
                    if answer.status != 200:
                        raise Trouble(
                            f"{entry.place}, {entry.id}: {answer.refused or answer.status}: {answer.told}"
                        )
                    done.append(entry.id)
            if each.any:
                await _told(front, there, each, actor, run)
    return done


async def _record(front: Front, register: str, entry: Entry, why: str | None, actor: str, run: str) -> Answer:
    said = {**entry.body, "reason": why} if why else entry.body
    if register == LINKS:
        return await front.ask(f"screening/link/{entry.id}/record-employment-link", actor, run, said)
    command = "correct-measure" if why else "record-measure"
    return await front.ask(
        f"screening/measure/{entry.id}/{command}", actor, run, {**said, "register": register}
    )


async def _told(front: Front, there: File, each: Changes, actor: str, run: str) -> None:
    """The import itself is a fact: which file, and what it changed."""
    entries = [entry.id for entry in each.added]
    entries += [change.entry.id for change in (*each.changed, *each.ended)]
    body = {
        "register": each.register,
        "digest": there.digest,
        "added": len(each.added),
        "changed": len(each.changed),
        "ended": len(each.ended),
        "unchanged": len(each.unchanged),
        "missing": len(each.missing),
        "entries": entries,
    }
    path = f"screening/register-import/{run}.{each.register}/record-register-import"
    answer = await front.ask(path, actor, run, body)
    if answer.status != 200:
        raise Trouble(f"The entries are recorded, the import is not: {answer.told or answer.status}")


def _show(there: File, found: Sequence[Changes]) -> None:
    console = Console(highlight=False)
    for each in found:
        console.print(f"[bold]{escape(there.name)} → {each.register}[/bold]")
        table = Table(box=None, show_header=False, pad_edge=False)
        for added in each.added:
            table.add_row("[green]+[/] 追加 added", escape(added.id), escape(_about(added)))
        for mark, kind in (("~", each.changed), ("|", each.ended)):
            word = "変更 changed" if mark == "~" else "終期 ended"
            for change in kind:
                fields = ", ".join(
                    f"{name}: {was or '–'} → {now or '–'}" for name, (was, now) in change.shown.items()
                )
                table.add_row(f"[yellow]{mark}[/] {word}", escape(change.entry.id), escape(fields))
        for id_ in each.missing:
            table.add_row("[dim]?[/] 記載なし not in the file", escape(id_), "[dim]そのまま残る stays[/]")
        for wrong in each.wrong:
            table.add_row(
                "[red]×[/] 誤り wrong", escape(wrong.id or wrong.place), escape("; ".join(wrong.reasons))
            )
        console.print(table)
        for notice in each.notices:
            console.print(f"[cyan]![/] {escape(notice)}")
        console.print(
            f"追加 {len(each.added)}, 変更 {len(each.changed)}, 終期 {len(each.ended)}, 同じ {len(each.unchanged)}, "
            f"記載なし {len(each.missing)}, 誤り {len(each.wrong)}\n"
        )


def _about(entry: Entry) -> str:
    first, last = entry.period
    until = last if last.year < 9999 else ""
    name = entry.data.get("name") or entry.data.get("corporate_number") or ""
    return f"{name} {first} – {until}"
