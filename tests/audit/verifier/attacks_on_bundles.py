"""Evidence bundles that were tampered with."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from services.audit.verifier import proofs
from services.audit.verifier.bundle import Proved, bundle
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Folder
from tests.audit.verifier.attacks import seen_by
from tests.audit.verifier.logs import POLICY, Written, publish, some

RULE = b'{"nodes":[]}'
DECISION = json.dumps({"basis": {"digest": hashlib.sha256(RULE).hexdigest()}, "reason": "秘密"}).encode()


SALT = bytes(range(32))


def log() -> Written:
    """Two cases; C1 has three entries, the last of which was decided by a rule and commits to a confidential field."""
    written = some(5, cases=2)
    committed = {"reason": hashlib.sha256(SALT + '"秘密"'.encode()).hexdigest()}
    written.add("C1", "screening/C1", 1, value=DECISION, source="/screening", commitments=committed)
    return written


def bundled(folder: Path, written: Written, case: str = "C1") -> Path:
    """What `renkei audit bundle` writes, as far as it is proved."""
    of = Folder(publish(folder / "log", written.entries))
    out = folder / "bundle"
    head = of.read("checkpoint") or b""
    indexes = [n for n, entry in enumerate(written.entries) if json.loads(entry)["correlationid"] == case]
    files = {
        "checkpoint": head,
        "policy": POLICY,
        "manifest.json": json.dumps({"case": case, "entries": indexes}).encode(),
        f"rules/{hashlib.sha256(RULE).hexdigest()}.json": RULE,
    }
    if 5 in indexes:
        files["salts/5.json"] = json.dumps({"reason": SALT.hex()}).encode()
    for index in indexes:
        files[f"entries/{index}.json"] = written.entries[index]
        files[f"facts/{index}.json"] = written.values[index]
        files[f"proofs/{index}.tlog-proof"] = proofs.written(
            index, proofs.path(of, index, len(written.entries)), head
        )
    for name, data in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    return out


def read(out: Path) -> Proved:
    return bundle(Folder(out), policy(POLICY))


@seen_by("bundle.manifest")
def a_bundle_of_nothing(folder: Path) -> None:
    out = bundled(folder, log())
    (out / "manifest.json").write_bytes(b'{"case":"C1","entries":[]}')
    read(out)


@seen_by("bundle.fact")
def a_fact_is_edited_in_the_bundle(folder: Path) -> None:
    out = bundled(folder, log())
    (out / "facts/1.json").write_bytes(b'{"n":2}')
    read(out)


@seen_by("bundle.case")
def an_entry_of_another_case_stands_in_it(folder: Path) -> None:
    out = bundled(folder, log(), case="C0")
    (out / "manifest.json").write_bytes(b'{"case":"C1","entries":[0]}')
    read(out)


@seen_by("case.previous")
def an_entry_in_the_middle_is_left_out(folder: Path) -> None:
    out = bundled(folder, log())
    (out / "manifest.json").write_bytes(b'{"case":"C1","entries":[1,5]}')
    read(out)


@seen_by("bundle.complete")
def an_event_of_the_case_was_dropped_before_logging(folder: Path) -> None:
    written = Written()
    for version in (1, 3):
        written.add("C1", "proposal/C1", version)
    read(bundled(folder, written))


@seen_by("bundle.proof")
def a_proof_of_an_older_checkpoint(folder: Path) -> None:
    """The log of then is trusted as well; but one bundle speaks of one log at one time."""
    written = log()
    older = bundled(folder / "older", Written(written.entries[:2], written.values[:2]))
    out = bundled(folder, written)
    (out / "proofs/1.tlog-proof").write_bytes((older / "proofs/1.tlog-proof").read_bytes())
    read(out)


@seen_by("bundle.rule")
def the_rule_in_the_bundle_is_not_the_one_decided_by(folder: Path) -> None:
    out = bundled(folder, log())
    (out / f"rules/{hashlib.sha256(RULE).hexdigest()}.json").write_bytes(b'{"nodes":[1]}')
    read(out)


@seen_by("opening.commitment")
def a_salt_is_another(folder: Path) -> None:
    out = bundled(folder, log())
    (out / "salts/5.json").write_bytes(json.dumps({"reason": bytes(32).hex()}).encode())
    read(out)


@seen_by("opening.commitment")
def a_salt_is_no_salt(folder: Path) -> None:
    out = bundled(folder, log())
    (out / "salts/5.json").write_bytes(b'{"reason": "zz"}')
    read(out)


@seen_by("opening.commitment")
def a_field_is_opened_that_nothing_was_committed_to(folder: Path) -> None:
    out = bundled(folder, log())
    (out / "salts/5.json").write_bytes(json.dumps({"basis": SALT.hex()}).encode())
    read(out)


@seen_by("proof.root")
def an_entry_is_edited_in_the_bundle(folder: Path) -> None:
    out = bundled(folder, log())
    entry = out / "entries/1.json"
    entry.write_bytes(entry.read_bytes().replace(b"W-01", b"W-02"))
    read(out)
