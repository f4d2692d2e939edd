"""Requests for disclosure (V07, V08, V17, V18, V22, V34), transition by transition."""

from __future__ import annotations

from datetime import date

import pytest

from chassis.decider import NotYours, Refused
from contracts.publication import (
    Disclosed,
    DisclosureDecided,
    DisclosureRequested,
    EscalationRaised,
    ObjectionLodged,
    ObjectionResolved,
    RequestRead,
    RequestWithdrawn,
    ThirdPartyAsked,
    ThirdPartyTold,
)
from services.publication.domain.disclosure import refusals as no
from services.publication.policies import DisclosureTooEarly
from tests.deciding import Deciding, at
from tests.publication.sample import (
    CITIZEN,
    HEAD,
    INFORMATION,
    JULY_1,
    MAYOR,
    OPENED,
    PARTNER,
    RIVAL,
    SERVICE,
    WAITING,
    WINDOW,
    ask,
    decide,
    disclose,
    escalate,
    object_to,
    opinion,
    read_request,
    receive,
    request,
    resolve,
    withdraw,
)

JULY_2 = at("2024-07-02 10:00")  # a Tuesday
SPOKEN = WAITING.after(opinion("C01", True), opinion("C02", False))
DECIDED = SPOKEN.after(decide("partial", "C01", "C02", on=JULY_2))
STOPPED = DECIDED.after(object_to("C01", at("2024-07-10 09:00")))


def decided(stream: Deciding[object, object, object]) -> DisclosureDecided:
    [fact] = [fact for fact in stream.history if isinstance(fact, DisclosureDecided)]
    return fact


def test_receive_request_opens_it_for_anybody_also_at_the_counter() -> None:
    for actor in (CITIZEN, WINDOW, HEAD, INFORMATION, PARTNER):
        [fact] = request.when(receive(actor))
        assert isinstance(fact, DisclosureRequested)
        assert fact.received_on == date(2024, 7, 1)
        assert "架空" not in str(fact)
    with pytest.raises(no.RequestIdTaken):
        OPENED.when(receive())


def test_open_ask_third_party_asks_the_proposer_of_each_case() -> None:
    assert OPENED.when(ask("C01", "C02", "C01")) == [
        ThirdPartyAsked(case="C01", opinion_by=date(2024, 7, 10)),
        ThirdPartyAsked(case="C02", opinion_by=date(2024, 7, 10)),
    ]
    assert WAITING.when(ask("C01", on=JULY_2)) == []
    with pytest.raises(no.CaseUnknownHere):
        OPENED.when(ask("C01", "C09"))


def test_waiting_decide_disclosure_after_all_have_spoken() -> None:
    facts = SPOKEN.when(decide("partial", "C01", "C02", on=JULY_2))
    assert [type(fact) for fact in facts] == [DisclosureDecided, ThirdPartyTold, ThirdPartyTold]


def test_v18_the_proposer_is_asked_before_the_decision() -> None:
    with pytest.raises(no.ThirdPartyNotAsked):
        OPENED.when(decide("grant", "C01", on=JULY_2))
    with pytest.raises(no.ThirdPartyNotAsked):
        SPOKEN.when(decide("grant", "C01", "C02", "C03", on=JULY_2))
    with pytest.raises(no.CaseLeftOut):
        SPOKEN.when(decide("grant", "C02", on=JULY_2))


def test_v18_the_decision_waits_for_each_opinion_or_the_end_of_the_period() -> None:
    one = WAITING.after(opinion("C02", False))
    with pytest.raises(no.OpinionsAwaited):
        one.when(decide("grant", "C01", "C02", on=at("2024-07-10 23:59")))
    assert one.when(decide("grant", "C01", "C02", on=at("2024-07-11 00:00")))


def test_v18_fourteen_whole_days_lie_between_where_a_proposer_objects() -> None:
    """Decided on July 2nd: the 3rd to the 16th lie between, so the 17th."""
    assert (decided(DECIDED).objected, decided(DECIDED).disclose_on) == (True, date(2024, 7, 17))
    for early in ("2024-07-03 09:00", "2024-07-16 23:59"):
        with pytest.raises(DisclosureTooEarly):
            DECIDED.when(disclose(at(early), INFORMATION))
    assert DECIDED.when(disclose(at("2024-07-17 00:00"))) == [Disclosed(disclosed_on=date(2024, 7, 17))]


def test_v18_the_days_end_on_an_office_day() -> None:
    """Decided on Friday July 5th: the 20th is a Saturday; the office opens again on Monday the 22nd."""
    stream = SPOKEN.after(decide("grant", "C01", "C02", on=at("2024-07-05 10:00")))
    assert decided(stream).disclose_on == date(2024, 7, 22)


def test_v18_a_city_may_wait_longer() -> None:
    longer = request.after(receive(wait_days=21), ask("C01"), opinion("C01", True))
    assert decided(longer.after(decide("grant", "C01", on=JULY_2))).disclose_on == date(2024, 7, 24)


