"""A case on its way to the public: proposed by the office, consented to by its proposer, confirmed, published.

Pure: no I/O, no clock, no new ids. Nothing is shown that its proposer did not consent to, letter by letter (V15).
"""

from __future__ import annotations

from typing import assert_never

from chassis.decider import Decider, NotYours, Refused
from contracts.actors import Actor, Role
from contracts.agreements import AgreementForm
from contracts.days import day
from contracts.publication import (
    CaseNoted,
    ConsentRevoked,
    IdeaText,
    Organisation,
    Outcome,
    OutcomePublished,
    PreviewConfirmed,
    PreviewMade,
    PreviewRead,
    ProposerNoted,
    PublicationConsented,
    PublicationProposed,
    PublicationRefused,
    ResultNoted,
    SignatureNoted,
)
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
from services.publication.domain.publication.record import digest, opened
from services.publication.domain.publication.state import Publication, PublicationFact, evolve
from services.publication.policies import (
    TO_PUBLISH,
    ConsentMissing,
    NothingProposed,
    NotThisPreview,
    outcome_is_signed,
    something_is_proposed,
)

TITLES: dict[AgreementForm, str] = {
    "service_contract": "業務委託契約",
    "comprehensive_agreement": "包括連携協定",
    "individual_agreement": "個別連携協定",
}


class CaseNotKnown(Refused):
    """This case is not known here; it is told when the window has accepted it."""

    status = 404


class NotYourPreview(NotYours):
    """Only the office and who proposed it read what would be shown (V16)."""


class NotTheCasesProposer(NotYours):
    """Only who proposed this says whether it is shown; join the proposal first, with the secret of its receipt."""


class PublishedAlready(Refused):
    """It is published; what everybody has seen cannot be taken back. Ask the office to publish a corrected text."""


def decide(command: PublicationCommand, state: Publication) -> list[PublicationFact]:
    match command:
        case NoteCase():
            noted = CaseNoted(**{name: getattr(command, name) for name in CaseNoted.model_fields})
            return [noted] if state.case is None else []
        case NoteProposer(person=person):
            if person in state.proposers:
                return []
            return [ProposerNoted(person=person, proposers=(*state.proposers, person))]
        case NoteResult():
            if state.signature is not None or state.result == command.result:
                return []
            return [ResultNoted(result=command.result, on=command.on)]
        case NoteSignature():
            return _signed(command, state)
        case ProposePublication():
            return _proposed(command, state)
        case ReadPreview():
            return [_read(command, state)]
        case ConsentToPublication():
            return _consented(command, state)
        case RefusePublication():
            _is_theirs(command.actor, state)
            something_is_proposed(state)
            number = _number(state)
            return [] if state.refused else [PublicationRefused(number=number, reason=command.reason)]
        case RevokeConsent():
            _is_theirs(command.actor, state)
            if not state.waiting and state.published:
                raise PublishedAlready()
            if state.consent is None:
                raise ConsentMissing()
            return [ConsentRevoked(number=state.consent.number)]
        case ConfirmPreview():
            something_is_proposed(state)
            if command.digest not in _digests(state):
                raise NotThisPreview()
            if state.confirmed == command.digest:
                return []
            return [PreviewConfirmed(number=_number(state), digest=command.digest)]
        case PublishOutcome():
            return [_published(command, state)]
        case _:
            assert_never(command)


def _signed(command: NoteSignature, state: Publication) -> list[PublicationFact]:
    if state.signature is not None:
        return []
    return [
        SignatureNoted(
            form=command.form,
            signed_on=command.signed_on,
            term_from=command.term_from,
            term_to=command.term_to,
        ),
        ResultNoted(result=command.form, on=command.signed_on),
    ]


def _proposed(command: ProposePublication, state: Publication) -> list[PublicationFact]:
    """What was consented to or confirmed before was something else: it has to be again."""
    outcome_is_signed(state)
    assert state.signature is not None, "what is not signed was refused"
    if state.case is None:
        raise CaseNotKnown()
    number = _number(state) + 1
    outcome = _outcome(command, state.case, state.signature)
    idea = IdeaText(
        title=command.title,
        summary=command.summary,
        reason=command.reason,
        purpose=command.purpose,
        content=command.content,
        keywords=command.keywords,
        achieved=command.achieved,
    )
    made = PreviewMade(
        number=number, outcome_digest=digest(outcome, None), digest=digest(outcome, opened(idea))
    )
    return [PublicationProposed(number=number, outcome=outcome, idea=idea), made]


def _outcome(command: ProposePublication, case: CaseNoted, signature: SignatureNoted) -> Outcome:
    """The bare outcome is made of what is known; nobody writes into it, so that it tells nothing of the idea."""
    partner = Organisation(
        name=case.partner.name, role="partner", corporate_number=case.partner.corporate_number
    )
    city = Organisation(name=command.city, role="city", corporate_number=command.city_number)
    return Outcome(
        title=TITLES[signature.form],
        form=signature.form,
        signed_on=signature.signed_on,
        term_from=signature.term_from,
        term_to=signature.term_to,
        place=command.place,
        organisations=(city, partner),
        contact=command.contact,
    )


def _read(command: ReadPreview, state: Publication) -> PreviewRead:
    """V16, V17: kept before anything is shown."""
    actor = command.actor
    if actor.role == Role.PROPOSER and not command.proved and actor.id not in state.proposers:
        raise NotYourPreview()
    if state.proposed is None:
        raise NothingProposed()
    return PreviewRead(reader=actor.id, role=actor.role, section=actor.section, purpose=command.purpose)


def _consented(command: ConsentToPublication, state: Publication) -> list[PublicationFact]:
    _is_theirs(command.actor, state)
    something_is_proposed(state)
    assert state.preview is not None, "each proposal has its preview"
    wanted = state.preview.digest if command.with_idea else state.preview.outcome_digest
    if command.digest != wanted:
        raise NotThisPreview()
    if state.consent is not None and state.consent.digest == command.digest:
        return []
    return [PublicationConsented(number=_number(state), digest=command.digest, with_idea=command.with_idea)]


def _published(command: PublishOutcome, state: Publication) -> OutcomePublished:
    for rule in TO_PUBLISH:
        rule(state)
    assert state.proposed is not None
    assert state.consent is not None
    today = day(command.at)
    return OutcomePublished(
        number=state.proposed.number,
        first=state.first_published_on is None,
        digest=state.consent.digest,
        outcome=state.proposed.outcome,
        idea=opened(state.proposed.idea) if state.consent.with_idea else None,
        published_on=today,
        first_published_on=state.first_published_on or today,
    )


def _is_theirs(actor: Actor, state: Publication) -> None:
    """V15: consent is theirs who proposed, and nobody else's."""
    if actor.id not in state.proposers:
        raise NotTheCasesProposer()


def _number(state: Publication) -> int:
    return state.proposed.number if state.proposed else 0


def _digests(state: Publication) -> tuple[str, ...]:
    return (state.preview.digest, state.preview.outcome_digest) if state.preview else ()


PUBLICATION: Decider[PublicationCommand, Publication, PublicationFact] = Decider(
    "publication",
    (
        NoteCase,
        NoteProposer,
        NoteResult,
        NoteSignature,
        ProposePublication,
        ReadPreview,
        ConsentToPublication,
        RefusePublication,
        RevokeConsent,
        ConfirmPreview,
        PublishOutcome,
    ),
    Publication(),
    decide,
    evolve,
)
