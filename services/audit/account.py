"""Does the log hold exactly what people were told? Pure: no database, no waiting.

    accepted and missing         an answer named a fact that the log has not
    accepted twice               one request led to facts more than once
    refused and yet there        an answer refused a request, and the log has facts of it
    gaps                         a stream's versions are not 1, 2, 3 … each once
    nobody was told of           facts of a request that nobody journalled, or whose answer said something
                                 else; or of no known cause. What follows from a fact in the log, or from a
                                 deadline, needs nobody's telling.

A request that was cut off may be in the log or not, but not twice. What no log can show by itself is that the
last fact of a stream is missing when it followed from another fact: the stream's next fact shows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from services.audit.journal import Asked, Journal, Told


@dataclass(frozen=True, slots=True)
class Entry:
    """What is needed of an entry of the log."""

    id: str
    type: str
    source: str
    subject: str
    version: int
    time: datetime
    cause: str | None

    @property
    def told(self) -> Told:
        return Told(self.id, self.subject, self.version, self.type)

    def __str__(self) -> str:
        return f"{self.type.split('.')[-2]} {self.id}, version {self.version} of {self.source}/{self.subject}"


@dataclass(frozen=True)
class Account:
    """What was compared, and each kind of disagreement in words, one line for each."""

    requests: int
    accepted: int
    refused: int
    cut: int
    cut_and_there: int
    entries: int
    streams: int
    missing: list[str]
    twice: list[str]
    refused_yet_there: list[str]
    gaps: list[str]
    untold: list[str]

    @property
    def findings(self) -> dict[str, list[str]]:
        return {
            "accepted and missing": self.missing,
            "accepted twice": self.twice,
            "refused and yet there": self.refused_yet_there,
            "gaps": self.gaps,
            "nobody was told of": self.untold,
        }

    @property
    def agrees(self) -> bool:
        return not any(self.findings.values())


def account(journal: Journal, entries: Iterable[Entry]) -> Account:
    """Every request of the journal against the log, and every entry of its cases against the journal."""
    log = {entry.id: entry for entry in entries}
    by_cause: dict[str | None, list[Entry]] = defaultdict(list)
    by_stream: dict[str, list[int]] = defaultdict(list)
    for entry in log.values():
        by_cause[entry.cause].append(entry)
        by_stream[f"{entry.source}/{entry.subject}"].append(entry.version)
    cut = [cause for cause, asked in journal.items() if not asked.accepted and not asked.refused]
    return Account(
        requests=len(journal),
        accepted=sum(bool(asked.accepted) for asked in journal.values()),
        refused=sum(bool(asked.refused) and not asked.accepted for asked in journal.values()),
        cut=len(cut),
        cut_and_there=sum(cause in by_cause for cause in cut),
        entries=len(log),
        streams=len(by_stream),
        missing=[
            f"{fact.type.split('.')[-2]} {fact.id}, answered to {asked.command} on {fact.subject}"
            for asked in journal.values()
            for fact in _promised(asked)
            if fact.id not in log
        ],
        twice=[
            f"{asked.command} on {asked.subject}: {there}"
            for cause, asked in journal.items()
            for there in _more_than_once(asked, by_cause.get(cause, ()))
        ],
        refused_yet_there=[
            f"{asked.command} on {asked.subject}, refused as {asked.refused[-1]}: {entry}"
            for cause, asked in journal.items()
            if asked.refused
            for entry in by_cause.get(cause, ())
        ],
        gaps=[
            f"{stream}: {problem}" for stream, seen in by_stream.items() if (problem := _not_contiguous(seen))
        ],
        untold=[
            f"{entry}: {why}"
            for cause, caused in by_cause.items()
            for entry in caused
            if (why := _untold(entry, journal.get(cause or ""), log))
        ],
    )


def _promised(asked: Asked) -> set[Told]:
    return {fact for answer in asked.accepted for fact in answer}


def _more_than_once(asked: Asked, there: Collection[Entry]) -> Iterator[str]:
    """The first answer tells the request's own facts; without one they must be in a row, of one instant."""
    if asked.refused:
        return
    if asked.accepted:
        first = {fact.id for fact in asked.accepted[0]}
        yield from (str(entry) for entry in there if first and entry.id not in first)
        return
    versions = sorted(entry.version for entry in there)
    in_a_row = not versions or versions == list(range(versions[0], versions[0] + len(versions)))
    if (
        not in_a_row
        or len({entry.time for entry in there}) > 1
        or len({entry.type for entry in there}) < len(there)
    ):
        yield "; ".join(map(str, there))


def _not_contiguous(versions: list[int]) -> str:
    seen = sorted(versions)
    if seen == list(range(1, len(seen) + 1)):
        return ""
    absent = sorted(set(range(1, seen[-1] + 1)) - set(seen))
    return f"{len(absent)} of {seen[-1]} versions missing, first {absent[0]}" if absent else "a version twice"


def _untold(entry: Entry, asked: Asked | None, log: Collection[str]) -> str:
    """Why nobody can know of this entry; nothing when somebody can."""
    cause = entry.cause
    if cause is None:
        return "it has no cause"
    if not cause.startswith("http:"):
        return "" if cause.startswith("deadline:") or cause in log else f"its cause {cause} is not in the log"
    if asked is None:
        return f"no such request was journalled ({cause})"
    if not asked.accepted:
        return ""  # cut, or refused and yet there
    promised = _promised(asked)
    if not promised:
        return f"the answer to {asked.command} named no facts"
    same_id = [fact for fact in promised if fact.id == entry.id]
    return (
        ""
        if not same_id or entry.told in promised
        else f"the answer to {asked.command} described it otherwise"
    )
