"""The entries of a register, ready to be asked which of them may be an applicant.

An entry is looked at if it shares a key with the applicant: a number (also with a digit wrong), a name as written or
as read, the plot, or the representative. A pair that shares none is never flagged (see `likeness`): names that are
not alike as written or read need the same plot or the same representative. Keys are kept as sorted hashes, some 100
bytes an entry beside the records.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from services.screening.firms.addresses import address
from services.screening.firms.likeness import compare
from services.screening.firms.names import normalise
from services.screening.firms.naming import BONES, shape
from services.screening.firms.numbers import number
from services.screening.firms.people import people
from services.screening.firms.records import FirmRecord, Likeness
from services.screening.firms.sounds import sound

Id = TypeVar("Id")
_PLACES = 24  # bits that say which entry it is, of 63; the others are the key's
_PLACE = (1 << _PLACES) - 1
_KEY = (1 << 63 - _PLACES) - 1


class FirmIndex(Generic[Id]):
    """Entries by their keys. Building reads every name once (seconds for 100,000); asking takes milliseconds."""

    def __init__(self, entries: Mapping[Id, FirmRecord] | Iterable[tuple[Id, FirmRecord]]) -> None:
        pairs = entries.items() if isinstance(entries, Mapping) else entries
        self._entries = list(pairs)
        self._digits = [
            given.digits if (given := number(each.corporate_number)) else "" for _, each in self._entries
        ]
        self._keys = array(
            "q",
            sorted(
                key << _PLACES | place
                for place, (_, each) in enumerate(self._entries)
                for key in keys_of(each)
            ),
        )

    def __len__(self) -> int:
        return len(self._entries)

    def candidates(self, applicant: FirmRecord) -> list[tuple[Id, Likeness]]:
        """The entries that a person has to look at, the likeliest first."""
        found = [(id_, compare(applicant, entry)) for id_, entry in self.near(applicant)]
        return sorted((each for each in found if each[1].flag), key=lambda each: -each[1].score)

    def near(self, applicant: FirmRecord) -> Iterator[tuple[Id, FirmRecord]]:
        """The entries that share a key, in their own order."""
        places: set[int] = set()
        for key in keys_of(applicant, asks=True):
            start = bisect_left(self._keys, key << _PLACES)
            end = bisect_left(self._keys, (key + 1) << _PLACES, start)
            places.update(found & _PLACE for found in self._keys[start:end])
        given = number(applicant.corporate_number)
        if given and not given.valid:
            slips = extract(given.digits, self._digits, scorer=OSA.distance, score_cutoff=1, limit=None)
            places.update(place for _, _, place in slips)
        for place in sorted(places):
            yield self._entries[place]


def candidates(
    applicant: FirmRecord, entries: FirmIndex[Id] | Mapping[Id, FirmRecord] | Iterable[tuple[Id, FirmRecord]]
) -> list[tuple[Id, Likeness]]:
    """The entries that a person has to look at, the likeliest first. Keep a `FirmIndex` where there are many."""
    index = entries if isinstance(entries, FirmIndex) else FirmIndex(entries)
    return index.candidates(applicant)


def told(record: FirmRecord) -> Iterator[tuple[str, ...]]:
    """What two records share if they can be flagged, numbers apart: texts that may be kept as long as the code is."""
    for name in normalise(record.name).all:
        read = sound(name.text)
        yield ("name", shape(name.key))
        yield ("read", read.kana)
        yield from (("consonants", bones) for bones in read.consonants if len(bones) >= BONES)
    if (place := address(record.address)) and place.key:
        yield ("plot", *place.key)
    for person in people(record.representative):
        yield from (("person", reading) for reading in person.read)


def keys_of(record: FirmRecord, asks: bool = False) -> set[int]:
    """The same, hashed for this process, with the number. A digit is left out where the other one may be wrong."""
    keys: set[tuple[str, ...]] = set(told(record))
    if written := number(record.corporate_number):
        digits = written.digits
        keys.add(("number", digits))
        if asks or not written.valid:
            keys |= {("number", digits[:at] + digits[at + 1 :]) for at in range(len(digits))}
    return {hash(key) & _KEY for key in keys}
