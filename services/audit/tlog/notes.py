"""Keys, signed checkpoints and cosignatures (C2SP signed-note, tlog-checkpoint, tlog-cosignature), as they are written.

A key is kept as one line, as Go's `sumdb/note` keeps it: `PRIVATE+KEY+<name>+<id in hex>+<base64 of type and seed>`.
Its name is the name of whoever signs; of a log, its origin.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import Final, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG: Final = 1
WITNESS: Final = 4
KeyType = Literal[1, 4]
_HEAD = "PRIVATE+KEY+"
_SEED = 32


class NotAKey(ValueError):
    """This is no key of a log or a witness."""


@dataclass(frozen=True)
class Key:
    """Of somebody whose signatures are verified."""

    name: str
    type: int
    public: bytes

    @property
    def id(self) -> bytes:
        return _id(self.name, self.type, self.public)

    @property
    def vkey(self) -> str:
        """`<name>+<id in hex>+<base64 of type and public key>`."""
        data = base64.b64encode(bytes([self.type]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{data}"

    @classmethod
    def read(cls, vkey: str) -> Key:
        """Raises NotAKey."""
        name, hex_id, data = ([*vkey.strip().split("+", 2), "", ""])[:3]
        raw = _decoded(data)
        if not _is_a_name(name) or len(raw) != 1 + _SEED or raw[0] not in (LOG, WITNESS):
            raise NotAKey(f"{vkey[:80]!r} is no verifier key")
        key = cls(name, raw[0], raw[1:])
        if key.id.hex() != hex_id:
            raise NotAKey(f"the id of the key of {name!r} is {key.id.hex()}, not {hex_id!r}")
        return key

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether this is its signature of the text of a checkpoint; of a witness, with its time before it."""
        message, raw = text.encode(), signature
        if self.type == WITNESS:
            at, raw = int.from_bytes(signature[:8], "big"), signature[8:]
            message = _seen(at, text)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(raw, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, repr=False)
class Signer:
    """Somebody who signs. The seed is secret."""

    name: str
    type: int
    seed: bytes

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def key(self) -> Key:
        return Key(self.name, self.type, self._private.public_key().public_bytes_raw())

    @property
    def text(self) -> str:
        """The line that is kept, secretly."""
        data = base64.b64encode(bytes([self.type]) + self.seed).decode()
        return f"{_HEAD}{self.name}+{self.key.id.hex()}+{data}"

    @classmethod
    def read(cls, text: str) -> Signer:
        """Raises NotAKey; says nothing of what it was given."""
        name, hex_id, data = ([*text.strip().removeprefix(_HEAD).split("+", 2), "", ""])[:3]
        raw = _decoded(data)
        if not text.startswith(_HEAD) or not _is_a_name(name) or len(raw) != 1 + _SEED:
            raise NotAKey("this is no key to sign with, as `renkei audit keygen` writes them")
        signer = cls(name, raw[0], raw[1:])
        if raw[0] not in (LOG, WITNESS) or signer.key.id.hex() != hex_id:
            raise NotAKey(f"the key of {name!r} was damaged: its id is another")
        return signer

    @classmethod
    def new(cls, name: str, type_: KeyType) -> Signer:
        """A new key. Raises NotAKey for a name that cannot be one."""
        if not _is_a_name(name):
            raise NotAKey(f"{name!r} cannot be a name: no spaces, no plus sign, and not empty")
        return cls(name, type_, Ed25519PrivateKey.generate().private_bytes_raw())

    def sign(self, text: str) -> str:
        """A log's line of signature below the text of a checkpoint."""
        return _line(self.key, self._private.sign(text.encode()))

    def cosign(self, text: str, at: int) -> str:
        """A witness's line: it saw this checkpoint at `at` (seconds since 1970), and none that it does not extend."""
        return _line(self.key, at.to_bytes(8, "big") + self._private.sign(_seen(at, text)))


def checkpoint(origin: str, size: int, root: bytes) -> str:
    """The text that is signed."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def note(text: str, *lines: str) -> str:
    """Text, an empty line, signatures."""
    return f"{text}\n{''.join(lines)}"


def split(signed: str) -> tuple[str, list[str]]:
    """A note of ours → its text and its lines of signatures."""
    text, _, below = signed.rpartition("\n\n")
    return text + "\n", [line + "\n" for line in below.splitlines()]


def signature(line: str, by: Key) -> bytes | None:
    """The signature in a line, where it names this key."""
    words = line.rstrip("\n").split(" ")
    if len(words) != 3 or words[:2] != ["—", by.name]:
        return None
    raw = _decoded(words[2])
    return raw[4:] if raw[:4] == by.id else None


def _line(key: Key, signature: bytes) -> str:
    return f"— {key.name} {base64.b64encode(key.id + signature).decode()}\n"


def _seen(at: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _id(name: str, type_: int, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes([type_]) + public).digest()[:4]


def _is_a_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(c.isspace() or not c.isprintable() for c in name)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""
