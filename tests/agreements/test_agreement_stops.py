"""An agreement rests while something stands against the partner, goes on when cleared, or is terminated (V07, V08)."""

from datetime import date
from typing import Any

import pytest

from chassis.decider import NotYours
from contracts.agreements import AgreementReinstated, AgreementSuspended, AgreementTerminated
from services.agreements.domain.agreement.life import ConsentMissing, NothingFound
from services.agreements.domain.agreement.standing import AgreementIsOver, AgreementRests, NoAgreement
from services.agreements.domain.agreement.stops import NotCleared, NotSuspended, PartnerIsClear
from services.agreements.policies import ClauseMissing, NoSuchClause
from tests.agreements.sample import EDITION, HEAD, LEAD, MAYOR, PARTNER
from tests.agreements.years import (
    EFFECTIVE,
    NOTICED,
    SUSPENDED,
    TERMINATED,
    add,
    amend,
    end_with_agreement,
    enter,
    noted,
    reinstate,
    signed,
    suspend,
    terminate,
)
from tests.deciding import Deciding


def test_an_adverse_fact_lets_an_agreement_rest_until_the_case_is_eligible_again() -> None:
    [rests] = EFFECTIVE.when(suspend())
    assert isinstance(rests, AgreementSuspended)
    assert (rests.clause, rests.edition, rests.by_rule) == ("GL7-A2", EDITION.id, True)
    assert SUSPENDED.state.status == "suspended"
    assert SUSPENDED.when(suspend()) == []
    assert SUSPENDED.when(reinstate()) == [AgreementReinstated()]
    assert SUSPENDED.after(reinstate()).state.status == "effective"
    assert EFFECTIVE.when(reinstate()) == []


def test_while_it_rests_nothing_is_changed_and_no_project_comes_under_it() -> None:
    for command in (amend(), add()):
        with pytest.raises(AgreementRests):
            SUSPENDED.when(command)


def test_an_adverse_fact_told_before_the_agreement_is_entered_is_kept() -> None:
    assert signed.after(suspend(), enter()).state.status == "suspended"


def test_the_city_suspends_on_a_screening_that_is_not_clear_and_reinstates_on_one_that_is() -> None:
    with pytest.raises(PartnerIsClear):
        EFFECTIVE.when(suspend(HEAD))
    hit = EFFECTIVE.after(noted(date(2024, 9, 2), clear=False))
    with pytest.raises(ClauseMissing):
        hit.when(suspend(HEAD, clause=None))
    with pytest.raises(NoSuchClause):
        hit.when(suspend(HEAD, clause="GL9-9"))
    rests = hit.after(suspend(HEAD))
    with pytest.raises(NotCleared):
        rests.when(reinstate(HEAD))
    assert rests.after(noted(date(2024, 9, 9)), reinstate(HEAD)).state.status == "effective"
    with pytest.raises(NotSuspended):
        EFFECTIVE.when(reinstate(HEAD))
    with pytest.raises(NotYours):
        hit.when(suspend(LEAD))


def test_what_screening_found_is_cleared_by_screening_only() -> None:
    with pytest.raises(NotCleared):
        SUSPENDED.after(noted(date(2024, 9, 9))).when(reinstate(HEAD))


@pytest.mark.parametrize("stream", [EFFECTIVE, NOTICED, SUSPENDED])
def test_an_agreement_is_terminated_before_its_term_on_a_ground(stream: Deciding[Any, Any, Any]) -> None:
    [terminated] = stream.when(terminate())
    assert isinstance(terminated, AgreementTerminated)
    assert (terminated.ground, terminated.by, terminated.clauses) == ("breach", "city", ("GL4-5",))
    assert (terminated.edition, terminated.terminated_on) == (EDITION.id, date(2024, 10, 1))
    ended = stream.given(terminated)
    assert ended.state.status == "terminated"
    with pytest.raises(AgreementIsOver):
        ended.when(terminate())


def test_v07_the_city_alone_terminates_with_a_clause_and_v08_one_that_stands_in_the_edition() -> None:
    with pytest.raises(ClauseMissing):
        EFFECTIVE.when(terminate(clauses=()))
    with pytest.raises(NoSuchClause):
        EFFECTIVE.when(terminate(clauses=("GL9-9",)))


def test_the_partner_terminates_without_a_clause_and_both_with_a_signatory() -> None:
    [terminated] = EFFECTIVE.when(terminate(PARTNER, "change_of_circumstances"))
    assert isinstance(terminated, AgreementTerminated)
    assert terminated.by == "partner"
    with pytest.raises(ConsentMissing):
        EFFECTIVE.when(terminate(MAYOR, "mutual_consent"))
    assert EFFECTIVE.when(terminate(MAYOR, "mutual_consent", clauses=(), partner_signatory="架空 一郎"))


def test_an_adverse_fact_is_a_ground_only_where_one_was_found() -> None:
    with pytest.raises(NothingFound):
        EFFECTIVE.when(terminate(ground="adverse_fact", clauses=("GL7-A2",)))
    assert SUSPENDED.when(terminate(ground="adverse_fact", clauses=("GL7-A2",)))


def test_nothing_reaches_an_agreement_that_is_over_or_was_never_signed() -> None:
    for stream in (TERMINATED, signed):
        assert stream.when(reinstate()) == stream.when(end_with_agreement()) == []
    assert TERMINATED.when(suspend()) == []
    with pytest.raises(NoAgreement):
        signed.when(terminate())
