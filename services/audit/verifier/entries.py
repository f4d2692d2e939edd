"""One run of entries: each is read, hashed and held against the tile above it and against those before it of its case.

An entry is canonical JSON (RFC 8785) of at most 65,535 bytes. It holds the CloudEvents attributes under their own names
(`id`, `type`, `source`, `subject`, `time`, `correlationid` the case, `streamversion`), `topic`, `partition`, `offset`,
`sha256` of the exact bytes (hexadecimal), and `previous`: `{"index", "leaf"}` of the case's last entry before (the leaf
in hexadecimal; absent for its first). With `conflict` it is another body under an id that is there already, and no
fact of its stream.

Runs are examined side by side, in as many processes as there are, and joined in `log.py`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from services.audit.verifier.merkle import leaf, root
from services.audit.verifier.sources import WIDTH, Row, Source, entries, hashes, name
from services.audit.verifier.verdict import Refusal, refuse

_READ = json.JSONDecoder().decode
_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode


class Place(NamedTuple):
    """An entry of a case: where it stands, and its leaf."""

    at: int
    leaf: str  # hexadecimal


@dataclass
class Run:
    """What came of a run of entries, as far as other runs need it. `wrong` is the first that does not hold."""

    start: int
    roots: list[bytes] = field(default_factory=list)  # of each full bundle
    rest: list[bytes] = field(default_factory=list)  # the leaves of the last bundle, where it is not full
    claims: dict[str, tuple[int, Place | None]] = field(
        default_factory=dict
    )  # case → its first entry here says so
    heads: dict[str, Place] = field(default_factory=dict)  # case → its last entry here
    versions: dict[str, list[int]] = field(default_factory=dict)  # stream → its facts
    ids: list[bytes] = field(default_factory=list)  # digests of the ids of facts
    conflicts: list[int] = field(
        default_factory=list
    )  # entries that are no fact, but a second body under its id
    wrong: Refusal | None = None


def examine(of: Source, start: int, end: int, opaque: bool = False) -> Run:
    """The entries from `start`, the first of a bundle, to before `end`; `opaque`: only their hashes."""
    run = Run(start)
    try:
        for at in range(start, end, WIDTH):
            _bundle(of, at, min(WIDTH, end - at), run, opaque)
    except Refusal as wrong:
        run.wrong = wrong
    return run


def _bundle(of: Source, start: int, width: int, run: Run, opaque: bool) -> None:
    number = start // WIDTH
    found, told = entries(of, number, width), hashes(of, 0, number, width)
    rows = of.rows(start, start + width)
    leaves = []
    for at, entry in enumerate(found):
        index = start + at
        computed = leaf(entry)
        if computed != told[at]:
            refuse("tile.leaf", f"its hash is not the one that {name(0, number, width)} holds", index)
        leaves.append(computed)
        if opaque:
            continue
        said = fields(entry, index)
        if rows is not None:
            _kept(said, rows[at], index)
        _joins(said, Place(index, computed.hex()), run)
    if width == WIDTH:
        run.roots.append(root(leaves))
    else:
        run.rest = leaves


def _kept(said: dict[str, Any], row: Row, index: int) -> None:
    """What auditors read of a fact is what was logged of it."""
    if hashlib.sha256(row.value).hexdigest() != said["sha256"]:
        refuse("entry.bytes", "the bytes that are kept are not those that were received", index)
    for attribute, value in row.said:
        logged = said.get(
            attribute, value if attribute == "receivedtime" else None
        )  # which entries of before lack
        if value != logged:
            refuse(
                "entry.row", f"the row that is kept says {attribute} {value!r}, the entry {logged!r}", index
            )


def fields(entry: bytes, index: int) -> dict[str, Any]:
    """What an entry says. It is canonical JSON (RFC 8785), so that there is one way to write it."""
    try:
        said = _READ(entry.decode())
        canonical = _CANONICAL(said).encode()
    except (ValueError, RecursionError):
        said, canonical = None, b""
    if canonical != entry:
        refuse("entry.canonical", "it is not canonical JSON", index)
    if not isinstance(said, dict) or any(
        type(said.get(field)) is not kind for field, kind in _WANTED.items()
    ):
        refuse("entry.fields", f"it lacks one of: {', '.join(_WANTED)}", index)
    return said  # type: ignore[no-any-return]


_WANTED = {
    "id": str, "type": str, "source": str, "subject": str, "time": str, "correlationid": str, "streamversion": int,
    "topic": str, "partition": int, "offset": int, "sha256": str,
}  # fmt: skip
_KINDS = [*_WANTED.values()]


def previous(said: dict[str, Any], index: int) -> Place | None:
    """The entry that this one names as the one before it of its case."""
    claimed = said.get("previous")
    match claimed:
        case None:
            return None
        case {"index": int(at), "leaf": str(of)}:
            return Place(at, of)
    refuse("case.previous", "it does not say which entry is before it of its case", index)
    return None


def _joins(said: dict[str, Any], place: Place, run: Run) -> None:
    """What the entry says of the one before it in its case, and which fact of its stream it is."""
    case, before = said["correlationid"], previous(said, place.at)
    if case in run.heads:
        follows(before, run.heads[case], place.at)
    else:
        run.claims[case] = (place.at, before)
    run.heads[case] = place
    if "conflict" in said:
        run.conflicts.append(place.at)
    else:
        run.versions.setdefault(f"{said['source']} {said['subject']}", []).append(said["streamversion"])
        run.ids.append(hashlib.blake2b(said["id"].encode(), digest_size=16).digest())


def follows(claimed: Place | None, before: Place | None, index: int) -> None:
    """An entry names the last one of its case, and no other."""
    if claimed != before:
        refuse(
            "case.previous",
            f"it says that {_told(claimed)} is the entry before it of its case; it is {_told(before)}",
            index,
        )


def _told(place: Place | None) -> str:
    return "none" if place is None else f"entry {place.at} ({place.leaf[:12]}…)"
