"""Signed notes, verifier keys and checkpoints, read strictly (C2SP signed-note, tlog-checkpoint, tlog-cosignature)."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from services.audit.verifier.ed25519 import signed
from services.audit.verifier.verdict import refuse

LOG, WITNESS = 1, 4  # types of keys: a log's signature; a witness's cosignature, which has a time
SIGNATURES = 16  # at most, of one note
LONGEST_NOTE = 65_536  # bytes

_SIGNATURE = re.compile("— ([^\\s+]+) ([A-Za-z0-9+/]+={0,2})")
_SIZE = re.compile("0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Key:
    """A verifier key: `name+id in hex+base64(type, public key)`."""

    name: str
    id: bytes
    type: int
    public: bytes


@dataclass(frozen=True)
class Note:
    """A note as it came: nobody's signature has been checked."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]  # name, key id, signature


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: its first `size` entries have this root."""

    origin: str
    size: int
    root: bytes
    note: Note


def base64_of(text: str, check: str, what: str) -> bytes:
    """The bytes of standard base64 that is written in its one way."""
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        value = b""
    if base64.b64encode(value).decode() != text:
        refuse(check, f"{what} is not base64")
    return value


def key(text: str) -> Key:
    """A line of a `.vkey` file."""
    name, hex_id, data = ([*text.strip().split("+", 2), "", ""])[:3]
    raw = base64_of(data, "key.form", f"the key of {name!r}")
    if not name or re.search(r"[\s+]", name) or len(raw) != 33 or raw[0] not in (LOG, WITNESS):
        refuse("key.form", f"{name!r} is not followed by the Ed25519 key of a log or a witness")
    id_ = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if hex_id != id_.hex():
        refuse("key.id", f"the key of {name!r} has the id {id_.hex()}, not {hex_id!r}")
    return Key(name, id_, raw[0], raw[1:])


def note(data: bytes) -> Note:
    """Text, an empty line, one to sixteen lines of signatures; nothing else."""
    if len(data) > LONGEST_NOTE:
        refuse("note.length", f"the note has {len(data):,} bytes")
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        refuse("note.utf8", "the note is not UTF-8")
        whole = data.decode(errors="replace")
    if any(ord(character) < 32 and character != "\n" for character in whole):
        refuse("note.characters", "the note holds a control character, such as a carriage return")
    text, blank, below = whole.rpartition("\n\n")
    if not blank or not text or not below.endswith("\n"):
        refuse("note.form", "the note is not text, an empty line, and signatures")
    lines = below.split("\n")[:-1]
    if len(lines) > SIGNATURES:
        refuse("note.signatures", f"the note has {len(lines)} signatures, more than {SIGNATURES}")
    return Note(text + "\n", tuple(map(_signature, lines)))


def _signature(line: str) -> tuple[str, bytes, bytes]:
    found = _SIGNATURE.fullmatch(line)
    if not found:
        refuse("note.signature", f"this is no line of a signature: {line[:80]!r}")
        return line, b"", b""
    raw = base64_of(found[2], "note.signature", f"the signature of {found[1]!r}")
    if len(raw) < 5:
        refuse("note.signature", f"the signature of {found[1]!r} is too short")
    return found[1], raw[:4], raw[4:]


def checkpoint(data: bytes) -> Checkpoint:
    """Origin, size, root; further lines are left to whoever knows them."""
    read = note(data)
    lines = read.text[:-1].split("\n")
    if len(lines) < 3 or "" in lines:
        refuse("checkpoint.lines", "a checkpoint has three lines or more, none of them empty")
    origin, size, root = [*lines, "", "", ""][:3]
    if not _SIZE.fullmatch(size):
        refuse("checkpoint.size", f"{size!r} is no size of a log")
    hash_ = base64_of(root, "checkpoint.root", "the root")
    if len(hash_) != 32:
        refuse("checkpoint.root", f"the root has {len(hash_)} bytes, not 32")
    return Checkpoint(origin, int(size), hash_, read)


def signed_by(read: Note, by: Key) -> bool:
    """Whether the note bears a signature of this key. A signature of its name and id that is wrong is refused."""
    found = False
    for name, id_, signature in read.signatures:
        if (name, id_) == (by.name, by.id):
            if not _fits(read.text, signature, by):
                refuse("note.forged", f"the signature of {name!r} is not that of its key")
            found = True
    return found


def _fits(text: str, signature: bytes, by: Key) -> bool:
    if by.type == LOG:
        return signed(by.public, text.encode(), signature)
    time = int.from_bytes(signature[:8], "big")
    message = f"cosignature/v1\ntime {time}\n{text}"
    return time < 2**63 and signed(by.public, message.encode(), signature[8:])


def cosigned_at(read: Note, by: Key) -> int | None:
    """When a witness saw it, in seconds since 1970; None where it did not sign."""
    times = [
        int.from_bytes(s[:8], "big") for name, id_, s in read.signatures if (name, id_) == (by.name, by.id)
    ]
    return max(times, default=None)
