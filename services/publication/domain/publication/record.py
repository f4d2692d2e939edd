"""What is shown of a case, and the digest that consent is given to.

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

import hashlib

from contracts.confidential import plain
from contracts.decision import canonical
from contracts.publication import IdeaText, Outcome, PublishedIdea


def digest(outcome: Outcome, idea: PublishedIdea | None) -> str:
    """SHA-256 over the canonical JSON of `{"outcome": …, "idea": … or null}`: exactly what is shown, days left out."""
    said = {
        "outcome": outcome.model_dump(mode="json"),
        "idea": idea.model_dump(mode="json") if idea else None,
    }
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def opened(idea: IdeaText) -> PublishedIdea:
    """The text without its protection: for its digest, for those who may read the preview, and when it is published."""
    return PublishedIdea.model_validate(idea.model_dump(mode="json", context={"seal": plain}))
