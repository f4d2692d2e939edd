"""Hashes of a log and the proofs made of them (RFC 6962, RFC 9162 sections 2.1.3 and 2.1.4)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from services.audit.verifier.verdict import refuse

HASH = 32  # bytes


def leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\0" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over the hashes of one level, from left to right."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    level = list(hashes)
    while len(level) > 1:
        last = level[-1:] if len(level) % 2 else []
        level = [node(level[n], level[n + 1]) for n in range(0, len(level) - 1, 2)] + last
    return level[0]


def included(index: int, size: int, of: bytes, proof: Sequence[bytes], in_root: bytes) -> None:
    """Refuses unless the leaf `of` is the entry `index` of the log of this size and root."""
    if not 0 <= index < size:
        refuse("proof.index", f"a log of {size} entries has none with the index {index}")
    fn, sn, up = index, size - 1, of
    for step in proof:
        if sn == 0:
            refuse("proof.too-long", f"the proof has {len(proof)} hashes, which is too many")
        if fn & 1 or fn == sn:
            up = node(step, up)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            up = node(up, step)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        refuse("proof.too-short", f"the proof has {len(proof)} hashes, which is too few")
    if up != in_root or len(of) != HASH or not all(len(each) == HASH for each in proof):
        refuse("proof.root", "the proof does not lead to the root of the checkpoint", index)


def extends(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Refuses unless the log of size `new` begins with all entries of the log of size `old`."""
    if not 0 < old <= new:
        refuse("consistency.sizes", f"a log of {new} entries does not extend one of {old}")
    if len(old_root) != HASH or len(new_root) != HASH or not all(len(each) == HASH for each in proof):
        refuse("consistency.hashes", f"a hash has {HASH} bytes")
    if old == new:
        if proof or old_root != new_root:
            refuse("consistency.same", "two logs of the same size do not have the same root")
        return
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        refuse("consistency.too-short", "the proof is empty")
        return
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    of_old = of_new = path[0]
    for step in path[1:]:
        if sn == 0:
            refuse("consistency.too-long", f"the proof has {len(proof)} hashes, which is too many")
        if fn & 1 or fn == sn:
            of_old, of_new = node(step, of_old), node(step, of_new)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            of_new = node(of_new, step)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        refuse("consistency.too-short", f"the proof has {len(proof)} hashes, which is too few")
    if of_old != old_root:
        refuse("consistency.old", "the proof does not lead to the root that was known before")
    if of_new != new_root:
        refuse("consistency.new", "the proof does not lead to the root of today")
