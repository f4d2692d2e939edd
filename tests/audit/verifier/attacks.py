"""Everything that is tried on the verifier: each attack names the check that has to see it.

An attack is a function that does what a reader does, on something that was tampered with. `consistently` tampered:
hashes, root and signatures fit, as only who holds the keys can do it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from services.audit.verifier import log, notes, policy
from services.audit.verifier.notes import Checkpoint
from services.audit.verifier.sources import Folder, Row
from tests.audit.verifier.logs import (
    LOG,
    POLICY,
    WITNESS,
    Signer,
    head,
    leaf,
    publish,
    root,
    signed,
    some,
)  # fmt: skip

Attack = Callable[[Path], object]
ATTACKS: dict[str, tuple[str, Attack]] = {}  # name → the check that sees it, what is done


def seen_by(check: str) -> Callable[[Attack], Attack]:
    def add(attack: Attack) -> Attack:
        ATTACKS[attack.__name__] = (check, attack)
        return attack

    return add


@dataclass(frozen=True)
class WithFacts(Folder):
    """A log whose facts are at hand, as they are for its own service."""

    facts: tuple[Row, ...] = ()

    def rows(self, start: int, end: int) -> list[Row]:
        return list(self.facts[start:end])


def read(folder: Path, trust: bytes = POLICY, known: Checkpoint | None = None) -> log.Verified:
    return log.verify(Folder(folder), policy.policy(trust), known)


def note(text: str, signers: Iterable[Signer] = (LOG, WITNESS)) -> notes.Checkpoint:
    return checkpoint(signed(text, signers))


def checkpoint(data: bytes) -> notes.Checkpoint:
    """Read and trusted."""
    found = notes.checkpoint(data)
    policy.accept(found, policy.policy(POLICY))
    return found


WHOLE = some(300)
ROOT = root([leaf(entry) for entry in WHOLE.entries])
TEXT = head(300, ROOT)


# The rows of the log


def rewritten(folder: Path, index: int, **changes: object) -> Path:
    """Consistently: one entry says something else, and all hashes and signatures fit."""
    entries = list(WHOLE.entries)
    said = json.loads(entries[index]) | changes
    kept = {key: value for key, value in said.items() if value is not None}
    entries[index] = json.dumps(kept, sort_keys=True, separators=(",", ":")).encode()
    return publish(folder, entries)


@seen_by("tile.leaf")
def a_row_is_edited(folder: Path) -> None:
    publish(folder, WHOLE.entries)
    bundle = folder / "tile/entries/000"
    bundle.write_bytes(bundle.read_bytes().replace(b"window:W-01", b"window:W-02", 1))
    read(folder)


@seen_by("tile.leaf")
def a_hash_of_an_entry_is_flipped(folder: Path) -> None:
    tile = publish(folder, WHOLE.entries) / "tile/0/000"
    data = bytearray(tile.read_bytes())
    data[40] ^= 1
    tile.write_bytes(data)
    read(folder)


@seen_by("root")
def a_row_is_edited_and_every_tile_with_it(folder: Path) -> None:
    edited = [entry.replace(b"window:W-01", b"window:W-02") for entry in WHOLE.entries[:1]]
    publish(folder, edited + WHOLE.entries[1:6])
    (folder / "checkpoint").write_bytes(signed(head(6, root([leaf(e) for e in WHOLE.entries[:6]]))))
    read(folder)


@seen_by("case.previous")
def a_middle_row_is_deleted_consistently(folder: Path) -> None:
    read(publish(folder, WHOLE.entries[:100] + WHOLE.entries[101:]))


@seen_by("case.previous")
def two_rows_are_swapped_consistently(folder: Path) -> None:
    entries = list(WHOLE.entries)
    entries[7], entries[14] = entries[14], entries[7]
    read(publish(folder, entries))


@seen_by("case.previous")
def a_case_begins_in_the_middle(folder: Path) -> None:
    read(publish(folder, [*WHOLE.entries[:70], rewritten_first(), *WHOLE.entries[71:]]))


def rewritten_first() -> bytes:
    said = json.loads(WHOLE.entries[70])
    del said["previous"]
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


@seen_by("case.previous")
def an_entry_names_nothing_that_could_be_before_it(folder: Path) -> None:
    read(rewritten(folder, 0, previous=[1]))


@seen_by("root")
def the_tail_is_cut_under_an_old_signature(folder: Path) -> None:
    publish(folder, WHOLE.entries[:299])
    (folder / "checkpoint").write_bytes(signed(head(299, ROOT)))
    read(folder)


@seen_by("known.size")
def the_tail_is_cut_with_all_keys(folder: Path) -> None:
    """To half, which the reader of yesterday knows as a whole."""
    publish(folder, WHOLE.entries[:256])
    known = replace(note(TEXT), size=512, root=root([leaf(entry) for entry in WHOLE.entries[:256]]))
    read(folder, known=known)


@seen_by("known.root")
def another_history_is_shown_to_a_second_reader(folder: Path) -> None:
    read(rewritten(folder, 299, actor="window:W-99"), known=note(TEXT))


@seen_by("known.origin")
def another_log_is_shown(folder: Path) -> None:
    read(publish(folder, WHOLE.entries), known=replace(note(TEXT), origin="ppp.example/other"))


@seen_by("stream.complete")
def an_event_was_dropped_before_logging(folder: Path) -> None:
    written = some(0)
    for version in (1, 3):
        written.add("C1", "proposal/C1", version)
    read(publish(folder, written.entries))


@seen_by("facts.once")
def a_fact_was_logged_twice(folder: Path) -> None:
    written = some(0)
    for version in (1, 2):
        written.add("C1", "proposal/C1", version, id="the same")
    read(publish(folder, written.entries))


@seen_by("entry.bytes")
def a_kept_fact_is_edited(folder: Path) -> None:
    kept_otherwise(folder, Row(b'{"n":0}', ()))


@seen_by("entry.row")
def another_is_said_to_have_done_it(folder: Path) -> None:
    kept_otherwise(folder, Row(WHOLE.values[150], [("id", "proposal/C3-22"), ("actor", "window:W-99")]))


def kept_otherwise(folder: Path, row: Row) -> None:
    """Beside the entry 150."""
    rows = [Row(value, ()) for value in WHOLE.values]
    rows[150] = row
    log.verify(WithFacts(publish(folder, WHOLE.entries), tuple(rows)), policy.policy(POLICY))


@seen_by("entry.canonical")
def an_entry_is_written_in_another_way(folder: Path) -> None:
    read(publish(folder, [WHOLE.entries[0].replace(b",", b", ", 1)]))


@seen_by("entry.canonical")
def an_entry_says_a_thing_twice(folder: Path) -> None:
    read(publish(folder, [b'{"a":1,"a":1,' + WHOLE.entries[0][1:]]))


@seen_by("entry.fields")
def an_entry_does_not_say_where_it_came_from(folder: Path) -> None:
    read(publish(folder, [WHOLE.entries[0].replace(b'"offset":0,', b"")]))


# Tiles and bundles


@seen_by("files.there")
def a_tile_is_gone(folder: Path) -> None:
    publish(folder, WHOLE.entries)
    (folder / "tile/0/001.p/44").unlink()
    read(folder)


@seen_by("tile.length")
def a_tile_goes_on(folder: Path) -> None:
    tile = publish(folder, WHOLE.entries) / "tile/0/001.p/44"
    tile.write_bytes(tile.read_bytes() + bytes(32))
    read(folder)


@seen_by("bundle.length")
def a_bundle_goes_on(folder: Path) -> None:
    bundle = publish(folder, WHOLE.entries) / "tile/entries/001.p/44"
    bundle.write_bytes(bundle.read_bytes() + b"\0\1x")
    read(folder)


@seen_by("tile.hash")
def a_hash_of_a_tile_above_is_flipped(folder: Path) -> None:
    tile = publish(folder, WHOLE.entries) / "tile/1/000.p/1"
    tile.write_bytes(bytes([tile.read_bytes()[0] ^ 1]) + tile.read_bytes()[1:])
    read(folder)
