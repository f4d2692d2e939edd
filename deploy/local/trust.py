"""Who signs this stack's log: keys made at first use, and the policy that is published beside it.

The keys are those of a development system. A city makes its own with `renkei audit keygen`, has the witness's made and
kept by somebody else, and publishes the policy by another way than the log.
"""

from __future__ import annotations

from pathlib import Path

from deploy.local.passwords import write_secret
from deploy.local.settings import Settings
from services.audit.tlog.notes import LOG, WITNESS, KeyType, Signer
from services.audit.trust import KEY, POLICY

ORIGIN, COURT = "renkei.example/audit", "renkei.example/witness"


def log_key(settings: Settings) -> Path:
    return settings.home / "keys" / KEY


def witness_folder(settings: Settings) -> Path:
    """What the witness keeps: its key, and what it has seen."""
    return settings.home / "witness"


def witness_key(settings: Settings) -> Path:
    return witness_folder(settings) / "witness.key"


def agree(settings: Settings) -> Path:
    """The policy, with keys that exist from here on."""
    for private in (log_key(settings).parent, witness_folder(settings)):
        private.mkdir(mode=0o700, parents=True, exist_ok=True)
    log = _signer(log_key(settings), ORIGIN, LOG).key.vkey
    court = _signer(witness_key(settings), COURT, WITNESS).key.vkey
    folder = settings.published
    folder.mkdir(exist_ok=True)
    address = f"http://{settings.ports.address('witness')}"
    policy = f"log {log}\nwitness court {court} {address}\nquorum court\n"
    for name, text in ((POLICY, policy), ("log.vkey", f"{log}\n"), ("witness.vkey", f"{court}\n")):
        (folder / name).write_text(text)
    return folder / POLICY


def _signer(file: Path, name: str, type_: KeyType) -> Signer:
    if not file.exists():
        write_secret(file, Signer.new(name, type_).text + "\n")
    return Signer.read(file.read_text())
