"""How the log stands with its witnesses: it asks them to cosign, and adds nothing while one of them knows more than it.

A witness that knows a larger log has seen entries that this database lacks: it was set back, or lost its end. Whoever
goes on from there makes a second history of what was signed before. So nothing is signed, and somebody has to look.
"""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

import urllib3

from chassis.event_store import Contention
from services.audit.tlog.notes import Key, Signer, checkpoint, note, signature

log = logging.getLogger(__name__)

# In a thread: an asynchronous client takes nine megabytes of the audit service for one small question after each batch
HTTP = urllib3.PoolManager(timeout=urllib3.Timeout(total=2), retries=False)


class Behind(Contention):
    """The log does not go on: its database is not what was signed before. Where entries are missing, bring them back
    with `renkei audit recover`; then start the audit service again."""

    def __init__(self, more: str) -> None:
        super().__init__(f"{self.__doc__} {more}")


class Conflict(Exception):
    """A witness has cosigned another size than was thought."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class Disputed(Exception):
    """A witness has seen other entries than those of this database."""


class Unsigned(Exception):
    """A witness did not cosign, and says why, or did not answer."""


@dataclass
class Witness:
    """Somebody who cosigns. `size`: what it cosigned last, as far as is known."""

    key: Key
    url: str
    size: int = 0

    async def cosign(self, old: int, proof: Sequence[bytes], signed: str) -> str:
        """The line of its cosignature. Raises Conflict, Disputed or Unsigned."""
        text, _, _ = signed.rpartition("\n\n")
        lines = [f"old {old}", *(base64.b64encode(each).decode() for each in proof), "", ""]
        body = ("\n".join(lines) + signed).encode()
        try:
            answer = await asyncio.to_thread(
                HTTP.request, "POST", f"{self.url.rstrip('/')}/add-checkpoint", body=body
            )
            told = answer.data.decode()
        except (urllib3.exceptions.HTTPError, UnicodeDecodeError) as error:
            raise Unsigned(f"{self.key.name} does not answer ({type(error).__name__})") from None
        if answer.status == 409 and told.strip().isdigit():
            if int(told) == old:  # so it is not the size on which we differ
                raise Disputed()
            raise Conflict(int(told))
        if answer.status == 422:
            raise Disputed()
        if answer.status != 200:
            raise Unsigned(f"{self.key.name} refuses ({answer.status}): {told.strip()[:200]}")
        line = self.line_of(f"{text}\n", told.splitlines(keepends=True))
        if line is None:
            raise Unsigned(f"{self.key.name} answered without a cosignature of its key")
        return line

    def line_of(self, text: str, lines: Sequence[str]) -> str | None:
        """That of the lines which is its cosignature of the text of a checkpoint."""
        for line in lines:
            raw = signature(line, self.key)
            if raw is not None and self.key.signed(text, raw):
                return line
        return None


@dataclass
class Standing:
    """All witnesses, and whether the log may go on."""

    witnesses: Sequence[Witness]
    behind: str | None = field(default=None)

    def hold(self) -> None:
        """Raises Behind."""
        if self.behind:
            raise Behind(self.behind)

    async def ask(self, signer: Signer, size: int, root: bytes) -> None:
        """What every witness that answers has seen of this log. Raises Behind."""
        text = checkpoint(signer.name, size, root)
        signed = note(text, signer.sign(text))
        await asyncio.gather(*(self._ask(witness, size, signed) for witness in self.witnesses))
        self.hold()

    async def _ask(self, witness: Witness, size: int, signed: str) -> None:
        try:
            await witness.cosign(size, (), signed)
            witness.size = size
        except Conflict as conflict:
            self.learn(witness, conflict.size, size)
        except Disputed:
            self.dispute(f"{witness.key.name} has cosigned {size:,} entries that are not these.")
        except Unsigned as error:
            log.warning("a witness could not be asked what it has seen: %s", error)

    def learn(self, witness: Witness, size: int, own: int) -> None:
        """A witness has cosigned this size, where the log has `own` entries."""
        witness.size = size
        if size > own:
            self.dispute(f"{witness.key.name} has cosigned {size:,} entries; there are {own:,}.")

    def dispute(self, why: str) -> None:
        """From now on nothing is added, signed or published, until the service is started again."""
        self.behind = why
        log.error("the log does not go on: %s", why)
