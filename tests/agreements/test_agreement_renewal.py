"""An agreement from its first day on: notice, renewal and expiry (V09, V26, V30)."""

from datetime import date, timedelta
from typing import Any, get_args

import pytest

from chassis.decider import NotYours
from contracts.agreements import (
    AgreementEntered,
    AgreementExpired,
    AgreementForm,
    AgreementRenewed,
    NonRenewalNotified,
    Outcome,
    RenewalScreeningDue,
)
from contracts.days import JAPAN
from services.agreements.domain.agreement.life import NothingToRenew, NoticeTooLate
from services.agreements.domain.agreement.standing import AgreementIsOver, EndsByNotice, NoAgreement
from services.agreements.domain.agreement.terms import notice_by, renewed_until
from services.agreements.domain.standing import NotLeadSection
from tests.agreements.sample import HEAD, LEAD, OTHER, PARTNER
from tests.agreements.years import (
    EFFECTIVE,
    LAST,
    NOTICE_BY,
    NOTICED,
    SCREENED,
    SUSPENDED,
    TERMINATED,
    ask_for_screening,
    enter,
    expire,
    noted,
    notice,
    reinstate,
    renew,
    signed,
    suspend,
)
from tests.deciding import Deciding, at

BY_TERM_ONLY = signed.after(enter(renews=False))
NEXT = date(2026, 3, 31)


def test_what_is_signed_is_entered_once() -> None:
    [entered] = signed.when(enter())
    assert isinstance(entered, AgreementEntered)
    assert (entered.term_to, entered.notice_by, entered.fields) == (LAST, NOTICE_BY, ("高齢者福祉", "環境"))
    assert EFFECTIVE.when(enter()) == []
    assert EFFECTIVE.state.status == "effective"


def test_v26_each_of_the_three_forms_is_entered_and_nothing_else_is_signed() -> None:
    assert set(get_args(AgreementForm)) == set(get_args(Outcome)) - {"not_established"}
    for form in get_args(AgreementForm):
        assert signed.after(enter(form=form, renews=False)).state.status == "effective"
    with pytest.raises(ValueError, match="form"):
        enter(form="not_established")


def test_v30_renewed_when_nobody_gave_notice_and_the_partner_is_clear() -> None:
    assert SCREENED.when(renew()) == [
        AgreementRenewed(
            term_from=date(2025, 4, 1),
            term_to=NEXT,
            notice_by=date(2026, 1, 5),
            screening_as_of=date(2025, 3, 10),
        )
    ]
    again = SCREENED.after(renew())
    assert (again.state.status, again.state.terms.term_to) == ("effective", NEXT)
    assert again.when(renew()) == []  # a timer that comes twice


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        (EFFECTIVE, "not_screened"),
        (EFFECTIVE.after(noted(clear=False)), "not_clear"),
        (SCREENED.after(notice()), "notice"),
        (SCREENED.after(suspend()), "suspended"),
        (BY_TERM_ONLY.after(noted()), "term_only"),
    ],
)
def test_v30_otherwise_it_expires(stream: Deciding[Any, Any, Any], reason: str) -> None:
    expired = stream.when(renew())
    assert expired == [AgreementExpired(term_to=LAST, reason=reason)]
    assert stream.given(*expired).state.status == "expired"
    assert stream.given(*expired).when(renew()) == []


def test_v09_a_screening_counts_for_a_renewal_for_thirty_days_the_last_included() -> None:
    first = LAST + timedelta(days=1)
    assert isinstance(EFFECTIVE.after(noted(first - timedelta(days=30))).when(renew())[0], AgreementRenewed)
    assert EFFECTIVE.after(noted(first - timedelta(days=31))).when(renew()) == [
        AgreementExpired(term_to=LAST, reason="not_screened")
    ]


def test_v09_the_day_that_counts_is_that_of_the_renewal_however_late_the_timer() -> None:
    assert isinstance(SCREENED.when(renew(on=at("2025-07-01 10:00")))[0], AgreementRenewed)


def test_v09_the_latest_screening_counts_and_an_earlier_one_replaces_it_not() -> None:
    hit = EFFECTIVE.after(noted(date(2025, 3, 20), clear=False))
    assert hit.when(noted(date(2025, 3, 10), clear=True)) == []
    assert isinstance(hit.after(noted(date(2025, 3, 24))).when(renew())[0], AgreementRenewed)


