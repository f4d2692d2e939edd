"""A case on its way to the public (V15, V16, V17): PublishOutcome, and what stands before it."""

from __future__ import annotations

import pytest

from chassis.decider import NotYours
from contracts.publication import (
    ConsentRevoked,
    OutcomePublished,
    PreviewMade,
    PreviewRead,
    PublicationConsented,
    PublicationProposed,
    PublicationRefused,
    ResultNoted,
)
from services.publication.domain.publication import (
    CaseNotKnown,
    NotTheCasesProposer,
    NotYourPreview,
    PublishedAlready,
    digest,
    opened,
)
from services.publication.policies import (
    ConsentMissing,
    NothingProposed,
    NotSignedYet,
    NotThisPreview,
    OnlyInStatistics,
    PreviewNotConfirmed,
    PublicationIsRefused,
)
from tests.publication.sample import (
    BARE,
    FIRM,
    FULL,
    PARTNER,
    PROPOSED,
    RIVAL,
    SECRET_IDEA,
    SIGNED,
    WINDOW,
    case,
    confirm,
    consent,
    note_case,
    note_proposer,
    note_result,
    note_signature,
    propose,
    publish,
    read_preview,
    refuse,
    revoke,
)

AGREED = PROPOSED.after(consent(FULL))
READY = AGREED.after(confirm(FULL))


def test_agreed_publish_outcome_shows_what_was_consented_to() -> None:
    """Transition AGREED → PublishOutcome → OutcomePublished."""
    [fact] = READY.when(publish())
    assert isinstance(fact, OutcomePublished)
    assert (fact.number, fact.first, fact.digest) == (1, True, FULL)
    assert fact.idea is not None
    assert SECRET_IDEA in fact.idea.content
    assert digest(fact.outcome, fact.idea) == FULL


def test_v15_nothing_is_proposed_for_publication_before_the_signature() -> None:
    with pytest.raises(NotSignedYet):
        case.after(note_case()).when(propose())


@pytest.mark.parametrize("result", ["not_established", "ineligible", "withdrawn"])
def test_v15_what_was_not_established_appears_in_the_statistics_only(result: str) -> None:
    with pytest.raises(OnlyInStatistics):
        case.after(note_case(), note_result(result)).when(propose())


def test_v15_nothing_is_published_without_consent() -> None:
    with pytest.raises(ConsentMissing):
        PROPOSED.after(confirm(FULL)).when(publish())


def test_v15_what_the_proposer_refused_is_not_published() -> None:
    refused = PROPOSED.after(confirm(FULL), refuse("特許の出願前のため"))
    with pytest.raises(PublicationIsRefused):
        refused.when(publish())
    assert refused.when(refuse()) == []


def test_v15_consent_taken_back_before_publication_is_none() -> None:
    assert READY.when(revoke()) == [ConsentRevoked(number=1)]
    with pytest.raises(ConsentMissing):
        READY.after(revoke()).when(publish())
    with pytest.raises(ConsentMissing):
        PROPOSED.when(revoke())


def test_v15_consent_is_to_one_text_and_to_no_other() -> None:
    for wrong in ("0" * 64, BARE):
        with pytest.raises(NotThisPreview):
            PROPOSED.when(consent(wrong, with_idea=True))
    with pytest.raises(NotThisPreview):
        PROPOSED.when(consent(FULL, with_idea=False))


def test_v15_a_changed_text_has_to_be_consented_to_and_confirmed_again() -> None:
    changed = READY.after(propose(content="別の内容"))
    with pytest.raises(ConsentMissing):
        changed.when(publish())
    with pytest.raises(NotThisPreview):
        changed.when(consent(FULL))
    with pytest.raises(NotThisPreview):
        changed.when(confirm(FULL))


def test_v15_the_same_text_proposed_anew_is_asked_for_again() -> None:
    again = READY.after(propose())
    with pytest.raises(ConsentMissing):
        again.when(publish())
    with pytest.raises(PreviewNotConfirmed):
        again.after(consent(FULL)).when(publish())


def test_v15_consent_to_the_bare_outcome_shows_no_word_of_the_idea() -> None:
    [fact] = PROPOSED.after(consent(BARE, with_idea=False), confirm(BARE)).when(publish())
    assert isinstance(fact, OutcomePublished)
    assert fact.idea is None
    assert SECRET_IDEA not in fact.encoded().decode()
    assert FIRM["name"] in fact.encoded().decode()


def test_v15_the_office_confirms_the_very_text_that_was_consented_to() -> None:
    with pytest.raises(PreviewNotConfirmed):
        AGREED.when(publish())
    with pytest.raises(PreviewNotConfirmed):
        AGREED.after(confirm(BARE)).when(publish())
    assert READY.when(confirm(FULL)) == []


