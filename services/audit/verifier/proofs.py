"""A proof that one entry is in a log, to be checked offline (C2SP tlog-proof)."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.audit.verifier.merkle import included, leaf, node, root
from services.audit.verifier.notes import Checkpoint, base64_of, checkpoint
from services.audit.verifier.policy import Policy, accept
from services.audit.verifier.sources import WIDTH, Source, hashes
from services.audit.verifier.verdict import refuse

HEADER = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile("index (0|[1-9][0-9]{0,18})")
_HASH = re.compile("[A-Za-z0-9+/]{43}=")


@dataclass(frozen=True)
class Proof:
    index: int
    hashes: tuple[bytes, ...]
    checkpoint: Checkpoint


def proof(data: bytes) -> Proof:
    """The proof in a `.tlog-proof` file."""
    above, _, below = data.partition(b"\n\n")
    header, *lines = above.decode(errors="replace").split("\n")
    if header != HEADER:
        refuse("proof.header", f"the first line is not {HEADER}")
    if lines and lines[0].startswith("extra "):
        base64_of(lines.pop(0)[len("extra ") :], "proof.extra", "what comes with the proof")
    index = _INDEX.fullmatch(lines[0]) if lines else None
    if index is None:
        refuse("proof.line", "the proof does not say the index of its entry")
    for line in lines[1:]:
        if not _HASH.fullmatch(line):
            refuse("proof.line", f"this line of the proof is no hash: {line[:80]!r}")
    steps = [base64_of(line, "proof.line", "a hash") for line in lines[1:]]
    return Proof(int(index[1]) if index else 0, tuple(steps), checkpoint(below))


def proven(entry: bytes, by: Proof, trust: Policy) -> None:
    """Refuses unless the entry is in a log that is trusted."""
    accept(by.checkpoint, trust)
    included(by.index, by.checkpoint.size, leaf(entry), by.hashes, by.checkpoint.root)


def written(index: int, steps: Sequence[bytes], of: bytes) -> bytes:
    """The text of a proof; `of` is the signed checkpoint."""
    lines = [HEADER, f"index {index}", *(base64.b64encode(step).decode() for step in steps), "", ""]
    return "\n".join(lines).encode() + of


def path(of: Source, index: int, size: int) -> list[bytes]:
    """The hashes that lead from an entry to the root, from the tiles of the log (RFC 6962, section 2.1.1)."""
    known: dict[tuple[int, int], list[bytes]] = {}

    def subtree(start: int, end: int) -> bytes:
        """The root over some entries; of whole tiles as far as there are such."""
        level, covered = 0, 1
        while (end - start) % (covered * WIDTH) == 0 and start % (covered * WIDTH) == 0:
            level, covered = level + 1, covered * WIDTH
        while level and (end - start) < covered:
            level, covered = level - 1, covered // WIDTH
        number = start // covered // WIDTH
        if end - start > covered * WIDTH:
            k = 1 << (end - start - 1).bit_length() - 1
            return node(subtree(start, start + k), subtree(start + k, end))
        if (level, number) not in known:
            known[level, number] = hashes(of, level, number, min(WIDTH, size // covered - number * WIDTH))
        at = start // covered - number * WIDTH
        return root(known[level, number][at : at + (end - start) // covered])

    steps: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        k = 1 << (end - start - 1).bit_length() - 1
        if index < start + k:
            steps.append(subtree(start + k, end))
            end = start + k
        else:
            steps.append(subtree(start, start + k))
            start += k
    return steps[::-1]
