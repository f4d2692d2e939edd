"""Entries and proofs out of a published log, as far as its checkpoint reaches."""

from __future__ import annotations

from dataclasses import dataclass

from deploy.local.trouble import Trouble
from services.audit.verifier.notes import checkpoint
from services.audit.verifier.proofs import path, written
from services.audit.verifier.sources import WIDTH, Source, entries, there


class NotPublishedYet(Trouble):
    """This entry is in the log, and the checkpoint does not reach it yet: ask again in a second."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True)
class Published:
    """A log at one checkpoint: all that is taken from it fits together, however much is added meanwhile."""

    source: Source
    head: bytes
    size: int

    @classmethod
    def now(cls, source: Source) -> Published:
        head = there(source, "checkpoint")
        return cls(source, head, checkpoint(head).size)

    def proof(self, index: int) -> bytes:
        """The text of a `.tlog-proof`. Raises NotPublishedYet."""
        if index >= self.size:
            raise NotPublishedYet()
        return written(index, path(self.source, index, self.size), self.head)

    def entry(self, index: int) -> bytes:
        """Raises NotPublishedYet."""
        if index >= self.size:
            raise NotPublishedYet()
        number, at = divmod(index, WIDTH)
        return entries(self.source, number, min(WIDTH, self.size - number * WIDTH))[at]
