"""Tables as CSV that spreadsheets open: UTF-8 with a mark of byte order, and no cell that would be a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

MEDIA_TYPE = "text/csv; charset=utf-8"

# What spreadsheets take for the beginning of a formula (CWE-1236), half width and full.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """RFC 4180, lines ending in CR LF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(map(cell, head))
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def cell(value: Any) -> str:
    """Numbers as they are; a text that would be a formula behind an apostrophe, which says that it is text."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text.startswith(FORMULA) else text