def test_v09_a_screening_before_the_agreement_is_entered_is_no_matter_of_it() -> None:
    assert signed.when(noted()) == []


def test_a_screening_is_asked_for_once_before_a_renewal_and_only_before_one() -> None:
    assert EFFECTIVE.when(ask_for_screening()) == [RenewalScreeningDue(term_to=LAST)]
    assert EFFECTIVE.after(ask_for_screening()).when(ask_for_screening()) == []
    renewed = SCREENED.after(ask_for_screening(), renew())
    assert renewed.when(ask_for_screening()) == []
    assert renewed.when(ask_for_screening(NEXT)) == [RenewalScreeningDue(term_to=NEXT)]
    for stream in (signed, NOTICED, BY_TERM_ONLY, TERMINATED):
        assert stream.when(ask_for_screening()) == []


@pytest.mark.parametrize(("actor", "side"), [(PARTNER, "partner"), (LEAD, "city"), (HEAD, "city")])
def test_v30_either_side_gives_notice_on_the_last_day_for_it_at_the_latest(actor: Any, side: str) -> None:
    [told] = EFFECTIVE.when(notice(actor, at("2025-01-06 23:59")))
    assert isinstance(told, NonRenewalNotified)
    assert (told.by, told.term_to) == (side, LAST)
    with pytest.raises(NoticeTooLate, match="2025-01-06"):
        EFFECTIVE.when(notice(actor, at("2025-01-07 00:00")))


def test_v30_notice_counts_within_its_term_only() -> None:
    renewed = SCREENED.after(renew())
    assert renewed.when(notice(on=at("2025-12-01 10:00")))
    assert NOTICED.after(noted()).when(expire()) == [AgreementExpired(term_to=LAST, reason="notice")]
    with pytest.raises(EndsByNotice):
        NOTICED.when(notice())


def test_notice_may_be_given_while_the_agreement_rests() -> None:
    rests = SUSPENDED.after(notice())
    assert rests.state.status == "suspended"
    assert rests.after(reinstate()).state.status == "notice"


def test_only_those_concerned_give_notice() -> None:
    with pytest.raises(NotLeadSection):
        EFFECTIVE.when(notice(OTHER))
    with pytest.raises(NotYours):
        EFFECTIVE.when(notice(actor=OTHER.model_copy(update={"role": "reviewer"})))


def test_what_does_not_renew_itself_needs_no_notice() -> None:
    for stream in (BY_TERM_ONLY, signed.after(enter(renews=False, term_to=None))):
        with pytest.raises(NothingToRenew):
            stream.when(notice())


def test_nothing_is_asked_of_what_was_not_signed_or_is_over() -> None:
    with pytest.raises(NoAgreement):
        signed.when(notice(LEAD))
    with pytest.raises(AgreementIsOver):
        TERMINATED.when(notice())
    for timer in (renew(), expire()):
        assert signed.when(timer) == TERMINATED.when(timer) == []


def test_a_timer_of_a_term_that_was_changed_finds_nothing_to_do() -> None:
    assert SCREENED.when(renew(date(2025, 3, 30))) == []
    assert SCREENED.when(expire()) == []  # it renews itself, and the timer for that comes


def test_v35_notice_falls_on_a_day_on_which_the_office_is_open() -> None:
    assert notice_by(LAST, 90, True, JAPAN) == NOTICE_BY
    assert notice_by(date(2025, 3, 31), 31, True, JAPAN) == date(2025, 2, 28)
    assert notice_by(date(2025, 1, 2), 0, True, JAPAN) == date(
        2024, 12, 27
    )  # it does not open before the end
    assert notice_by(LAST, 90, False, JAPAN) is None
    assert notice_by(None, 90, True, JAPAN) is None


@pytest.mark.parametrize(
    ("last", "months", "until"),
    [
        (date(2025, 3, 31), 12, date(2026, 3, 31)),
        (date(2023, 2, 28), 12, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 1, 30), 1, date(2025, 2, 28)),  # no 31st of February: its last day
        (date(2025, 12, 14), 1, date(2026, 1, 14)),
    ],
)
def test_the_next_term_ends_the_day_before_the_same_day(last: date, months: int, until: date) -> None:
    assert renewed_until(last, months) == until
