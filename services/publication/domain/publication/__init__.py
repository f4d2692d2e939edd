"""A case, from its signature to what everybody sees of it.

commands    what can be asked
state       what is known, and what a fact changes
record      what is shown, and its digest
deciding    which facts follow
"""

from services.publication.domain.publication.commands import (
    ConfirmPreview,
    ConsentToPublication,
    NoteCase,
    NoteProposer,
    NoteResult,
    NoteSignature,
    ProposePublication,
    PublicationCommand,
    PublishOutcome,
    ReadPreview,
    RefusePublication,
    RevokeConsent,
)
from services.publication.domain.publication.deciding import (
    PUBLICATION,
    CaseNotKnown,
    NotTheCasesProposer,
    NotYourPreview,
    PublishedAlready,
)
from services.publication.domain.publication.record import digest, opened
from services.publication.domain.publication.state import Publication, PublicationFact

__all__ = [
    "PUBLICATION",
    "CaseNotKnown",
    "ConfirmPreview",
    "ConsentToPublication",
    "NotTheCasesProposer",
    "NotYourPreview",
    "NoteCase",
    "NoteProposer",
    "NoteResult",
    "NoteSignature",
    "ProposePublication",
    "Publication",
    "PublicationCommand",
    "PublicationFact",
    "PublishOutcome",
    "PublishedAlready",
    "ReadPreview",
    "RefusePublication",
    "RevokeConsent",
    "digest",
    "opened",
]