def test_where_nobody_objects_it_is_disclosed_on_the_next_office_day() -> None:
    agreed = WAITING.after(opinion("C01", False), opinion("C02", False))
    stream = agreed.after(decide("grant", "C01", "C02", on=at("2024-07-05 10:00")))
    assert (decided(stream).objected, decided(stream).disclose_on) == (False, date(2024, 7, 8))


def test_the_last_opinion_counts_until_the_decision() -> None:
    changed = SPOKEN.after(opinion("C01", False, on=JULY_2))
    assert decided(changed.after(decide("grant", "C01", "C02", on=JULY_2))).objected is False
    with pytest.raises(no.DecisionMade):
        DECIDED.when(opinion("C01", False))
    with pytest.raises(no.NotAskedAboutThis):
        WAITING.when(opinion("C03", True))


def test_v18_nobody_gives_an_opinion_for_anothers_case() -> None:
    with pytest.raises(no.NotForYou):
        WAITING.when(opinion("C01", False, actor=RIVAL))
    assert len(WAITING.when(opinion("C01", True, actor=WINDOW))) == 1  # brought to the counter on paper


def test_v18_the_counter_writes_nothing_over_the_proposers_own_word() -> None:
    for staff in (WINDOW, INFORMATION):
        with pytest.raises(no.SpokenThemselves):
            SPOKEN.when(opinion("C01", False, on=JULY_2, actor=staff))
    on_paper = WAITING.after(opinion("C01", False, actor=WINDOW), opinion("C01", True, actor=WINDOW))
    assert on_paper.after(opinion("C01", True), opinion("C01", False)).state.objecting == ()


def test_nobody_takes_back_anothers_request() -> None:
    other = CITIZEN.model_copy(update={"id": "Z-02"})
    with pytest.raises(no.NotForYou):
        OPENED.when(withdraw(other))
    with pytest.raises(no.NotForYou):
        DECIDED.when(object_to(None, JULY_2, other))
    assert OPENED.when(withdraw(WINDOW)) == [RequestWithdrawn()]


def test_a_request_that_touches_no_case_is_decided_without_asking() -> None:
    stream = OPENED.after(decide("grant", on=JULY_2))
    assert decided(stream).disclose_on == date(2024, 7, 3)


