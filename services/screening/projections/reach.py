"""Whom an entry of a register is about, and in which way it concerns a proposal.

An equal corporate number first: that tells. A likely name only asks a person. Whom an entry reaches beside the one it
is about, `policies.reaches` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.screening import Through
from services.screening.firms import FirmRecord, Likeness, compare
from services.screening.firms.people import Who, compared, people
from services.screening.policies import Measure, reaches
from services.screening.projections.keys import keys, keys_of_person

LONGEST = 100  # characters of a sentence that a fact keeps


@dataclass(frozen=True, slots=True)
class Party:
    """One of those behind a proposal, as the registers may know them."""

    through: Through
    record: FirmRecord
    used_from: date | None = None
    used_to: date | None = None

    @property
    def keys(self) -> frozenset[str]:
        """What their name is found by: that of a company, or of a person where there is no corporate number."""
        person = [] if self.record.corporate_number else keys_of_person(self.record.name)
        return frozenset([*keys(self.record), *person])


def parties(doc: Mapping[str, Any]) -> list[Party]:
    """Everybody behind a case: its applicant, who leads it, and the related parties."""
    return [
        Party(
            through=party["through"],
            record=FirmRecord(
                party["name"],
                party["corporate_number"],
                party.get("address"),
                party.get("representative"),
            ),
            used_from=_day(party.get("from")),
            used_to=_day(party.get("to")),
        )
        for party in doc.get("parties") or [{"through": "applicant", **doc["partner"]}]
    ]


def proposing(behind: Sequence[Party]) -> list[Party]:
    """Those who propose, by their corporate number: the applicant, and the members of a joint venture."""
    return [
        party
        for party in behind
        if party.through in ("applicant", "joint_venture_member") and party.record.corporate_number
    ]


def ways(id_: str, doc: Mapping[str, Any], behind: Sequence[Party]) -> Iterator[Measure]:
    """In which ways an entry concerns a case, one for each of those behind it that it may be about."""
    for party in behind:
        reached = reaches(doc["register"], doc["item"], doc["extends_to"], party.through)
        found = _likeness(doc, party) if reached else None
        if found is None or not found.flag:
            continue
        yield _measure(id_, doc).model_copy(
            update={
                "through": party.through,
                "used_from": party.used_from,
                "used_to": party.used_to,
                "automatic": found.same_number and reached == "surely",
                "likeness": found.score,
                "alike": tuple(each[:LONGEST] for each in found.alike),
                "differ": tuple(each[:LONGEST] for each in found.differ),
            }
        )


def used(id_: str, doc: Mapping[str, Any], link: Mapping[str, Any]) -> Iterator[Measure]:
    """V12: the city knows that the company of this corporate number uses the person of the entry."""
    if reaches(doc["register"], doc["item"], doc["extends_to"], link["role"]) == "surely":
        yield _measure(id_, doc).model_copy(
            update={
                "through": link["role"],
                "used_from": _day(link["from"]),
                "used_to": _day(link["to"]),
                "alike": ("法人番号が同じ", "使用関係が台帳にある"),
            }
        )


def _measure(id_: str, doc: Mapping[str, Any]) -> Measure:
    return Measure(
        id=id_,
        register=doc["register"],
        clause=doc["clause"],
        valid_from=doc["valid_from"],
        valid_to=doc["valid_to"],
    )


def _likeness(doc: Mapping[str, Any], party: Party) -> Likeness | None:
    """How alike the entry and one of those behind a proposal are, by the name of the entry that is most alike."""
    if doc["person"]:
        return _same_person(doc["person"], party.record)
    entries = (
        FirmRecord(name, doc["corporate_number"], doc["address"], doc["representative"])
        for name in (doc["name"], *doc["aliases"])
    )
    return max((compare(party.record, entry) for entry in entries), key=lambda found: found.score)


def _same_person(name: str, record: FirmRecord) -> Likeness | None:
    """A name tells no person for sure: namesakes are many, and registers keep no day of birth."""
    if record.corporate_number or compared(people(name), people(record.name)) is not Who.SAME:
        return None
    return Likeness(
        1.0,
        False,
        ("氏名が同じ(字体や読みの書き方を除く)",),
        ("同姓同名の別人でないかは台帳から分からない",),
        True,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
