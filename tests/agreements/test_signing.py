"""Nothing is signed with city money on the direct way, or with a partner nobody looked at lately."""

from datetime import date, timedelta
from typing import Any

import pytest

from chassis.decider import NotYours
from contracts.agreements import AgreementSigned, PartnershipClosed, WithdrawalRefused
from contracts.confidential import Confidential
from contracts.intake import CostClass
from services.agreements.domain.persons import OfficerInConflict
from services.agreements.domain.signing import NotReadyToSign, TermEndsBeforeItStarts
from services.agreements.domain.standing import CaseIsOver
from services.agreements.policies import (
    CostNotApproved,
    CostUndetermined,
    ExpenditureWithoutProcurement,
    PartnerNotClear,
    PartnerNotScreened,
    ScreeningTooOld,
)
from tests.agreements.sample import (
    CLOSED,
    DIALOGUE,
    EVALUATED,
    FINANCE,
    HEAD,
    NOT_ESTABLISHED,
    PROCUREMENT,
    READY,
    RUNNING,
    SIGNED,
    TODAY,
    case,
    classify,
    close,
    decide_on,
    note,
    note_conflict,
    open_dialogue,
    record,
    sign,
)
from tests.deciding import Deciding, at, by

UNSCREENED = EVALUATED.after(classify(), decide_on())


def test_an_agreement_is_signed_as_it_was_decided() -> None:
    assert READY.when(sign(term_to=date(2024, 3, 31))) == [
        AgreementSigned(
            form="individual_agreement",
            signed_on=TODAY,
            title=Confidential("見守りに関する連携協定"),
            partner_signatory=Confidential("架空 一郎"),
            screening_as_of=TODAY,
            cost_class="none",
            term_from=date(2023, 11, 1),
            term_to=date(2024, 3, 31),
        )
    ]
    [signed] = EVALUATED.after(classify(), decide_on("comprehensive_agreement"), note()).when(
        sign(fields=("福祉", "環境"))
    )
    assert isinstance(signed, AgreementSigned)
    assert signed.form == "comprehensive_agreement"


def test_the_day_of_the_signature_is_that_of_the_city() -> None:
    [signed] = READY.when(sign(at("2023-10-11 00:10")))
    assert isinstance(signed, AgreementSigned)
    assert signed.signed_on == date(2023, 10, 11)  # in UTC it is still the 10th


def test_nothing_is_signed_before_its_outcome() -> None:
    for stream in (DIALOGUE, RUNNING, EVALUATED):
        with pytest.raises(NotReadyToSign):
            stream.when(sign())
    for stream in (NOT_ESTABLISHED, CLOSED, SIGNED):
        with pytest.raises(CaseIsOver):
            stream.when(sign())


def test_only_the_mayor_or_a_delegate_signs() -> None:
    with pytest.raises(NotYours):
        READY.when(sign(actor=HEAD))


def test_v01_what_goes_to_procurement_is_not_signed_without_one() -> None:
    service_contract = EVALUATED.after(classify("none"), decide_on("service_contract"))
    for stream in (PROCUREMENT, service_contract):
        with pytest.raises(ExpenditureWithoutProcurement):
            stream.after(note()).when(sign())


def test_v01_expenditure_found_after_the_outcome_stops_the_signature() -> None:
    with pytest.raises(ExpenditureWithoutProcurement):
        READY.after(classify("expenditure", 5_280_000, FINANCE)).when(sign())


def test_v06_an_undetermined_cost_is_never_signed() -> None:
    with pytest.raises(CostUndetermined):
        READY.after(classify("undetermined")).when(sign())


@pytest.mark.parametrize("class_", ["actual_expense", "revenue_waiver"])
def test_a_cost_is_signed_only_as_finance_approved_it(class_: CostClass) -> None:
    with pytest.raises(CostNotApproved):
        READY.after(classify(class_, 24_000)).when(sign())
    assert READY.after(classify(class_, 24_000, FINANCE)).when(sign())


def test_v09_nothing_is_signed_without_a_screening() -> None:
    with pytest.raises(PartnerNotScreened):
        UNSCREENED.when(sign())


def test_v09_a_screening_counts_for_thirty_days_the_last_included() -> None:
    assert UNSCREENED.after(note(TODAY - timedelta(days=30))).when(sign())
    with pytest.raises(ScreeningTooOld):
        UNSCREENED.after(note(TODAY - timedelta(days=31))).when(sign())


def test_v09_a_screening_that_is_not_clear_stops_the_signature_until_a_clear_one() -> None:
    hit = READY.after(note(clear=False))
    with pytest.raises(PartnerNotClear):
        hit.when(sign())
    assert hit.after(note(clear=True)).when(sign())


def test_v09_a_screening_as_of_an_earlier_day_does_not_undo_a_later_one() -> None:
    hit = UNSCREENED.after(note(TODAY, clear=False))
    assert hit.when(note(TODAY - timedelta(days=1), clear=True)) == []


def test_v09_a_screening_is_noted_whenever_it_comes() -> None:
    early = case.after(note())
    for stream in (early, early.after(open_dialogue()), EVALUATED, READY, SIGNED):
        assert stream.when(note(TODAY + timedelta(days=1)))


def test_a_term_does_not_end_before_it_starts() -> None:
    with pytest.raises(TermEndsBeforeItStarts):
        READY.when(sign(term_to=date(2023, 10, 31)))
    assert READY.when(sign(term_to=date(2023, 11, 1)))


@pytest.mark.parametrize(
    "stream", [case, case.after(note()), DIALOGUE, RUNNING, EVALUATED, READY, PROCUREMENT]
)
def test_v33_a_withdrawal_closes_a_case_at_any_time_before_the_signature(
    stream: Deciding[Any, Any, Any],
) -> None:
    assert stream.when(close()) == [PartnershipClosed(reason="withdrawn")]
    assert stream.after(close()).when(close()) == []


def test_v33_after_the_signature_a_withdrawal_is_refused_and_the_agreement_stands() -> None:
    assert SIGNED.when(close()) == [WithdrawalRefused(signed_on=TODAY)]
    assert SIGNED.after(close()).state == SIGNED.state


def test_a_case_that_came_to_nothing_needs_no_closing() -> None:
    assert NOT_ESTABLISHED.when(close()) == []


def test_a_match_that_is_told_after_the_withdrawal_opens_nothing() -> None:
    closed = case.after(close())
    assert closed.when(open_dialogue()) == []
    with pytest.raises(CaseIsOver):
        closed.when(record())


def test_v19_who_is_partial_decides_no_outcome_signs_nothing_and_leads_no_talks() -> None:
    partial = [note_conflict("H-01"), note_conflict("M-01"), note_conflict("U-14")]
    with pytest.raises(OfficerInConflict):
        EVALUATED.after(classify(), *partial).when(decide_on())
    with pytest.raises(OfficerInConflict):
        READY.after(*partial).when(sign())
    assert READY.after(*partial).when(sign(actor=by("delegate:D-01")))
    with pytest.raises(OfficerInConflict):
        DIALOGUE.after(*partial).when(record())
    assert DIALOGUE.after(*partial).when(record(by("section:U-15:S14")))
