"""Published logs of any size, to be verified: written as the audit service does, one bundle after another."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.audit.verifier.merkle import leaf, root
from services.audit.verifier.sources import ENTRIES, WIDTH, name

ORIGIN, FACTS_OF_A_CASE = "bench.example/audit", 20
ENTRY = (
    '{"actor":"window:W-01:S01","causationid":null,"correlationid":"%s","id":"0190b6f0-0000-7000-8000-%012d",'
    '"municipality":"112089","offset":%d,"partition":0,%s"sha256":"%s","source":"/intake","streamversion":%d,'
    '"subject":"proposal/%s","time":"2024-08-01T00:00:00.000000Z","topic":"renkei.intake",'
    '"type":"renkei.intake.ProposalReceived.v1"}'
)
PREVIOUS = '"previous":{"index":%d,"leaf":"%s"},'


def publish(folder: Path, size: int, say: Callable[[str], None]) -> Path:
    """The files of a log of `size` entries, of cases of twenty facts each that run beside one another."""
    cases = max(1, size // FACTS_OF_A_CASE)
    last: dict[int, str] = {}
    roots: list[bytes] = []
    for start in range(0, size, WIDTH):
        width = min(WIDTH, size - start)
        leaves, bundle = [], bytearray()
        for index in range(start, start + width):
            entry = _entry(index, cases, last)
            leaves.append(leaf(entry))
            last[index % cases] = leaves[-1].hex()
            bundle += len(entry).to_bytes(2, "big") + entry
        _write(folder / name(ENTRIES, start // WIDTH, width), bytes(bundle))
        _write(folder / name(0, start // WIDTH, width), b"".join(leaves))
        roots.append(root(leaves))
        if start % (1000 * WIDTH) == 0:
            say(f"writing a log: {start:,} of {size:,}")
    _above(folder, roots[: size // WIDTH])
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    raw = b"\1" + key.public_key().public_bytes_raw()
    id_ = hashlib.sha256(ORIGIN.encode() + b"\n" + raw).digest()[:4]
    text = f"{ORIGIN}\n{size}\n{base64.b64encode(root(roots)).decode()}\n"
    signature = base64.b64encode(id_ + key.sign(text.encode())).decode()
    _write(folder / "checkpoint", f"{text}\n— {ORIGIN} {signature}\n".encode())
    vkey = f"{ORIGIN}+{id_.hex()}+{base64.b64encode(raw).decode()}"
    _write(folder / "policy", f"log {vkey}\nquorum none\n".encode())
    return folder


def _entry(index: int, cases: int, last: dict[int, str]) -> bytes:
    case, digest = f"C-{index % cases:07d}", hashlib.sha256(b"%d" % index).hexdigest()
    before = last.get(index % cases)
    previous = PREVIOUS % (index - cases, before) if before else ""
    return (ENTRY % (case, index, index, previous, digest, index // cases + 1, case)).encode()


def _above(folder: Path, roots: list[bytes]) -> None:
    level = 1
    while roots:
        above = []
        for start in range(0, len(roots), WIDTH):
            of = roots[start : start + WIDTH]
            _write(folder / name(level, start // WIDTH, len(of)), b"".join(of))
            if len(of) == WIDTH:
                above.append(root(of))
        roots, level = above, level + 1


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
