"""`renkei play`: scenario files, against a running stack. `renkei demo`: the stack, and the sample cases on it."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from deploy.journeys import report
from deploy.journeys.decisions import differences, made_again
from deploy.journeys.front import Front
from deploy.journeys.history_table import history_table
from deploy.journeys.player import Played
from deploy.journeys.player import play as play_one
from deploy.journeys.reading import read
from deploy.journeys.scenario import Scenario
from deploy.journeys.verified import Said, verified_from_outside
from deploy.local import SERVICES, client
from deploy.local.passwords import AUDITOR
from deploy.local.settings import ROOT, Settings
from deploy.local.stack import dsn
from deploy.local.state import StackState
from deploy.local.table import table
from services.audit.rerun import Outcome

SAMPLES = sorted((ROOT / "tests" / "journeys").glob("C[0-9][0-9].yaml"))
WIDE = 130  # columns of a history, where nobody sees a terminal's edge

Files = Annotated[
    list[Path], typer.Argument(help="Scenario files; see docs/journeys.md.", exists=True, dir_okay=False)
]
Address = Annotated[str | None, typer.Option(help="The front of a stack, if not of the one on this machine.")]


def play(
    files: Files,
    address: Address = None,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Play scenario files one after another, and print each case's history.

    Sets the development clock of the whole stack. Exit code 0 only when every file ended as expected.
    """
    scenarios = [read(file) for file in files]
    console = _console(quiet=json)
    played, _ = asyncio.run(_play(scenarios, address or Settings.read().front, console))
    if json:
        typer.echo(orjson.dumps(report.as_json(played), option=orjson.OPT_INDENT_2))
    else:
        _show(console, played)
    if not all(each.ok for each in played):
        raise typer.Exit(1)


def demo(
    once: Annotated[bool, typer.Option("--once", help="Stop everything at the end.")] = False,
) -> None:
    """Start the stack, play the sample cases, verify the audit log, and keep running until Ctrl-C.

    Exit code 0 only when every case ended as expected, the log is whole and verified from outside, and each decision
    made again is the same.
    """
    settings, console = Settings.read(), _console()
    scenarios = [read(file) for file in SAMPLES]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends the demo, the stack ends with it
    well = False
    try:
        state = client.up(settings, console)
        played, verified = asyncio.run(_play(scenarios, settings.front, console))
        _show(console, played)
        log = dsn(settings, AUDITOR, "audit")
        decided = asyncio.run(made_again(log, played))
        _say_verified(console, verified)
        outside = list(verified_from_outside(settings, log))
        _say_from_outside(console, outside)
        well = all(each.ok for each in played) and verified["ok"] and all(each.same for each in decided)
        well = well and all(ok for ok, _ in outside)
        _say_made_again(console, decided)
        _say_where_to_look(console, settings, state, played)
        if not once:
            console.print("\nCtrl-C で終了します。 Ctrl-C ends it all; the data stays.")
            while True:
                time.sleep(3600)
    except KeyboardInterrupt:
        console.print()
    finally:
        client.down(settings)
        console.print("停止しました。 The stack is down; its data stays.")
    raise typer.Exit(0 if well else 1)


async def _play(
    scenarios: Sequence[Scenario], address: str, console: Console
) -> tuple[list[Played], dict[str, Any]]:
    """Every scenario in turn, shown as it goes; and what the audit service says of its log."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(20), MofNCompleteColumn())
    async with Front(address) as front:
        played = []
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            for scenario in scenarios:
                name = f"[bold]{escape(scenario.name)}[/bold] {escape(scenario.title)}"
                console.print(f"▶ {name}", highlight=False)
                task = progress.add_task("", total=len(scenario.steps))

                def told(number: int, what: str, task: Any = task) -> None:
                    progress.update(task, completed=number, description=escape(what))

                played.append(await play_one(front, scenario, told))
                progress.remove_task(task)
        return played, await front.verify()


def _show(console: Console, all_played: Sequence[Played]) -> None:
    for played in all_played:
        for name, found in played.histories.items():
            console.print(
                f"\n[bold]{escape(played.scenario.name)} {escape(played.scenario.cases[name])}[/bold]"
            )
            console.print(f"[dim]{found['case']}[/dim]", highlight=False)
            if found["entries"]:
                console.print(history_table(found, width=console.width))
            else:
                console.print("起きた事実はありません(すべて受け付けられませんでした)。 Nothing happened.")
    console.print()
    console.print(report.summary(all_played))
    for played in all_played:
        if not played.ok:
            console.print(report.failure(played))


def _say_verified(console: Console, verified: dict[str, Any]) -> None:
    """The auditor's word on the whole log."""
    for problem in verified["problems"]:
        console.print(f"[red]{escape(problem)}")
    word = "[green]検証済み verified" if verified["ok"] else "[red]不備あり NOT in order"
    console.print(f"\n監査記録 Audit log: {verified['entries']:,} 件 entries, {word}", highlight=False)


def _say_from_outside(console: Console, outside: Sequence[Said]) -> None:
    """What they say who have nothing but what was published."""
    for ok, line in outside:
        console.print(escape(line), style="green" if ok else "red", highlight=False)


def _say_made_again(console: Console, decided: Sequence[Outcome]) -> None:
    """Whether each decision can be explained from its record alone."""
    for line in differences(decided):
        console.print(f"[red]{escape(line)}")
    same = sum(each.same for each in decided)
    console.print(
        f"決定の再現 Decisions made again: {len(decided)} 件、一致 the same {same}", highlight=False
    )


def _say_where_to_look(
    console: Console, settings: Settings, state: StackState, all_played: Sequence[Played]
) -> None:
    """What runs, and the addresses that a person opens next."""
    console.print()
    console.print(table(state))
    console.print("\n[bold]ご覧ください Where to look[/bold]")
    console.print(f"運用状況 Operator page  {settings.front}/", highlight=False)
    console.print(f"公表 Open data          {settings.front}/publication", highlight=False)
    console.print(f"監査記録 Published log  {settings.front}/audit/log/checkpoint", highlight=False)
    for service in SERVICES:
        console.print(f"API {service:<20}  {settings.front}/{service}/docs", highlight=False)
    zipkin = next((part for part in state.parts if part.name == "zipkin"), None)
    if zipkin is None:
        return
    for played in all_played:
        for name, found in played.histories.items():
            if not found["entries"]:
                continue
            link = f"http://{zipkin.address}/zipkin/traces/{found['trace_id']}"
            title = played.scenario.cases[name]
            console.print(
                f"トレース Trace {played.scenario.name} {escape(title)}\n  {link}",
                highlight=False,
                soft_wrap=True,
            )


def _console(quiet: bool = False) -> Console:
    console = Console(quiet=quiet)
    return console if console.is_terminal else Console(quiet=quiet, width=max(console.width, WIDE))
