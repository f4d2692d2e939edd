"""Proofs over trees of any size: those that are true are accepted, the same of anything else are not."""

import hashlib
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.verifier.merkle import extends, included, node
from services.audit.verifier.proofs import path
from services.audit.verifier.sources import Published
from services.audit.verifier.verdict import Refusal
from tests.audit.verifier import logs

LARGEST = 700
LEAVES = [hashlib.sha256(b"%d" % n).digest() for n in range(LARGEST)]


@dataclass
class Tree(Published):
    """The hash tiles over the first leaves."""

    size: int

    def read(self, name: str) -> bytes | None:
        hashes, level = LEAVES[: self.size], 0
        while hashes:
            for n in range(0, len(hashes), 256):
                if logs.path(level, n // 256, len(hashes[n : n + 256])) == name:
                    return b"".join(hashes[n : n + 256])
            full = len(hashes) // 256 * 256
            hashes, level = [logs.root(hashes[n : n + 256]) for n in range(0, full, 256)], level + 1
        return None


def consistency(old: int, hashes: list[bytes], whole: bool = True) -> list[bytes]:
    """RFC 6962, section 2.1.2, as it is written there."""
    n = len(hashes)
    if old == n:
        return [] if whole else [logs.root(hashes)]
    k = 1 << (n - 1).bit_length() - 1
    if old <= k:
        return [*consistency(old, hashes[:k], whole), logs.root(hashes[k:])]
    return [*consistency(old - k, hashes[k:], False), logs.root(hashes[:k])]


SIZES = st.integers(1, LARGEST)


@given(SIZES, st.data())
def test_an_entry_is_proved_where_it_stands_and_nowhere_else(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, root = path(Tree(size), index, size), logs.root(LEAVES[:size])
    included(index, size, LEAVES[index], proof, root)
    elsewhere = data.draw(st.integers(0, LARGEST))
    if elsewhere != index:
        with pytest.raises(Refusal):
            included(elsewhere, size, LEAVES[index], proof, root)
    with pytest.raises(Refusal):
        included(index, size, LEAVES[(index + 1) % LARGEST], proof, root)
    for other in (proof[1:], [*proof, root], [node(root, root), *proof]):
        if other != proof:
            with pytest.raises(Refusal):
                included(index, size, LEAVES[index], other, root)


@given(SIZES, SIZES, st.data())
def test_a_log_extends_what_it_began_with_and_nothing_else(one: int, two: int, data: st.DataObject) -> None:
    old, new = sorted((one, two))
    proof = consistency(old, LEAVES[:new])
    old_root, new_root = logs.root(LEAVES[:old]), logs.root(LEAVES[:new])
    extends(old, new, old_root, new_root, proof)
    changed = [*proof]
    if changed:
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at] = hashlib.sha256(changed[at]).digest()
    for past, present, steps in (
        (node(old_root, old_root), new_root, proof),
        (old_root, node(new_root, new_root), proof),
        (old_root, new_root, [*proof, new_root]),
        *([(old_root, new_root, changed), (old_root, new_root, proof[1:])] if proof else []),
    ):
        with pytest.raises(Refusal):
            extends(old, new, past, present, steps)
