"""A whole log: its checkpoint, who signed it, every entry, every tile, and that nothing of a case or stream is missing.

verify(source, trust)        raises Refusal for the first that does not hold, else tells what was verified
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count

from services.audit.verifier.entries import Place, Run, examine, follows
from services.audit.verifier.merkle import root
from services.audit.verifier.notes import Checkpoint, checkpoint, cosigned_at
from services.audit.verifier.policy import Policy, accept
from services.audit.verifier.sources import WIDTH, Source, hashes, name, there
from services.audit.verifier.verdict import refuse

RUN = 32 * WIDTH  # entries that one process examines at a time

Examine = Callable[[int], Run]
InParallel = Callable[[Examine, Iterable[int]], Iterable[Run]]  # like `map`


@dataclass(frozen=True)
class Verified:
    """What holds."""

    checkpoint: Checkpoint
    cases: int
    streams: int
    witnessed: dict[str, int]  # name of a witness → when it saw this, in seconds since 1970
    extends: int | None  # the size that was known before
    conflicts: tuple[
        int, ...
    ] = ()  # entries that hold another body under the id of a fact: to be looked into


@dataclass(frozen=True)
class _From:
    """Examines the run that begins at an index. A class, for it goes to other processes."""

    source: Source
    size: int
    opaque: bool

    def __call__(self, start: int) -> Run:
        return examine(self.source, start, min(start + RUN, self.size), self.opaque)


def verify(
    of: Source,
    trust: Policy,
    known: Checkpoint | None = None,
    opaque: bool = False,
    in_parallel: InParallel = map,
    progress: Callable[[int, int], None] = lambda done, size: None,
) -> Verified:
    """`known`: a checkpoint that this log has to extend, such as yesterday's. `opaque`: entries are not looked into."""
    head = checkpoint(there(of, "checkpoint"))
    accept(head, trust)
    if known is not None and known.origin != head.origin:
        refuse("known.origin", f"this is the log {head.origin!r}; {known.origin!r} was known before")
    if known is not None and known.size > head.size:
        refuse("known.size", f"the log has {head.size:,} entries; {known.size:,} were known before")
    joined = _Joined()
    for run in in_parallel(_From(of, head.size, opaque), range(0, head.size, RUN)):
        joined.add(run)
        progress(min(run.start + RUN, head.size), head.size)
    _tiles(of, joined.roots, head.size)
    if joined.root() != head.root:
        refuse("root", f"the {head.size:,} entries do not have the root that the checkpoint says")
    if known is not None and _earlier(of, joined, known.size, head.size) != known.root:
        refuse("known.root", f"the first {known.size:,} entries are not those that were known before")
    joined.whole()
    seen = {name: cosigned_at(head.note, witness) for name, witness in trust.witnesses.items()}
    return Verified(
        head,
        len(joined.heads),
        len(joined.versions),
        {name: at for name, at in seen.items() if at is not None},
        known.size if known else None,
        tuple(joined.conflicts),
    )


class _Joined:
    """All runs so far, in their order."""

    def __init__(self) -> None:
        self.roots: list[bytes] = []
        self.rest: list[bytes] = []
        self.heads: dict[str, Place] = {}
        self.versions: dict[str, list[int]] = {}
        self.conflicts: list[int] = []
        self._ids: set[bytes] = set()

    def add(self, run: Run) -> None:
        for case, (index, claimed) in run.claims.items():
            if run.wrong is not None and run.wrong.entry is not None and index > run.wrong.entry:
                break
            follows(claimed, self.heads.get(case), index)
        if run.wrong is not None:
            raise run.wrong
        ids = set(run.ids)
        if len(ids) < len(run.ids) or not self._ids.isdisjoint(ids):
            refuse("facts.once", "a fact that stands there before stands here again", self._again(run))
        self._ids |= ids
        self.roots += run.roots
        self.rest = run.rest
        self.conflicts += run.conflicts
        self.heads.update(run.heads)
        for stream, versions in run.versions.items():
            self.versions.setdefault(stream, []).extend(versions)

    def _again(self, run: Run) -> int | None:
        """The first entry of a run whose fact is there already."""
        seen, conflicts = set(self._ids), set(run.conflicts)
        facts = (index for index in count(run.start) if index not in conflicts)
        for index, id_ in zip(facts, run.ids, strict=False):  # of the former there is no end
            if id_ in seen:
                return index
            seen.add(id_)
        return None

    def root(self) -> bytes:
        return root([*self.roots, root(self.rest)] if self.rest else self.roots)

    def whole(self) -> None:
        """Every stream runs 1, 2, 3 … to its last."""
        for stream, versions in self.versions.items():
            for wanted, version in enumerate(sorted(versions), 1):
                if version != wanted:
                    held = f"{len(versions)} facts, the last of which is number {max(versions)}"
                    wrong = f"{wanted} is missing" if version > wanted else f"{version} is one too many"
                    refuse("stream.complete", f"the stream {stream} holds {held}: number {wrong}")


def _tiles(of: Source, roots: list[bytes], size: int) -> None:
    """Every tile above those of the leaves holds the roots of those below it."""
    level = 1
    while roots:
        above = []
        for number, start in enumerate(range(0, len(roots), WIDTH)):
            computed = roots[start : start + WIDTH]
            told = hashes(of, level, number, len(computed))
            for at, (one, other) in enumerate(zip(computed, told, strict=True)):
                if one != other:
                    covered = WIDTH**level
                    first = (start + at) * covered
                    refuse(
                        "tile.hash",
                        f"{name(level, number, len(computed))} has another hash of the entries "
                        f"{first:,} to {first + covered - 1:,} than they have",
                        first,
                    )
            if len(computed) == WIDTH:
                above.append(root(computed))
        roots, level = above, level + 1


def _earlier(of: Source, joined: _Joined, before: int, size: int) -> bytes:
    """The root of the first `before` of `size` entries, from tiles that were verified."""
    full, more = divmod(before, WIDTH)
    leaves = hashes(of, 0, full, min(WIDTH, size - full * WIDTH))[:more] if more else []
    return root([*joined.roots[:full], root(leaves)] if leaves else joined.roots[:full])
