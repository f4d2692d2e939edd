"""The entries of a register, ready to be asked which of them may be an applicant.

An entry is looked at if it shares a key with the applicant: a number (also with a digit wrong), a name as written or
as read, the plot, or the representative. A pair that shares none is never flagged (see `likeness`): names that are
not alike as written or read need the same plot or the same representative. Keys are kept as sorted hashes, some 200
bytes an entry beside the records.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from services.screening.firms.addresses import address
from services.screening.firms.likeness import compare
from services.screening.firms.names import normalise
from services.screening.firms.naming import BONES, shape
from services.screening.firms.numbers import number
from services.screening.firms.people import people
from services.screening.firms.records import FirmRecord, Likeness
from services.screening.firms.sounds import sound

Id = TypeVar("Id")


class FirmIndex(Generic[Id]):
    """Entries by their keys. Building reads every name once (seconds for 100,000); asking takes milliseconds."""

    def __init__(self, entries: Mapping[Id, FirmRecord] | Iterable[tuple[Id, FirmRecord]]) -> None:
        pairs = entries.items() if isinstance(entries, Mapping) else entries
        self._entries = list(pairs)
        keys, places = array("q"), array("i")
        self._digits: list[str] = []
        for place, (_, entry) in enumerate(self._entries):
            found = keys_of(entry)
            keys.extend(found)
            places.extend([place] * len(found))
            written = number(entry.corporate_number)
            self._digits.append(written.digits if written else "")
        order = np.argsort(np.array(keys, np.int64), kind="stable")
        self._keys: NDArray[np.int64] = np.array(keys, np.int64)[order]
        self._places: NDArray[np.int32] = np.array(places, np.int32)[order]

    def __len__(self) -> int:
        return len(self._entries)

    def candidates(self, applicant: FirmRecord) -> list[tuple[Id, Likeness]]:
        """The entries that a person has to look at, the likeliest first."""
        found = [(id_, compare(applicant, entry)) for id_, entry in self.near(applicant)]
        return sorted((each for each in found if each[1].flag), key=lambda each: -each[1].score)

    def near(self, applicant: FirmRecord) -> Iterator[tuple[Id, FirmRecord]]:
        """The entries that share a key, in their own order."""
        keys = np.fromiter(keys_of(applicant, asks=True), np.int64)
        starts, ends = (
            np.searchsorted(self._keys, keys, "left"),
            np.searchsorted(self._keys, keys, "right"),
        )
        places = {
            int(place) for start, end in zip(starts, ends, strict=True) for place in self._places[start:end]
        }
        written = number(applicant.corporate_number)
        if written and not written.valid:
            slips = cdist([written.digits], self._digits, scorer=OSA.distance, score_cutoff=1)[0] <= 1
            places |= {int(place) for place in np.flatnonzero(slips)}
        for place in sorted(places):
            yield self._entries[place]


def candidates(
    applicant: FirmRecord, entries: FirmIndex[Id] | Mapping[Id, FirmRecord] | Iterable[tuple[Id, FirmRecord]]
) -> list[tuple[Id, Likeness]]:
    """The entries that a person has to look at, the likeliest first. Keep a `FirmIndex` where there are many."""
    index = entries if isinstance(entries, FirmIndex) else FirmIndex(entries)
    return index.candidates(applicant)


def keys_of(record: FirmRecord, asks: bool = False) -> set[int]:
    """What two records share if they can be flagged. A digit is left out where the other number may be wrong."""
    keys: set[tuple[object, ...]] = set()
    if written := number(record.corporate_number):
        digits = written.digits
        keys.add(("number", digits))
        if asks or not written.valid:
            keys |= {("number", digits[:at] + digits[at + 1 :]) for at in range(len(digits))}
    for name in normalise(record.name).all:
        read = sound(name.text)
        keys |= {("name", shape(name.key)), ("read", read.kana)}
        keys |= {("consonants", bones) for bones in read.consonants if len(bones) >= BONES}
    if (place := address(record.address)) and place.key:
        keys.add(("plot", *place.key))
    for person in people(record.representative):
        keys.update(("person", reading) for reading in person.read)
    return {hash(key) for key in keys}
