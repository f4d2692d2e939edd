"""What records share if they can be alike, as it is stored beside an entry, so that the database finds it.

The keys of `firms.index`, which are good within one process only; a test holds the two together. Corporate numbers have
an index of their own, and none here can be a slip of the pen: they are checked where they come in. Hashed, so that a
table of keys tells nobody's name.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from services.screening.firms import FirmRecord
from services.screening.firms import told as told_of
from services.screening.firms.characters import key
from services.screening.firms.people import people


def keys(*records: FirmRecord) -> list[str]:
    """What an entry is found by, of one record or of several of the same firm."""
    return _hashed(told for record in records for told in told_of(record))


def keys_of_person(name: str) -> list[str]:
    """What an entry about a natural person is found by: as written, and as read."""
    return _hashed(("person", read) for person in people(name) for read in person.read)


def person_key(name: str) -> str:
    """What the ways of writing the name of one person have in common; readings apart, for they join namesakes."""
    return _hashed(
        [("exactly", *(person.key for person in people(name)))] if people(name) else [("", key(name))]
    )[0]


def _hashed(told: Iterable[tuple[object, ...]]) -> list[str]:
    texts = {"\x1f".join(map(str, each)) for each in told}
    return sorted(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest() for text in texts)
