"""Keys and signatures as the verifier reads them, and as the golden log has them byte for byte."""

from pathlib import Path

import pytest

from services.audit.tlog.notes import LOG, WITNESS, Key, NotAKey, Signer, checkpoint, note, signature, split
from services.audit.tlog.tiles import bundle, name
from services.audit.tlog.tree import Edge, leaf
from services.audit.verifier import notes

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
OF_LOG = Signer("ppp.example/audit", LOG, bytes(range(32)))
OF_COURT = Signer("witness.example/court", WITNESS, bytes(range(32, 64)))


def test_the_golden_log_is_written_byte_for_byte() -> None:
    entries = [bytes.fromhex(text) for text in INPUTS]
    edge = Edge()
    edge.add(map(leaf, entries))
    text = checkpoint(OF_LOG.name, edge.size, edge.root())
    signed = note(text, OF_LOG.sign(text), OF_COURT.cosign(text, 1_700_000_000))
    assert signed.encode() == (GOLDEN / "checkpoint").read_bytes()
    assert bundle(entries) == (GOLDEN / name("entries", 0, 8)).read_bytes()
    assert b"".join(map(leaf, entries)) == (GOLDEN / name(0, 0, 8)).read_bytes()
    assert OF_LOG.key.vkey == (GOLDEN / "log.vkey").read_text().strip()
    assert OF_COURT.key.vkey == (GOLDEN / "witness.vkey").read_text().strip()


@pytest.mark.parametrize("type_", [LOG, WITNESS])
def test_a_new_key_is_kept_as_a_line_and_read_again(type_: int) -> None:
    made = Signer.new("city.example/audit", type_)
    assert Signer.read(f"{made.text}\n") == made
    assert Key.read(made.key.vkey) == made.key
    assert notes.key(made.key.vkey).id == made.key.id


@pytest.mark.parametrize("name_", ["", "a b", "a+b", "a\nb", "a\u3000b"])
def test_some_names_cannot_be_names(name_: str) -> None:
    with pytest.raises(NotAKey):
        Signer.new(name_, LOG)


@pytest.mark.parametrize(
    "text", ["", "PRIVATE+KEY+", OF_LOG.key.vkey, OF_LOG.text[:-4], OF_LOG.text.replace("ppp", "qqq")]
)
def test_a_damaged_key_is_refused_and_never_quoted(text: str) -> None:
    with pytest.raises(NotAKey) as refused:
        Signer.read(text)
    assert OF_LOG.text.rpartition("+")[2] not in str(refused.value)


def test_a_secret_key_is_not_shown() -> None:
    assert OF_LOG.text.rpartition("+")[2] not in repr(OF_LOG)
    assert OF_LOG.seed.hex() not in repr(OF_LOG)


def test_a_cosignature_counts_for_its_checkpoint_time_and_key_only() -> None:
    text = checkpoint(OF_LOG.name, 0, b"\0" * 32)
    raw = signature(OF_COURT.cosign(text, 5), OF_COURT.key)
    assert raw is not None
    assert OF_COURT.key.signed(text, raw)
    assert not OF_COURT.key.signed(text.replace("0", "1", 1), raw)
    assert not OF_COURT.key.signed(text, b"\0" * 8 + raw[8:])
    assert signature(OF_COURT.cosign(text, 5), OF_LOG.key) is None


def test_a_note_is_taken_apart_into_what_it_was_made_of() -> None:
    text = checkpoint(OF_LOG.name, 0, b"\0" * 32)
    lines = [OF_LOG.sign(text), OF_COURT.cosign(text, 5)]
    assert split(note(text, *lines)) == (text, lines)
