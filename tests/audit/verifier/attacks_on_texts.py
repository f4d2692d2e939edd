"""Malformed and forged notes, keys, policies and proofs."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from services.audit.verifier.merkle import extends, included, node
from services.audit.verifier.notes import key
from services.audit.verifier.policy import policy
from services.audit.verifier.proofs import HEADER, proof, proven, written
from tests.audit.verifier.attacks import ROOT, TEXT, WHOLE, checkpoint, note, seen_by
from tests.audit.verifier.logs import COURT, LOG, ORIGIN, POLICY, WITNESS, Signer, head, leaf, root, signed

STRANGERS = [Signer(f"stranger.example/{n}", 1, bytes([n] * 32)) for n in range(15)]
GOOD = signed(TEXT)
X = hashlib.sha256(b"x").digest()


@seen_by("note.length")
def a_note_that_never_ends(_: Path) -> None:
    note(TEXT + "extension\n" * 7_000)


@seen_by("note.utf8")
def a_note_that_is_not_utf8(_: Path) -> None:
    checkpoint(signed(TEXT + "\ufffd\n").replace("\ufffd".encode(), b"\xff"))


@seen_by("note.characters")
def a_note_with_carriage_returns(_: Path) -> None:
    note(TEXT + "extension\r\n")


@seen_by("note.form")
def a_note_whose_last_line_does_not_end(_: Path) -> None:
    checkpoint(GOOD + b"more")


@seen_by("note.signatures")
def a_note_with_17_signatures(_: Path) -> None:
    note(TEXT, [*STRANGERS, LOG, WITNESS])


@seen_by("note.signature")
def a_line_below_a_note_that_is_no_signature(_: Path) -> None:
    checkpoint(GOOD + b"hello\n")


@seen_by("note.signature")
def a_signature_with_other_spaces(_: Path) -> None:
    checkpoint(GOOD + LOG.line(TEXT).replace(" ", "  ").encode())


@seen_by("note.signature")
def a_signature_in_another_base64(_: Path) -> None:
    name = STRANGERS[0].name
    checkpoint(GOOD + f"— {name} AAAAAAB=\n".encode())


@seen_by("note.forged")
def a_signature_of_another_text(_: Path) -> None:
    other = head(300, X)
    checkpoint((TEXT + "\n" + LOG.line(other) + WITNESS.line(TEXT)).encode())


@seen_by("note.forged")
def a_cosignature_with_another_time(_: Path) -> None:
    line = WITNESS.line(TEXT).split(" ")
    raw = bytearray(base64.b64decode(line[2]))
    raw[11] ^= 1
    checkpoint((TEXT + "\n" + LOG.line(TEXT) + f"— {COURT} {base64.b64encode(raw).decode()}\n").encode())


@seen_by("note.forged")
def a_key_that_collides_in_name_and_id(_: Path) -> None:
    text = TEXT
    raw = LOG.id + Signer(ORIGIN, 1, bytes(32)).private.sign(text.encode())
    checkpoint((text + "\n" + f"— {ORIGIN} {base64.b64encode(raw).decode()}\n" + WITNESS.line(text)).encode())


@seen_by("checkpoint.lines")
def a_checkpoint_with_an_extra_blank_line(_: Path) -> None:
    note(TEXT + "\nextension\n")


@seen_by("checkpoint.size")
def a_size_with_a_leading_zero(_: Path) -> None:
    note(head("08", ROOT))


@seen_by("checkpoint.size")
def a_negative_size(_: Path) -> None:
    note(head("-1", ROOT))


@seen_by("checkpoint.root")
def a_root_in_another_base64(_: Path) -> None:
    note(f"{ORIGIN}\n1\n{'A' * 42}B=\n")


@seen_by("checkpoint.root")
def a_root_of_31_bytes(_: Path) -> None:
    note(head(1, bytes(31)))


@seen_by("policy.log")
def a_log_that_nobody_knows(_: Path) -> None:
    note(TEXT, [STRANGERS[0], WITNESS])


@seen_by("policy.log")
def a_known_log_that_signs_under_another_name(_: Path) -> None:
    note(head(300, ROOT, "ppp.example/other"))


@seen_by("policy.witnesses")
def everything_rewritten_and_signed_with_the_stolen_key_of_the_log(_: Path) -> None:
    note(head(300, X), [LOG])


@seen_by("policy.witnesses")
def a_rotated_key_of_a_witness_that_nobody_announced(_: Path) -> None:
    note(TEXT, [LOG, Signer(COURT, 4, bytes(32))])


COURTS = [Signer(f"witness.example/{n}", 4, bytes([64 + n] * 32)) for n in range(3)]
LINES = f"log {LOG.vkey}\n" + "".join(f"witness w{n} {w.vkey}\n" for n, w in enumerate(COURTS))

# Two keys that share their name and the four bytes of their id, found among some 100,000.
TWINS = [Signer(COURT, 4, seed.to_bytes(32, "big")) for seed in (44_783, 118_002)]

BROKEN = {
    "policy.collide": LINES
    + "".join(f"witness twin{n} {w.vkey}\n" for n, w in enumerate(TWINS))
    + "quorum none\n",
    "policy.characters": LINES + "# a comment\r\nquorum none\n",
    "policy.line": LINES + "trust everybody\nquorum none\n",
    "policy.members": LINES + "group a any w0\ngroup b any w0\nquorum none\n",
    "policy.names": LINES + f"witness w0 {WITNESS.vkey}\nquorum none\n",
    "policy.group": LINES + "group a 4 w0 w1 w2\nquorum a\n",
    "policy.quorum": LINES + "quorum none\nquorum w0\n",
    "policy.twice": LINES + f"log {Signer('other.example', 1, LOG.seed).vkey}\nquorum none\n",
    "policy.type": f"log {WITNESS.vkey}\nquorum none\n",
}
for _check, _text in BROKEN.items():

    def _attack(_: Path, text: str = _text) -> None:
        policy(text.encode())

    _attack.__name__ = f"a_policy_refused_by_{_check.partition('.')[2]}"
    seen_by(_check)(_attack)


@seen_by("key.form")
def a_key_of_an_unknown_type(_: Path) -> None:
    key(Signer(ORIGIN, 2, LOG.seed).vkey)


@seen_by("key.id")
def a_key_with_the_id_of_another(_: Path) -> None:
    key(LOG.vkey.replace(LOG.id.hex(), "00000000"))


# Proofs

FEW = [leaf(bytes([n])) for n in range(4)]


@seen_by("proof.index")
def an_index_beyond_the_log(_: Path) -> None:
    included(2, 1, FEW[0], [], FEW[0])


@seen_by("proof.too-long")
def a_proof_with_a_hash_too_many(_: Path) -> None:
    included(0, 1, FEW[0], [X], node(X, FEW[0]))


@seen_by("proof.too-short")
def a_proof_that_ends_at_a_part_of_the_tree(_: Path) -> None:
    included(0, 8, FEW[0], [FEW[1]], root(FEW[:2]))


@seen_by("proof.root")
def a_proof_of_another_entry(_: Path) -> None:
    included(0, 2, FEW[2], [FEW[1]], root(FEW[:2]))


@seen_by("consistency.sizes")
def a_log_that_shrank(_: Path) -> None:
    extends(2, 1, FEW[0], FEW[0], [])


@seen_by("consistency.hashes")
def roots_that_are_no_hashes(_: Path) -> None:
    extends(1, 1, b"short", b"short", [])


@seen_by("consistency.same")
def two_views_of_one_size(_: Path) -> None:
    extends(3, 3, FEW[0], FEW[1], [])


@seen_by("consistency.too-short")
def an_empty_proof(_: Path) -> None:
    extends(3, 4, root(FEW[:3]), root(FEW), [])


@seen_by("consistency.too-short")
def a_proof_of_consistency_that_ends_early(_: Path) -> None:
    extends(1, 4, FEW[0], root(FEW[:2]), [FEW[1]])


@seen_by("consistency.too-long")
def a_proof_of_consistency_with_a_hash_too_many(_: Path) -> None:
    ab, c, d = root(FEW[:2]), FEW[2], FEW[3]
    extends(3, 4, node(X, node(ab, c)), node(X, node(ab, node(c, d))), [c, d, ab, X])


@seen_by("consistency.old")
def another_past(_: Path) -> None:
    extends(3, 4, X, root(FEW), [FEW[2], FEW[3], root(FEW[:2])])


@seen_by("consistency.new")
def another_present(_: Path) -> None:
    extends(3, 4, root(FEW[:3]), X, [FEW[2], FEW[3], root(FEW[:2])])


ENTRY = WHOLE.entries[0]
ALONE = signed(head(1, leaf(ENTRY)))


def shown(text: bytes) -> None:
    proven(ENTRY, proof(text), policy(POLICY))


@seen_by("proof.header")
def a_proof_of_another_version(_: Path) -> None:
    shown(written(0, [], ALONE).replace(b"@v1", b"@v2"))


@seen_by("proof.extra")
def a_proof_with_a_remark_that_is_not_base64(_: Path) -> None:
    shown(written(0, [], ALONE).replace(HEADER.encode(), HEADER.encode() + b"\nextra ???"))


@seen_by("proof.line")
def a_proof_with_an_index_that_begins_with_a_zero(_: Path) -> None:
    shown(written(0, [], ALONE).replace(b"index 0", b"index 00"))


@seen_by("policy.witnesses")
def a_proof_that_no_witness_has_seen(_: Path) -> None:
    shown(written(0, [], signed(head(1, leaf(ENTRY)), [LOG])))
