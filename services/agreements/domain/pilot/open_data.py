"""Counts out of a pilot for everybody, with nobody in them who could be recognised (V37, GL5-05).

Only of a case that is signed: before, nothing of it is for the public (V15).
"""

from __future__ import annotations

from collections.abc import Sequence

import guidelines
from chassis.decider import Refused
from contracts.agreements import OpenDataReleased
from contracts.days import day
from services.agreements.domain.pilot.cells import shown
from services.agreements.domain.pilot.commands import ReleaseOpenData
from services.agreements.domain.standing import by_lead
from services.agreements.domain.state import Partnership


class NotSignedYet(Refused):
    """Data out of a pilot are for everybody once the case is signed; until then nothing of it is public."""


class NoPilotWasRun(Refused):
    """There was no pilot in this case; there is nothing to release."""


class ReleasedBefore(Refused):
    """A data set of this name was released, and stays as it is; release the new one under a name of its own."""


class ColumnNamedTwice(Refused):
    """Each column has a name of its own; rename one."""


class RowsDoNotFit(Refused):
    """Every row has its labels first, as text, then its counts, as numbers; a cell for each column."""


class RowStandsTwice(Refused):
    """Two rows have the same labels; add their counts up, or label them apart."""


class TotalsAmongCounts(Refused):
    """A row or column looks like the total of the others, from which a hidden count could be computed; leave it out, or
    say with `no_totals` that it is none."""


class TellsWhatIsHidden(Refused):
    """With a table released before, this one could tell what is hidden; release other rows of the same columns."""


def release(command: ReleaseOpenData, state: Partnership) -> list[OpenDataReleased]:
    if state.phase != "agreed" or state.opened is None:
        raise NotSignedYet()
    by_lead(command.actor, state.opened)
    if state.pilot.end not in ("completed", "aborted"):
        raise NoPilotWasRun()
    if any(released.dataset == command.dataset for released in state.pilot.released):
        raise ReleasedBefore()
    counts = _counts(command)
    limit = guidelines.load(state.opened.edition).thresholds.small_cell_limit
    columns = [shown(column, limit) for column in zip(*counts, strict=True)]
    table = OpenDataReleased(
        dataset=command.dataset,
        title=command.title,
        labels=len(command.labels),
        columns=(*command.labels, *command.counts),
        rows=tuple(
            (*row[: len(command.labels)], *cells)
            for row, cells in zip(
                command.rows, zip(*(column.cells for column in columns), strict=True), strict=True
            )
        ),
        totals=tuple(column.total for column in columns),
        limit=limit,
        released_on=day(command.at, state.opened.zone),
    )
    if _hides(table) and not command.no_totals:
        _has_no_totals(counts)
    for other in state.pilot.released:
        _tell_nothing_together(table, other)
    return [table]


def _counts(command: ReleaseOpenData) -> list[tuple[int, ...]]:
    """The counts of every row. Raises where the table does not hold together."""
    columns, labels = (*command.labels, *command.counts), len(command.labels)
    if len(set(columns)) < len(columns):
        raise ColumnNamedTwice()
    counts: list[tuple[int, ...]] = []
    for number, row in enumerate(command.rows, start=1):
        numbers = tuple(cell for cell in row[labels:] if isinstance(cell, int))
        if len(row) != len(columns) or len(numbers) != len(command.counts) or not _are_texts(row[:labels]):
            raise RowsDoNotFit(f"Row {number} does not.")
        counts.append(numbers)
    if len({row[:labels] for row in command.rows}) < len(command.rows):
        raise RowStandsTwice()
    return counts


def _are_texts(labels: Sequence[int | str]) -> bool:
    return all(isinstance(label, str) for label in labels)


def _has_no_totals(counts: Sequence[Sequence[int]]) -> None:
    """A table is summed up by the totals that are released with it, and by no others."""
    columns = list(zip(*counts, strict=True))
    for table in (counts, columns):
        sums = [sum(line) for line in zip(*table, strict=True)]
        if len(table) > 2 and any(
            any(line) and all(of == 2 * cell for cell, of in zip(line, sums, strict=True)) for line in table
        ):
            raise TotalsAmongCounts()


def _tell_nothing_together(table: OpenDataReleased, other: OpenDataReleased) -> None:
    """The same columns and other rows: then no sum of one is a sum of the other. Or nothing is hidden in either."""
    if not (_hides(table) or _hides(other)):
        return
    labels = table.labels
    rows = {row[:labels] for row in table.rows}
    same = table.columns == other.columns and labels == other.labels
    if not same or any(row[:labels] in rows for row in other.rows):
        raise TellsWhatIsHidden(f"That was {other.dataset}.")


def _hides(table: OpenDataReleased) -> bool:
    return any(None in row for row in table.rows) or None in table.totals
