"""`renkei audit rerun CASE`: stored decisions made again, by the services whose rules they are.

Exit codes: 0 when every decision comes out the same, byte for byte; 1 when one does not, or cannot be made again;
2 when the log cannot be read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import asyncpg
import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from contracts.decision import Basis
from contracts.fact import FACTS
from contracts.intake import ProposalReceived
from deploy.local.trouble import Trouble
from guidelines import BrokenPack, NoSuchEdition, rules
from guidelines.rules import NoSuchRule, RuleFails
from services.audit.rerun import CannotBeMadeAgain, Decision, Outcome, cases, decides, entries, rerun

RANKING = "ranking"

Cases = Annotated[list[str] | None, typer.Argument(metavar="CASE…", help="Ids of cases.", show_default=False)]


def rerun_command(
    case: Cases = None,
    every: Annotated[bool, typer.Option("--all", help="Every case with a decision.")] = False,
    *,
    database: Annotated[
        str, typer.Option(envvar="RENKEI_AUDIT_DATABASE", help="The audit database (a read is enough).")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Make every decision of a case again from its record, and compare the results byte for byte."""
    if bool(case) == every:
        raise typer.BadParameter("name cases, or take --all of them", param_hint="CASE…")
    try:
        found = asyncio.run(_outcomes(database, case))
    except (OSError, asyncpg.PostgresError) as error:
        Console(stderr=True).print(
            f"The audit database could not be read ({type(error).__name__}): "
            "start the stack, or say where it is with --database."
        )
        raise typer.Exit(2) from None
    outcomes = [outcome for of_a_case in found.values() for outcome in of_a_case]
    if as_json:
        told = [as_json_of(of, outcome) for of, each in found.items() for outcome in each]
        typer.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2))
    else:
        for of, each in found.items():
            Console().print(_table(of, each) if each else f"{of}: no decision yet.")
        if not found:
            typer.echo("The log holds no decision.")
    raise typer.Exit(0 if all(outcome.same for outcome in outcomes) else 1)


async def _outcomes(database: str, wanted: Sequence[str] | None) -> dict[str, list[Outcome]]:
    connection = await asyncpg.connect(database)
    try:
        types = [
            f"{fact.type.rpartition('.v')[0]}.v{version}"
            for fact in FACTS.values()
            if decides(fact)
            for version in range(1, fact.version + 1)
        ]
        found = {}
        for case in wanted or await cases(connection, types):
            history = await entries(connection, case)
            if not history:
                raise Trouble(f"The log knows no case {case!r}.")
            found[case] = await asyncio.to_thread(rerun, history, again)
        return found
    finally:
        await connection.close()


def again(decision: Decision) -> Basis:
    """The decision made again, by whoever made it. Raises CannotBeMadeAgain."""
    basis = decision.basis
    assert basis is not None, "only what says on what it stands is made again"
    try:
        return _ranked_again(basis, decision) if basis.rule == RANKING else rules.again(basis)
    except (NoSuchEdition, NoSuchRule) as error:
        raise CannotBeMadeAgain(f"there is no {error} here") from None
    except (RuleFails, BrokenPack) as error:
        raise CannotBeMadeAgain(str(error)) from None


def _ranked_again(basis: Basis, decision: Decision) -> Basis:
    """Ranked by the words that the log holds with their proposal; the record names them by their digest only."""
    from services.matching.ranking import ProposalText
    from services.matching.ranking import rerun as ranked_again

    proposals = [fact for fact in decision.of_its_case if isinstance(fact, ProposalReceived)]
    proposal = proposals[-1] if proposals else None
    if proposal is None or proposal.title is None or proposal.body is None:
        raise CannotBeMadeAgain("the log does not hold the words of this proposal")
    text = ProposalText(
        title=proposal.title.reveal(),
        body=proposal.body.reveal(),
        resources=tuple(resource.reveal() for resource in proposal.requested_resources),
    )
    return ranked_again(basis, text)


def as_json_of(case: str, outcome: Outcome) -> Mapping[str, Any]:
    entry, basis = outcome.decision.entry, outcome.decision.basis
    return {
        "case": case,
        "index": entry.index,
        "fact": entry.type,
        "subject": entry.subject,
        "version": entry.version,
        "same": outcome.same,
        "differs": list(outcome.differs),
        "trouble": outcome.trouble,
        "basis": basis.model_dump(mode="json") if basis else None,
        "engine_now": outcome.engine,
    }


def _table(case: str, outcomes: Sequence[Outcome]) -> Table:
    table = Table(title=escape(case), title_justify="left", box=None)
    for title in ("fact", "version", "edition", "rule", "digest", "result", "trace", ""):
        table.add_column(title, overflow="fold")
    for outcome in outcomes:
        entry, basis = outcome.decision.entry, outcome.decision.basis
        name = entry.type.split(".")[-2]
        stands_on = (basis.edition, basis.rule) if basis else ("–", "–")
        marks = [_mark(outcome, part) for part in ("digest", "result", "trace")]
        table.add_row(name, str(entry.version), *map(escape, stands_on), *marks, escape(_remark(outcome)))
    return table


def _mark(outcome: Outcome, part: str) -> str:
    if outcome.trouble:
        return "[red]?[/]"
    return "[red]differs[/]" if part in outcome.differs else "[green]same[/]"


def _remark(outcome: Outcome) -> str:
    if outcome.trouble:
        return outcome.trouble
    basis = outcome.decision.basis
    if basis is not None and outcome.engine != basis.engine:
        return f"by {basis.engine} then, by {outcome.engine} now"
    return ", ".join(f"other {part}" for part in outcome.differs if part in ("edition", "rule", "inputs"))
