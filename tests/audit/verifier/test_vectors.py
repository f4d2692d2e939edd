"""The published proofs: the good ones are accepted, the others refused."""

import base64
import json
from pathlib import Path

import pytest

from services.audit.verifier.merkle import extends, included
from services.audit.verifier.verdict import Refusal

VECTORS = Path(__file__).parents[1] / "data" / "vectors"
FILES = sorted(VECTORS.rglob("*.json"))


def _bytes(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def accepted(vector: dict) -> bool:
    proof = [_bytes(each) for each in vector["proof"] or ()]
    try:
        if "leafIdx" in vector:
            included(
                vector["leafIdx"],
                vector["treeSize"],
                _bytes(vector["leafHash"]),
                proof,
                _bytes(vector["root"]),
            )
        else:
            extends(vector["size1"], vector["size2"], _bytes(vector["root1"]), _bytes(vector["root2"]), proof)
    except Refusal:
        return False
    return True


def libraries_differ(vector: dict) -> bool:
    """Sizes of 0, and roots that are no hashes: there a verifier refuses."""
    names = [name for name in ("root", "root1", "root2") if name in vector]
    return any(len(_bytes(vector[name])) != 32 for name in names) or 0 in (
        vector.get("size1"),
        vector.get("size2"),
    )


def test_all_196_are_here() -> None:
    assert len(FILES) == 196


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-3:]))
def test_a_proof_is_taken_as_its_vector_says(file: Path) -> None:
    vector = json.loads(file.read_bytes())
    assert accepted(vector) is not (vector["wantErr"] or libraries_differ(vector))
