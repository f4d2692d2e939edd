"""Logs for tests, written by code that is neither that of the service nor that of its verifier."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ORIGIN, COURT = "ppp.example/audit", "witness.example/court"
SEEN = 1_700_000_000
KNOWN = "2024-08-01T00:00:01.000000Z"


@dataclass(frozen=True)
class Signer:
    """A key of a log (type 1) or of a witness (type 4), from a seed."""

    name: str
    type: int
    seed: bytes

    @property
    def private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def raw(self) -> bytes:
        return bytes([self.type]) + self.private.public_key().public_bytes_raw()

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + self.raw).digest()[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self.raw).decode()}"

    def line(self, text: str, at: int = SEEN) -> str:
        if self.type == 1:
            signature = self.private.sign(text.encode())
        else:
            message = f"cosignature/v1\ntime {at}\n{text}"
            signature = at.to_bytes(8, "big") + self.private.sign(message.encode())
        return f"— {self.name} {base64.b64encode(self.id + signature).decode()}\n"


LOG = Signer(ORIGIN, 1, bytes(range(32)))
WITNESS = Signer(COURT, 4, bytes(range(32, 64)))
POLICY = f"log {LOG.vkey}\nwitness court {WITNESS.vkey}\nquorum court\n".encode()


def leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\0" + entry).digest()


def root(hashes: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, as it is written there."""
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(hashes[:k]) + root(hashes[k:])).digest()


@dataclass
class Written:
    """Entries as the service writes them: each names the one before it of its case."""

    entries: list[bytes] = field(default_factory=list)
    values: list[bytes] = field(default_factory=list)
    last: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, case: str, stream: str, version: int, **more: Any) -> None:
        value = more.pop("value", b'{"n":%d}' % version)
        said = {
            "actor": "window:W-01:S01", "causationid": None, "correlationid": case,
            "datacontenttype": "application/json", "id": f"{stream}-{version}", "specversion": "1.0",
            "municipality": "112089", "offset": len(self.entries), "partition": 0, "receivedtime": KNOWN,
            "sha256": hashlib.sha256(value).hexdigest(), "source": "/intake", "streamversion": version,
            "subject": stream, "time": "2024-08-01T00:00:00.000000Z", "topic": "renkei.intake",
            "type": "renkei.intake.ProposalReceived.v1",
        } | more  # fmt: skip
        if case in self.last:
            said["previous"] = self.last[case]
        entry = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        self.last[case] = {"index": len(self.entries), "leaf": leaf(entry).hex()}
        self.entries.append(entry)
        self.values.append(value)


def some(count: int, cases: int = 7) -> Written:
    """So many entries of so many cases, each of one stream."""
    written = Written()
    for n in range(count):
        written.add(f"C{n % cases}", f"proposal/C{n % cases}", n // cases + 1)
    return written


def publish(
    folder: Path, entries: list[bytes], signers: Iterable[Signer] = (LOG, WITNESS), origin: str = ORIGIN
) -> Path:
    """The files of a log."""
    for name, data in files(entries, signers, origin):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def files(
    entries: list[bytes], signers: Iterable[Signer] = (LOG, WITNESS), origin: str = ORIGIN
) -> Iterator[tuple[str, bytes]]:
    for n in range(0, len(entries), 256):
        of = entries[n : n + 256]
        yield path("entries", n // 256, len(of)), b"".join(len(e).to_bytes(2, "big") + e for e in of)
    hashes, level = [leaf(entry) for entry in entries], 0
    while hashes:
        for n in range(0, len(hashes), 256):
            yield path(level, n // 256, len(hashes[n : n + 256])), b"".join(hashes[n : n + 256])
        full = len(hashes) // 256 * 256
        hashes, level = [root(hashes[n : n + 256]) for n in range(0, full, 256)], level + 1
    whole = root([leaf(entry) for entry in entries])
    yield "checkpoint", signed(head(len(entries), whole, origin), signers)
    yield "log.vkey", (LOG.vkey + "\n").encode()
    yield "witness.vkey", (WITNESS.vkey + "\n").encode()
    yield "policy", POLICY


def head(size: int | str, of: bytes, origin: str = ORIGIN) -> str:
    return f"{origin}\n{size}\n{base64.b64encode(of).decode()}\n"


def signed(text: str, signers: Iterable[Signer] = (LOG, WITNESS)) -> bytes:
    return (text + "\n" + "".join(signer.line(text) for signer in signers)).encode()


def path(level: int | str, number: int, width: int) -> str:
    digits = f"{number:03d}"
    digits = digits.zfill((len(digits) + 2) // 3 * 3)
    groups = [digits[n : n + 3] for n in range(0, len(digits), 3)]
    return (
        f"tile/{level}/"
        + "/".join([*(f"x{g}" for g in groups[:-1]), groups[-1]])
        + (f".p/{width}" if width < 256 else "")
    )
