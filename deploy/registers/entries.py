"""A row of a file as an entry of a register, held to the same rules as one that is handed in; or why it is none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from chassis.clock import system_clock
from chassis.decider import Refused
from contracts.actors import Actor
from contracts.fact import Fact
from deploy.registers import words
from deploy.registers.files import Row
from services.screening.domain import LINK, MEASURE, RecordEmploymentLink, RecordMeasure

LINKS = "employment_links"
ANY_CLAUSE = "X0"  # the service says which clause a register answers; here it does not matter
ID = re.compile(r"^[A-Za-z0-9._-]{1,64}$")
DAYS = ("decided_on", "valid_from", "valid_to", "from", "to")
SEVERAL = ("aliases", "extends_to")
NOT_COMPARED = frozenset({"clause", "zone", "started", "reason"})
HIDDEN = frozenset({"person", "representative"})


@dataclass(frozen=True)
class Entry:
    """What a row says. `body` is sent to the service, `data` is compared with what the register has."""

    id: str
    place: str
    body: dict[str, Any]
    data: dict[str, Any]

    @property
    def firm(self) -> str | None:
        number: str | None = self.data["corporate_number"]
        return number

    @property
    def period(self) -> tuple[date, date]:
        first, last = ("from", "to") if "from" in self.data else ("valid_from", "valid_to")
        end = self.data[last]
        return date.fromisoformat(self.data[first]), date.fromisoformat(end) if end else date.max


@dataclass(frozen=True)
class Wrong:
    """A row that is no entry, and why: a line for each reason."""

    place: str
    id: str | None
    reasons: tuple[str, ...] = field(default=())


def entry(register: str, row: Row, actor: Actor) -> Entry | Wrong:
    """The entry that a row holds; what is wrong with it, by field or by the rule that it offends."""
    if row.wrong:
        return Wrong(row.place, None, (row.wrong,))
    said, wrong = _taken(register, dict(row.said))
    id_ = str(said.pop("id", "")).strip() or (_link_id(said) if register == LINKS else "")
    if not ID.match(id_):
        wrong.append("id: 1 to 64 letters, digits, dots, hyphens or underscores" if id_ else "id: is missing")
    if wrong:
        return Wrong(row.place, id_ or None, tuple(wrong))
    given = {"actor": actor, "at": system_clock()}
    try:
        fact = _link(said, given) if register == LINKS else _measure(register, said, given)
    except ValidationError as error:
        places = error.errors(include_input=False, include_url=False, include_context=False)
        reasons = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in places]
        return Wrong(row.place, id_, tuple(reasons))
    except Refused as refusal:
        return Wrong(row.place, id_, (str(refusal),))
    return Entry(id_, row.place, said, revealed(fact))


def revealed(fact: Fact) -> dict[str, Any]:
    """What a fact says as the service lists it, without what the service adds."""
    told = fact.model_dump(mode="json", exclude=set(NOT_COMPARED))
    return told | {
        name: value and value.reveal() for name in told if name in HIDDEN for value in [getattr(fact, name)]
    }


def _taken(register: str, said: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What a row says in the words of the service; what cannot be put in them."""
    wrong: list[str] = []
    if register == LINKS:
        for ours, theirs in (("from", "valid_from"), ("to", "valid_to"), ("person", "name")):
            if theirs in said:
                said.setdefault(ours, said.pop(theirs))
    if isinstance(subject := said.get("subject"), Mapping):  # {"kind": "person", "name": …}
        said["subject"] = subject.get("kind")
        said.setdefault("name", subject.get("name"))
    for name in DAYS:
        if isinstance(text := said.get(name), str):
            if words.folded(text) in words.NO_END and name in ("valid_to", "to"):
                del said[name]
                continue
            try:
                said[name] = words.day(text).isoformat()
            except ValueError:
                wrong.append(f"{name}: is no day")
    if (number := said.get("corporate_number")) is not None:
        said["corporate_number"] = words.number(str(number))
    if isinstance(item := said.get("item"), str):
        said["item"] = words.folded(item)
    for name in SEVERAL:
        if isinstance(text := said.get(name), str):
            said[name] = [part.strip() for part in re.split(r"[;、,|/]", text) if part.strip()]
    if isinstance(reaches := said.get("extends_to"), list):
        said["extends_to"] = [words.REACHES.get(str(each), each) for each in reaches]
    users = said.pop("extends_to_users", None)
    if users in (True, "true", "TRUE", "1", "はい", "有", "○"):
        said["extends_to"] = [*said.get("extends_to", ()), "user"]
    for name, known in (("role", words.ROLES), ("subject", words.SUBJECTS)):
        if isinstance(text := said.get(name), str):
            said[name] = known.get(words.folded(text), text)
    return said, wrong


def _measure(register: str, said: Mapping[str, Any], given: Mapping[str, Any]) -> Fact:
    command = RecordMeasure.model_validate(
        {**said, "register": register, "register_clause": ANY_CLAUSE, **given}
    )
    [fact] = MEASURE.decide(command, MEASURE.initial)
    return fact


def _link(said: Mapping[str, Any], given: Mapping[str, Any]) -> Fact:
    [fact] = LINK.decide(RecordEmploymentLink.model_validate({**said, **given}), LINK.initial)
    return fact


def _link_id(said: Mapping[str, Any]) -> str:
    """Links come without numbers: one is told by the company, the person, the role and the first day."""
    parts = [str(said.get(name, "")) for name in ("corporate_number", "person", "role", "from")]
    return f"L-{hashlib.sha256('|'.join(parts).encode('utf-8', 'replace')).hexdigest()[:16]}"
