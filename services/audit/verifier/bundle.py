"""An evidence bundle: the entries of one case with the facts they stand for, each proved to be in one log.

    checkpoint, policy             what the log signed, and whom it asks to be trusted
    entries/<index>.json           an entry, byte for byte
    facts/<index>.json             the fact as it was received, byte for byte
    proofs/<index>.tlog-proof      that the entry is in the log
    salts/<index>.json             what opens the commitments of the entry to fields of the fact, as far as it is left
    rules/<digest>.json            the files of the rules by which the case was decided
    rerun.json                     every decision, made again
    custody.json                   who made this bundle, when, and who read the case before

The digests of rules and facts lead to entries, the entries to the checkpoint, the checkpoint to the keys of the policy.
`rerun.json`, `custody.json` and the report for people are what their maker says; nothing here proves them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from services.audit.verifier.entries import Place, fields, follows, previous
from services.audit.verifier.merkle import leaf
from services.audit.verifier.notes import checkpoint
from services.audit.verifier.openings import opened
from services.audit.verifier.policy import Policy, accept
from services.audit.verifier.proofs import proof, proven
from services.audit.verifier.sources import Source, there
from services.audit.verifier.verdict import refuse


@dataclass(frozen=True)
class Proved:
    """What a bundle proves."""

    case: str
    entries: int
    size: int  # of the log
    rules: int
    fields: int  # that are what the entries commit to
    sealed: int  # commitments without a salt: it was erased, or its entry recovered from what was published


def bundle(of: Source, trust: Policy) -> Proved:
    """Refuses for the first that does not hold."""
    head = checkpoint(there(of, "checkpoint"))
    accept(head, trust)
    manifest = _json(of, "manifest.json")
    case, indexes = manifest.get("case"), manifest.get("entries")
    if not isinstance(indexes, list) or not indexes:
        refuse("bundle.manifest", "the manifest names no entries")
        indexes = []
    before: Place | None = None
    versions: dict[str, list[int]] = {}
    digests: set[str] = set()
    opened_fields = committed_fields = 0
    for index in indexes:
        entry = there(of, f"entries/{index}.json")
        by = proof(there(of, f"proofs/{index}.tlog-proof"))
        if by.index != index or by.checkpoint != head:
            refuse("bundle.proof", "its proof is of another entry, or of another checkpoint", index)
        proven(entry, by, trust)
        said = fields(entry, index)
        if said["correlationid"] != case:
            refuse("bundle.case", f"it is of the case {said['correlationid']!r}, not {case!r}", index)
        fact = there(of, f"facts/{index}.json")
        if hashlib.sha256(fact).hexdigest() != said["sha256"]:
            refuse("bundle.fact", "the fact is not the one that was received", index)
        committed_fields += (
            len(commitments) if isinstance(commitments := said.get("commitments"), dict) else 0
        )
        if (salts := of.read(f"salts/{index}.json")) is not None:
            opened_fields += opened(said, fact, salts, index)
        follows(previous(said, index), before, index)
        before = Place(index, leaf(entry).hex())
        if "conflict" not in said:
            versions.setdefault(f"{said['source']} {said['subject']}", []).append(said["streamversion"])
        digests |= set(_digests(fact))
    for stream, kept in versions.items():
        if sorted(kept) != list(range(1, len(kept) + 1)):
            refuse("bundle.complete", f"of the stream {stream} a fact is missing, or there is one too many")
    rules = [digest for digest in sorted(digests) if of.read(f"rules/{digest}.json") is not None]
    for digest in rules:
        if hashlib.sha256(there(of, f"rules/{digest}.json")).hexdigest() != digest:
            refuse("bundle.rule", f"rules/{digest}.json is not the file that was decided by")
    return Proved(
        str(case), len(indexes), head.size, len(rules), opened_fields, committed_fields - opened_fields
    )


def _json(of: Source, name: str) -> dict[str, Any]:
    try:
        read = json.loads(there(of, name))
    except ValueError:
        read = None
    return read if isinstance(read, dict) else {}


def _digests(fact: bytes) -> Iterable[str]:
    """The digests of rules that a fact stands on."""
    try:
        return list(_of_rules(json.loads(fact)))
    except (ValueError, RecursionError):
        return []


def _of_rules(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        digest = value.get("digest")
        if isinstance(digest, str) and re.fullmatch("[0-9a-f]{64}", digest):
            yield digest
        for each in value.values():
            yield from _of_rules(each)
    elif isinstance(value, list):
        for each in value:
            yield from _of_rules(each)
