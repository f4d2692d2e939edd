"""Decision tables as the trace tells them: row by row, what matched, and which column kept a row from matching.

The engine tells the rows that matched. Of the others it says nothing, so that their cells are asked one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import zen

from guidelines.jdm import ColumnOf, TableNode
from guidelines.packs import BrokenPack

ANY = ""  # an empty cell: this column does not matter for the row


@dataclass(frozen=True)
class Column:
    """A column of conditions: its id, and what of the inputs it looks at."""

    id: str
    looks_at: zen.Expression

    def of(self, seen: Mapping[str, Any]) -> Any:
        """What its cells are compared with; None where that cannot be reckoned."""
        try:
            return self.looks_at.evaluate(dict(seen))
        except RuntimeError:
            return None


@dataclass(frozen=True)
class Row:
    """A row: its name, and the condition of every column that matters."""

    id: str
    cells: tuple[tuple[Column, zen.Expression], ...]

    def failing(self, seen: Mapping[str, dict[str, Any]]) -> tuple[str, ...]:
        """The columns that keep this row from matching. `seen`: by column, what its cells are asked about."""
        return tuple(column.id for column, cell in self.cells if not _holds(cell, seen[column.id]))


@dataclass(frozen=True)
class Table:
    """A table of an edition's rule. `each`: the field that holds a list, looked at entry by entry; None for one."""

    id: str
    each: str | None
    first_decides: bool
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def told(self, trace: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """What became of the rows, for each thing this table looked at; nothing if it was not reached."""
        node = trace.get(self.id)
        if node is None:
            return
        seen, matched = node["input"], node["traceData"]
        if self.each is None:
            hits = matched if isinstance(matched, list) else [matched] if matched else []
            yield {"table": self.id, **self._rows(seen, hits)}
            return
        for number, (entry, hits) in enumerate(zip(seen[self.each], matched, strict=True), start=1):
            yield {"table": self.id, "entry": number, **self._rows(entry, hits)}

    def _rows(self, seen: Mapping[str, Any], hits: list[Mapping[str, Any]]) -> dict[str, Any]:
        matched = [hit["index"] for hit in hits]
        looked_at = self.rows[: matched[0]] if self.first_decides and matched else self.rows
        asked = {column.id: {**seen, "$": column.of(seen)} for column in self.columns}
        kept_by: dict[tuple[str, ...], list[str]] = {}
        for index, row in enumerate(looked_at):
            if index not in matched:
                kept_by.setdefault(row.failing(asked), []).append(row.id)
        return {
            "matched": [self.rows[index].id for index in matched],
            "failed": [{"columns": columns, "rows": rows} for columns, rows in kept_by.items()],
        }


def table_of(path: Path, node: TableNode) -> Table:
    """The table that a node of a file of rules describes. Raises BrokenPack, naming the row and the column."""
    said = f"{path}: table {node.name or node.id}"
    columns = tuple(_column(said, column) for column in node.content.inputs)
    rows = tuple(_row(said, number, row, columns) for number, row in enumerate(node.content.rules, start=1))
    if len({row.id for row in rows}) < len(rows):
        raise BrokenPack(f"{said}: two rows have the same _id")
    each = node.content.input_field if node.content.mode == "loop" else None
    first_decides = node.content.hit_policy == "first"
    if each and first_decides:
        raise BrokenPack(f"{said}: a table that loops collects its rows (hitPolicy: collect)")
    return Table(node.id, each, first_decides, columns, rows)


def _column(said: str, column: ColumnOf) -> Column:
    try:
        return Column(column.id, zen.compile_expression(column.field))
    except RuntimeError as error:
        raise BrokenPack(f"{said}: column {column.id}: {plainly(error)}") from None


def _row(said: str, number: int, row: Mapping[str, str], columns: tuple[Column, ...]) -> Row:
    if not row.get("_id"):
        raise BrokenPack(f"{said}: row {number} has no _id")
    cells = []
    for column in columns:
        cell = row.get(column.id, ANY).strip()
        if cell == ANY:
            continue
        try:
            cells.append((column, zen.compile_unary_expression(cell)))
        except RuntimeError as error:
            at = f"{said}: row {row['_id']}, column {column.id}"
            raise BrokenPack(f"{at}: {cell!r} is no condition ({plainly(error)})") from None
    return Row(row["_id"], tuple(cells))


def _holds(cell: zen.Expression, asked: dict[str, Any]) -> bool:
    try:
        return bool(cell.evaluate(asked))
    except RuntimeError:  # a comparison with a value that is not there fails, and the row with it
        return False


def plainly(error: RuntimeError) -> str:
    """What the engine says, without the addresses of its stack."""
    said, _, _ = str(error).partition("\n")
    try:
        told = orjson.loads(said)
    except orjson.JSONDecodeError:
        return said
    return ": ".join(str(told[part]) for part in ("nodeId", "source") if told.get(part)) or said
