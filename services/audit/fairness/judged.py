"""What was judged on which facts: what two cases can be compared by. Pure.

result    inputs of a rule, and what the rule made of them
clauses   which clauses apply, and which ones the refusal cites
content   what a proposal says, and which clauses about projects it was found to fall under (GL7-B judges the content,
          not who proposes it)
partner   who proposes and the day of the registers, and which clauses about partners they were found to fall under
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from contracts.agreements import OutcomeDecided
from contracts.decision import canonical
from contracts.fact import Fact
from contracts.intake import ProposalReceived
from contracts.screening import EligibilityDecided, GuidelineFollowed, ScreeningOpened
from contracts.text import folded

Kind = Literal["result", "clauses", "content", "partner"]


@dataclass(frozen=True, slots=True)
class Judged:
    """`key` is a digest of the facts; never the facts."""

    kind: Kind
    fact: str
    key: bytes
    came_to: str


def judged(
    fact: Fact, received: ProposalReceived | None, opened: ScreeningOpened | GuidelineFollowed | None
) -> Iterator[Judged]:
    """What a fact decides, with what was known of the case by then."""
    name, basis = type(fact).__name__, getattr(fact, "basis", None)
    if basis is not None:
        yield Judged("result", name, _digest("result", name, basis.rule, basis.inputs), basis.result)
    if isinstance(fact, OutcomeDecided) and fact.next == "not_established" and basis is not None:
        yield Judged("clauses", name, _digest("clauses", name, basis.inputs), canonical(sorted(fact.clauses)))
    if isinstance(fact, EligibilityDecided):
        yield from _eligibility(fact, name, received, opened)


def _eligibility(
    fact: EligibilityDecided,
    name: str,
    received: ProposalReceived | None,
    opened: ScreeningOpened | GuidelineFollowed | None,
) -> Iterator[Judged]:
    applying = {answer.clause for answer in fact.answers if answer.applies}
    if fact.decision == "ineligible":
        key = _digest("clauses", name, fact.edition, canonical(sorted(applying)))
        yield Judged("clauses", name, key, canonical(sorted(fact.clauses)))
    if received is None or opened is None:
        return
    answered = {answer.clause for answer in fact.answers}
    if answered.issuperset(opened.project_clauses) and received.title and received.body:
        content = (folded(received.title.reveal()), folded(received.body.reveal()))
        came_to = canonical(sorted(applying.intersection(opened.project_clauses)))
        yield Judged("content", name, _digest("content", fact.edition, *content), came_to)
    number = received.partner.corporate_number
    if number is not None and answered.issuperset(opened.partner_clauses):
        related = canonical(sorted(f"{each.kind} {each.name.reveal()}" for each in received.related))
        came_to = canonical(sorted(applying.intersection(opened.partner_clauses)))
        yield Judged(
            "partner", name, _digest("partner", fact.edition, number, str(fact.as_of), related), came_to
        )


def _digest(*texts: str) -> bytes:
    return blake2b("\0".join(texts).encode(errors="surrogatepass"), digest_size=16).digest()
