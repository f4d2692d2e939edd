"""What is known of a case on its way to the public, and what each fact changes.

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from contracts.actors import Pseudonym
from contracts.publication import (
    CaseNoted,
    ConsentRevoked,
    OutcomePublished,
    PreviewConfirmed,
    PreviewMade,
    PreviewRead,
    ProposerNoted,
    PublicationConsented,
    PublicationProposed,
    PublicationRefused,
    Result,
    ResultNoted,
    SignatureNoted,
)

PublicationFact = (
    CaseNoted
    | ProposerNoted
    | ResultNoted
    | SignatureNoted
    | PublicationProposed
    | PreviewMade
    | PreviewRead
    | PublicationConsented
    | ConsentRevoked
    | PublicationRefused
    | PreviewConfirmed
    | OutcomePublished
)


@dataclass(frozen=True, slots=True)
class Publication:
    """What decisions about a publication need to know."""

    case: CaseNoted | None = None
    proposers: tuple[Pseudonym, ...] = ()  # who acts for the partner
    signature: SignatureNoted | None = None
    result: Result | None = None
    proposed: PublicationProposed | None = None  # the last one
    preview: PreviewMade | None = None
    consent: PublicationConsented | None = None
    confirmed: str | None = None  # the digest of what the office looked at
    refused: bool = False
    published: int = 0  # number of what is shown
    first_published_on: date | None = None

    @property
    def waiting(self) -> bool:
        """Something is proposed, and not published yet."""
        return self.proposed is not None and self.proposed.number != self.published


def evolve(state: Publication, fact: PublicationFact) -> Publication:
    match fact:
        case CaseNoted():
            return replace(state, case=fact, proposers=(*fact.proposers, *state.proposers))
        case ProposerNoted():
            return replace(state, proposers=fact.proposers)
        case ResultNoted():
            return replace(state, result=fact.result)
        case SignatureNoted():
            return replace(state, signature=fact)
        case PublicationProposed():
            return replace(state, proposed=fact, consent=None, confirmed=None, refused=False)
        case PreviewMade():
            return replace(state, preview=fact)
        case PreviewRead():
            return state
        case PublicationConsented():
            return replace(state, consent=fact, refused=False)
        case ConsentRevoked():
            return replace(state, consent=None)
        case PublicationRefused():
            return replace(state, consent=None, refused=True)
        case PreviewConfirmed():
            return replace(state, confirmed=fact.digest)
        case OutcomePublished():
            return replace(state, published=fact.number, first_published_on=fact.first_published_on)
        case _:
            assert_never(fact)
