"""Whatever is changed of what was published, it is never taken for the log it was: any bit, any tile, any length."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.verifier.log import verify
from services.audit.verifier.notes import checkpoint, note
from services.audit.verifier.policy import accept, policy
from services.audit.verifier.proofs import path, proof, proven, written
from services.audit.verifier.sources import Published
from services.audit.verifier.verdict import Refusal
from tests.audit.verifier.attacks import TEXT
from tests.audit.verifier.logs import POLICY, files, signed, some

SMALL = some(600)
FILES = dict(files(SMALL.entries))
TILES = sorted(name for name in FILES if name.startswith("tile/"))
TRUST = policy(POLICY)
HEAD = FILES["checkpoint"]
INDEX = 123
PROOF: bytes


@dataclass
class InMemory(Published):
    """A published log of which one file is another."""

    changed: dict[str, bytes] = field(default_factory=dict)

    def read(self, name: str) -> bytes | None:
        return self.changed.get(name, FILES.get(name))


PROOF = written(INDEX, path(InMemory(), INDEX, 600), HEAD)


def refused(name: str, data: bytes) -> bool:
    try:
        verify(InMemory({name: data}), TRUST)
    except Refusal:
        return True
    return False


def test_the_log_as_it_is_is_accepted() -> None:
    assert not refused("nothing", b"")
    proven(SMALL.entries[INDEX], proof(PROOF), TRUST)


@pytest.mark.parametrize("name", TILES)
def test_every_tile_truncated_or_flipped_is_refused(name: str) -> None:
    data = FILES[name]
    flipped = bytearray(data)
    for at in (0, len(data) // 2, len(data) - 1):
        flipped[at] ^= 0x10
        assert refused(name, bytes(flipped)), at
        flipped[at] ^= 0x10
    for cut in (0, 1, len(data) // 2, len(data) - 32, len(data) - 1):
        assert refused(name, data[:cut]), cut
    assert refused(name, data + b"\0")


@given(st.integers(0, len(HEAD) * 8 - 1))
def test_no_bit_of_a_checkpoint_can_be_another(bit: int) -> None:
    data = bytearray(HEAD)
    data[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Refusal):
        accept(checkpoint(bytes(data)), TRUST)


@given(st.integers(0, len(PROOF) * 8 - 1))
def test_no_bit_of_a_proof_can_be_another(bit: int) -> None:
    data = bytearray(PROOF)
    data[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Refusal):
        proven(SMALL.entries[INDEX], proof(bytes(data)), TRUST)


@given(st.integers(0, len(SMALL.entries[INDEX]) * 8 - 1))
def test_no_bit_of_an_entry_can_be_another(bit: int) -> None:
    data = bytearray(SMALL.entries[INDEX])
    data[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Refusal):
        proven(bytes(data), proof(PROOF), TRUST)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_a_note_or_are_refused(data: bytes) -> None:
    for reader in (note, checkpoint, proof, policy):
        try:
            reader(data)
        except Refusal:
            continue


@given(st.integers(0, len(TEXT)), st.text("\n\r\t 08—+=\0", min_size=1, max_size=4))
def test_nothing_can_be_put_into_a_signed_text(at: int, more: str) -> None:
    whole = signed(TEXT).decode()
    with pytest.raises(Refusal):
        accept(checkpoint((whole[:at] + more + whole[at:]).encode()), TRUST)


def test_a_folder_of_entries_that_are_too_long_for_their_length_is_refused(tmp_path: Path) -> None:
    """64 KiB do not fit into two bytes of length: what is written so is another entry, and something behind it."""
    bundle = (65_536 % 65_536).to_bytes(2, "big") + b" " * 65_536
    assert refused("tile/entries/000", bundle)