def test_the_office_confirms_before_or_after_the_consent() -> None:
    assert len(PROPOSED.after(confirm(FULL), consent(FULL)).when(publish())) == 1


def test_only_the_proposer_consents_refuses_and_revokes() -> None:
    for command in (consent(FULL, actor=WINDOW), refuse(actor=WINDOW), revoke(actor=WINDOW)):
        with pytest.raises(NotYours):
            PROPOSED.when(command)
    for command in (propose(actor=PARTNER), confirm(FULL, actor=PARTNER), publish(actor=PARTNER)):
        with pytest.raises(NotYours):
            READY.when(command)


def test_v15_nobody_consents_for_another() -> None:
    for command in (consent(FULL, actor=RIVAL), refuse(actor=RIVAL), revoke(actor=RIVAL)):
        with pytest.raises(NotTheCasesProposer):
            AGREED.when(command)
    joined = AGREED.after(note_proposer("P-02"))
    assert joined.when(note_proposer("P-02")) == []
    assert len(joined.when(revoke(actor=RIVAL))) == 1


def test_who_joined_before_the_acceptance_was_heard_acts_too() -> None:
    early = case.after(note_proposer("P-02"), note_case(), note_signature(), propose())
    assert early.state.proposers == ("P-01", "P-02")
    assert len(early.when(refuse(actor=RIVAL))) == 1


def test_what_everybody_has_seen_is_not_taken_back_but_may_be_corrected() -> None:
    shown = READY.after(publish())
    with pytest.raises(PublishedAlready):
        shown.when(revoke())
    with pytest.raises(NothingProposed):
        shown.when(publish())
    again = shown.after(propose(content="訂正した内容"))
    assert again.state.preview is not None
    new = again.state.preview.digest
    [fact] = again.after(consent(new), confirm(new)).when(publish())
    assert isinstance(fact, OutcomePublished)
    assert (fact.number, fact.first) == (2, False)


def test_a_refused_case_may_be_proposed_anew_and_a_refusal_may_turn_into_consent() -> None:
    refused = PROPOSED.after(refuse())
    assert refused.after(propose()).state.refused is False
    assert len(refused.after(consent(FULL), confirm(FULL)).when(publish())) == 1


def test_the_digest_is_that_of_what_is_shown_and_of_nothing_else() -> None:
    proposed, made = SIGNED.when(propose())
    assert isinstance(proposed, PublicationProposed)
    assert isinstance(made, PreviewMade)
    assert made.digest == digest(proposed.outcome, opened(proposed.idea))
    assert made.outcome_digest == digest(proposed.outcome, None)
    assert made.digest != made.outcome_digest
    assert SECRET_IDEA not in str(proposed)


def test_nothing_of_the_bare_outcome_is_written_by_anybody() -> None:
    """V15: what is written could tell of the idea."""
    assert not {"place", "city", "contact"} - type(propose()).given()


def test_consent_said_twice_is_given_once() -> None:
    assert AGREED.when(consent(FULL)) == []
    assert isinstance(AGREED.when(consent(BARE, with_idea=False))[0], PublicationConsented)


def test_v16_v17_a_preview_is_read_by_its_proposer_and_the_office_and_each_reading_is_kept() -> None:
    [fact] = PROPOSED.when(read_preview())
    assert fact == PreviewRead(reader="W-01", role=WINDOW.role, section="S01", purpose="公表内容の確認")
    assert len(PROPOSED.when(read_preview(PARTNER))) == 1
    assert len(PROPOSED.when(read_preview(RIVAL, proved=True))) == 1
    with pytest.raises(NotYourPreview):
        PROPOSED.when(read_preview(RIVAL))
    with pytest.raises(NothingProposed):
        SIGNED.when(read_preview())


def test_a_case_whose_proposer_is_not_known_waits() -> None:
    with pytest.raises(CaseNotKnown):
        case.after(note_signature()).when(propose())


def test_what_is_told_twice_or_late_changes_nothing() -> None:
    assert SIGNED.when(note_case()) == []
    assert SIGNED.when(note_signature()) == []
    assert SIGNED.when(note_result("withdrawn")) == []


def test_a_case_decided_on_again_counts_as_running() -> None:
    ended = case.after(note_case(), note_result("ineligible"))
    assert isinstance(ended.when(note_result("running"))[0], ResultNoted)
    with pytest.raises(NotSignedYet):
        ended.after(note_result("running")).when(propose())


def test_refusing_is_not_publishing() -> None:
    assert isinstance(PROPOSED.when(refuse())[0], PublicationRefused)
    with pytest.raises(NothingProposed):
        SIGNED.when(refuse())
