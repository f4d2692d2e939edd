"""What a witness is asked and what it answers (C2SP tlog-witness): pure.

A witness signs that it has seen a checkpoint, and never two of which the later does not extend the earlier.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.audit.verifier.merkle import extends, root
from services.audit.verifier.notes import Checkpoint, signed_by
from services.audit.verifier.notes import Key as Known
from services.audit.verifier.notes import checkpoint as read_checkpoint
from services.audit.verifier.verdict import Refusal

LONGEST_PROOF = 63  # hashes
SIZE_TYPE = "text/x.tlog.size"


@dataclass(frozen=True)
class Asked:
    """To cosign a checkpoint that extends the one of size `old`."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: Checkpoint
    text: str


@dataclass(frozen=True)
class Seen:
    """The last checkpoint of a log that was cosigned."""

    size: int
    root: bytes


class Answer(Exception):
    """No cosignature, but a status of HTTP and what goes with it."""

    def __init__(self, status: int, body: str, content_type: str = "text/plain") -> None:
        super().__init__(body)
        self.status = status
        self.body = body
        self.content_type = content_type


def read(body: bytes) -> Asked:
    """Raises Answer 400."""
    above, blank, signed = body.partition(b"\n\n")
    first, *rest = above.split(b"\n")
    word, _, number = first.partition(b" ")
    canonical = number.isdigit() and (number == b"0" or not number.startswith(b"0")) and len(number) < 20
    if not blank or word != b"old" or not canonical:
        raise Answer(400, "The first line is not `old <size>`, or no empty line follows the proof.")
    if len(rest) > LONGEST_PROOF:
        raise Answer(400, f"A proof has at most {LONGEST_PROOF} hashes.")
    try:
        proof = tuple(base64.b64decode(line, validate=True) for line in rest)
        found = read_checkpoint(signed)
    except (ValueError, Refusal) as error:
        raise Answer(400, f"This cannot be read: {error}") from None
    if any(len(each) != 32 for each in proof):
        raise Answer(400, "A hash has 32 bytes.")
    return Asked(int(number), proof, found, found.note.text)


def decide(asked: Asked, logs: Mapping[str, Sequence[Known]], seen: Seen | None) -> Seen:
    """What is seen from now on, if it may be cosigned. Raises Answer 400, 403, 404, 409 or 422.

    `logs`: origin → keys; `seen`: of this log, if anything was.
    """
    of = asked.checkpoint
    if of.origin not in logs:
        raise Answer(404, f"The log {of.origin!r} is not known here.")
    try:
        trusted = any(signed_by(of.note, key) for key in logs[of.origin])
    except Refusal:
        trusted = False
    if not trusted:
        raise Answer(403, "No key of this log has signed the checkpoint.")
    if asked.old > of.size:
        raise Answer(400, "A checkpoint of this size extends none of that.")
    if of.size == 0 and of.root != root([]):
        raise Answer(422, "A log without entries has the hash of nothing as its root.")
    size = seen.size if seen else 0
    if asked.old != size or (seen and seen.size == of.size and seen.root != of.root):
        raise Answer(409, f"{size}\n", SIZE_TYPE)
    if size and size != of.size:
        assert seen is not None, "it has a size"
        try:
            extends(size, of.size, seen.root, of.root, asked.proof)
        except Refusal as wrong:
            raise Answer(422, f"The proof does not hold: {wrong}") from None
    elif asked.proof:
        raise Answer(422, "Nothing is to be proved, and yet there is a proof.")
    return Seen(of.size, of.root)
