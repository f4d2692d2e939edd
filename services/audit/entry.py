"""What the published log says of a row of the audit database: canonical JSON (RFC 8785), without the fact itself.

Pure: it follows from the row and from the entry before it of the same case, and from nothing else.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from contracts.cloudevents import instant

LONGEST = 65_535  # bytes of an entry


class TooLong(ValueError):
    """An entry has at most 65,535 bytes."""


@dataclass(frozen=True, slots=True)
class Before:
    """The last entry of a case so far."""

    index: int
    leaf: bytes


def entry_of(row: Any, before: Before | None) -> bytes:
    """`row` holds the columns of the table `entries` by their names. Raises TooLong."""
    said = {
        "actor": row["actor"],
        "correlationid": row["case_id"],
        "id": row["id"],
        "offset": row["offset"],
        "partition": row["partition"],
        "sha256": hashlib.sha256(row["value"]).hexdigest(),
        "source": row["source"],
        "streamversion": row["version"],
        "subject": row["subject"],
        "time": instant(row["time"]),
        "topic": row["topic"],
        "type": row["type"],
    }
    if row["cause"] is not None:
        said["causationid"] = row["cause"]
    if before is not None:
        said["previous"] = {"index": before.index, "leaf": before.leaf.hex()}
    entry = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    if len(entry) > LONGEST:
        raise TooLong(f"the entry {row['idx']} would have {len(entry):,} bytes")
    return entry


def leaf_of(entry: bytes) -> bytes:
    """RFC 6962, section 2.1."""
    return hashlib.sha256(b"\0" + entry).digest()