@pytest.mark.parametrize(
    ("decision", "changed", "refusal"),
    [
        ("refuse", {"grounds": []}, no.RefusalWithoutGround),
        ("partial", {"redactions": []}, no.NothingBlackened),
        ("grant", {"redactions": [{"what": "方法", "ground": "JK-2"}]}, no.GrantBlackensNothing),
        ("refuse", {"grounds": ["GL7-A1"]}, no.NoSuchGround),
        ("partial", {"redactions": [{"what": "方法", "ground": "JK-9"}]}, no.NoSuchGround),
    ],
)
def test_v07_v08_what_is_not_disclosed_cites_a_ground_of_the_pack(
    decision: str, changed: dict[str, object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        SPOKEN.when(decide(decision, "C01", "C02", on=JULY_2, **changed))


def test_what_is_refused_is_never_disclosed() -> None:
    refused = SPOKEN.after(decide("refuse", "C01", "C02", on=JULY_2))
    assert decided(refused).disclose_on is None
    with pytest.raises(no.NothingToDisclose):
        refused.when(disclose(at("2024-09-01 09:00"), INFORMATION))


def test_v18_an_objection_stops_the_disclosure() -> None:
    assert isinstance(STOPPED.history[-1], ObjectionLodged)
    for actor in (INFORMATION, None):
        with pytest.raises(no.ObjectionPending):
            STOPPED.when(disclose(at("2024-07-17 09:00"), *([actor] if actor else [])))


def test_v18_dismissed_days_lie_between_again() -> None:
    [fact] = STOPPED.when(resolve(1, "dismissed", at("2024-08-20 10:00")))
    assert isinstance(fact, ObjectionResolved)
    assert fact.disclose_on == date(2024, 9, 4)
    over = STOPPED.given(fact)
    with pytest.raises(DisclosureTooEarly):
        over.when(disclose(at("2024-09-03 10:00")))
    assert len(over.when(disclose(at("2024-09-04 00:00")))) == 1


def test_upheld_it_is_decided_on_again() -> None:
    upheld = STOPPED.after(resolve(1, "upheld", at("2024-08-20 10:00")))
    with pytest.raises(no.NoDecisionYet):
        upheld.when(disclose(at("2024-09-04 10:00")))
    facts = upheld.when(decide("refuse", "C01", "C02", on=at("2024-08-21 10:00")))
    assert (facts[0].number, facts[0].decision) == (2, "refuse")  # type: ignore[union-attr]


def test_v22_upheld_there_are_as_many_days_again_for_another_decision() -> None:
    [fact] = STOPPED.when(resolve(1, "upheld", at("2024-08-23 10:00")))
    assert isinstance(fact, ObjectionResolved)
    assert (fact.decide_by, fact.disclose_on) == (date(2024, 9, 9), None)  # 15 days later is a Saturday
    [late] = STOPPED.given(fact).when(escalate(at("2024-09-10 00:00"), "2024-09-09"))
    assert late == EscalationRaised(waiting_for="disclosure_decision", due=date(2024, 9, 9))


def test_v34_who_decided_does_not_decide_on_the_objection() -> None:
    same = MAYOR.model_copy(update={"id": "J-01"})
    with pytest.raises(no.DecidedItYourself):
        STOPPED.when(resolve(1, "dismissed", JULY_2, actor=same))
    with pytest.raises(NotYours):
        STOPPED.when(resolve(1, "dismissed", JULY_2, actor=INFORMATION))


def test_a_requester_objects_to_what_is_not_disclosed_and_stops_nothing() -> None:
    stream = DECIDED.after(object_to(None, JULY_2, CITIZEN))
    assert len(stream.when(disclose(at("2024-07-17 09:00")))) == 1
    granted = SPOKEN.after(decide("grant", "C01", "C02", on=JULY_2))
    with pytest.raises(no.NothingToObjectTo):
        granted.when(object_to(None, JULY_2, CITIZEN))
    refused = SPOKEN.after(decide("refuse", "C01", "C02", on=JULY_2))
    with pytest.raises(no.NothingToObjectTo):
        refused.when(object_to("C01", JULY_2))


def test_each_objects_for_themselves() -> None:
    with pytest.raises(no.NotForYou):
        DECIDED.when(object_to(None, JULY_2, PARTNER))
    with pytest.raises(no.NotForYou):
        DECIDED.when(object_to("C01", JULY_2, CITIZEN))
    with pytest.raises(no.NotForYou):
        DECIDED.when(object_to("C01", JULY_2, RIVAL))
    with pytest.raises(no.NobodysObjection):
        DECIDED.when(object_to("C09", JULY_2))
    with pytest.raises(no.ObjectedAlready):
        STOPPED.when(object_to("C01", JULY_2))
    assert len(DECIDED.when(object_to("C02", JULY_2, WINDOW))) == 1


def test_objections_come_between_decision_and_disclosure() -> None:
    with pytest.raises(no.NoDecisionYet):
        SPOKEN.when(object_to("C01", JULY_2))
    with pytest.raises(no.AlreadyDisclosed):
        DECIDED.after(disclose(at("2024-07-17 09:00"))).when(object_to("C01", at("2024-07-17 10:00")))
    with pytest.raises(no.NoSuchObjection):
        DECIDED.when(resolve(1, "dismissed", JULY_2))


def test_a_request_is_taken_back_at_any_time_before_disclosure() -> None:
    for stream in (OPENED, WAITING, DECIDED, STOPPED):
        assert stream.when(withdraw()) == [RequestWithdrawn()]
        gone = stream.after(withdraw())
        assert gone.when(withdraw()) == []
        with pytest.raises(no.RequestTakenBack):
            gone.when(disclose(at("2024-09-04 10:00")))
        with pytest.raises(no.RequestTakenBack):
            gone.when(decide("grant", on=JULY_2))
    with pytest.raises(no.AlreadyDisclosed):
        DECIDED.after(disclose(at("2024-07-17 09:00"))).when(withdraw())


def test_disclosed_once() -> None:
    assert DECIDED.after(disclose(at("2024-07-17 09:00"))).when(disclose(at("2024-07-18 09:00"))) == []


def test_v22_what_is_not_decided_in_time_is_escalated() -> None:
    [fact] = WAITING.when(escalate(at("2024-07-17 00:00")))
    assert fact == EscalationRaised(waiting_for="disclosure_decision", due=date(2024, 7, 16))
    assert WAITING.given(fact).when(escalate(at("2024-07-17 00:00"))) == []
    assert DECIDED.when(escalate(at("2024-07-17 00:00"))) == []


def test_v17_the_request_itself_is_read_for_a_purpose() -> None:
    [fact] = OPENED.when(read_request())
    assert isinstance(fact, RequestRead)
    assert fact.purpose == "対象文書の特定"
    with pytest.raises(NotYours):
        OPENED.when(read_request(PARTNER))


def test_nothing_is_done_about_a_request_that_is_not_there() -> None:
    for command in (
        ask("C01"),
        opinion("C01", True),
        decide("grant", on=JULY_2),
        object_to("C01", JULY_2),
        resolve(1, "dismissed", JULY_2),
        disclose(JULY_1),
        withdraw(),
        read_request(),
    ):
        with pytest.raises(no.NoSuchRequest):
            request.when(command)
    assert SERVICE.role not in type(receive()).by
