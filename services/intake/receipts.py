"""What the window hands out: a receipt number, and the secret with which its proposer alone can ask about a case."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import secrets
from datetime import date
from pathlib import Path

import asyncpg

BLOCK = 100  # as in the migration
NEXT_BLOCK = "select nextval('receipt_numbers')"


class ReceiptNumbers:
    """受付番号: the fiscal year (from April) and a number, e.g. `2023-000101`. Unique; gaps are possible."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._block = iter(range(0))
        self._one_asks = asyncio.Lock()

    async def next(self, day: date) -> str:
        number = next(self._block, None)
        while number is None:
            async with self._one_asks:
                number = next(self._block, None)
                if number is None:
                    first = await self._pool.fetchval(NEXT_BLOCK)
                    self._block = iter(range(first, first + BLOCK))
        fiscal_year = day.year if day.month >= 4 else day.year - 1
        return f"{fiscal_year}-{number:06d}"


class Secrets:
    """The secret of a case follows from its id and a key that only intake has, so that a repeated answer repeats it.

    Facts keep its hash; 100 bits need no slow hash.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def kept_in(cls, folder: Path) -> Secrets:
        """Reads the key, or makes one at the first start. The folder is never committed."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / "status.key"
        if not file.exists():
            unfinished = folder / f"status.key.{secrets.token_hex(4)}"
            unfinished.touch(mode=0o600)
            unfinished.write_bytes(secrets.token_bytes(32))
            try:
                file.hardlink_to(unfinished)  # the first of two processes wins
            except FileExistsError:
                pass
            unfinished.unlink()
        return cls(file.read_bytes())

    def of(self, case: str) -> str:
        """Twenty characters of base 32: 100 bits."""
        return base64.b32encode(hmac.digest(self._key, case.encode(), "sha256"))[:20].decode()


def of_consultation(id_: str) -> str:
    """What its secret follows from: a case of the same id has another one."""
    return f"consultation/{id_}"


def hashed(secret: str) -> str:
    """What is stored of a secret: SHA-256, hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
