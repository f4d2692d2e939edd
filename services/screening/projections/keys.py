"""What records share if they can be alike, as it is stored beside an entry, so that the database finds it.

The keys of `firms.index`, which are good within one process only; a test holds the two together. Corporate numbers have
an index of their own, and none here can be a slip of the pen: they are checked where they come in. Hashed, so that a
table of keys tells nobody's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from services.screening.firms import FirmRecord, normalise
from services.screening.firms.addresses import address
from services.screening.firms.characters import key
from services.screening.firms.naming import BONES, shape
from services.screening.firms.people import people
from services.screening.firms.sounds import sound


def keys(*records: FirmRecord) -> list[str]:
    """What an entry is found by, of one record or of several of the same firm."""
    return _hashed(told for record in records for told in _told(record))


def keys_of_person(name: str) -> list[str]:
    """What an entry about a natural person is found by: as written, and as read."""
    return _hashed(("person", read) for person in people(name) for read in person.read)


def person_key(name: str) -> str:
    """What the ways of writing the name of one person have in common; readings apart, for they join namesakes."""
    return _hashed(
        [("exactly", *(person.key for person in people(name)))] if people(name) else [("", key(name))]
    )[0]


def _told(record: FirmRecord) -> Iterator[tuple[object, ...]]:
    for name in normalise(record.name).all:
        read = sound(name.text)
        yield ("name", shape(name.key))
        yield ("read", read.kana)
        if len(read.consonants) >= BONES:
            yield ("consonants", read.consonants)
    if (place := address(record.address)) and place.key:
        yield ("plot", *place.key)
    for person in people(record.representative):
        yield from (("person", read) for read in person.read)


def _hashed(told: Iterable[tuple[object, ...]]) -> list[str]:
    texts = {"\x1f".join(map(str, each)) for each in told}
    return sorted(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest() for text in texts)
