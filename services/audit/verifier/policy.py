"""Whom a verifier trusts: the logs it knows, and how many of which witnesses must have signed (C2SP tlog-policy)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.audit.verifier.notes import LOG, WITNESS, Checkpoint, Key, key, signed_by
from services.audit.verifier.verdict import refuse


@dataclass(frozen=True)
class Policy:
    """`groups`: name → (how many are needed, of whom); `quorum`: the name of a witness or a group, or `none`."""

    logs: tuple[Key, ...]
    witnesses: Mapping[str, Key]
    groups: Mapping[str, tuple[int, tuple[str, ...]]]
    quorum: str


def policy(data: bytes) -> Policy:
    """A policy from the bytes of its file."""
    logs: list[Key] = []
    witnesses: dict[str, Key] = {}
    groups: dict[str, tuple[int, tuple[str, ...]]] = {}
    quorums: list[str] = []
    members: set[str] = set()
    if any((byte < 32 and byte not in b"\t\n") or byte == 127 for byte in data):
        refuse("policy.characters", "the policy holds a control character, such as a carriage return")
    for line in data.decode(errors="surrogateescape").split("\n"):
        match line.replace("\t", " ").split(" "):
            case words if not (words := [word for word in words if word]) or words[0].startswith("#"):
                continue
        match words:
            case ["log", vkey, *rest] if len(rest) < 2:
                logs.append(_of_type(key(vkey), LOG))
            case ["witness", name, vkey, *rest] if len(rest) < 2:
                _new(name, witnesses, groups)
                witnesses[name] = _of_type(key(vkey), WITNESS)
            case ["group", name, needed, *of] if of:
                _new(name, witnesses, groups)
                for member in of:
                    if member in members or (member not in witnesses and member not in groups):
                        refuse("policy.members", f"{member!r} is not there yet, or is a member already")
                    members.add(member)
                groups[name] = (_needed(needed, len(of)), tuple(of))
            case ["quorum", name]:
                if name != "none" and name not in witnesses and name not in groups:
                    refuse("policy.quorum", f"the quorum {name!r} is neither a witness nor a group above it")
                quorums.append(name)
            case _:
                refuse("policy.line", f"this line says nothing that is known: {line[:80]!r}")
    publics = [each.public for each in logs]
    if len({*publics}) < len(publics) or len({w.public for w in witnesses.values()}) < len(witnesses):
        refuse("policy.twice", "the same key stands in the policy twice")
    ids = [(each.name, each.id) for each in (*logs, *witnesses.values())]
    if len({*ids}) < len(ids):  # whose signature it is could not be told
        refuse("policy.collide", "two keys of one name and one id stand in the policy")
    if len(quorums) != 1:
        refuse("policy.quorum", f"a policy has one quorum; this one has {len(quorums)}")
    return Policy(tuple(logs), witnesses, groups, quorums[0])


def _of_type(read: Key, wanted: int) -> Key:
    if read.type != wanted:
        refuse(
            "policy.type", f"the key of {read.name!r} is not one of a {'log' if wanted == LOG else 'witness'}"
        )
    return read


def _new(name: str, *taken: Mapping[str, object]) -> None:
    if name == "none" or any(name in each for each in taken):
        refuse("policy.names", f"the name {name!r} is taken")


def _needed(text: str, of: int) -> int:
    if text in ("any", "all"):
        return 1 if text == "any" else of
    if not (text.isascii() and text.isdigit() and not text.startswith("0") and int(text) <= of):
        refuse("policy.group", f"a group of {of} cannot need {text!r} of them")
    return int(text)


def accept(read: Checkpoint, trust: Policy) -> None:
    """Whether one of the logs signed it, under its own name, and enough witnesses did."""
    if not any(log.name == read.origin and signed_by(read.note, log) for log in trust.logs):
        refuse("policy.log", f"no known log of the name {read.origin!r} has signed this checkpoint")
    by = {name for name, witness in trust.witnesses.items() if signed_by(read.note, witness)}
    if not _satisfied(trust.quorum, trust, by):
        refuse(
            "policy.witnesses",
            f"the quorum {trust.quorum!r} is not reached: of {len(trust.witnesses)} witnesses "
            f"{', '.join(sorted(by)) or 'none'} signed",
        )


def _satisfied(name: str, trust: Policy, by: set[str]) -> bool:
    if name == "none" or name in by:
        return True
    needed, of = trust.groups.get(name, (1, ()))
    return sum(_satisfied(member, trust, by) for member in of) >= needed
