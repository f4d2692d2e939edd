"""What the city provides is asked for by its catalogue, and answered by the section in charge (GL5-05)."""

from datetime import date

import pytest

from chassis.decider import NotYours
from chassis.projections import Put
from contracts.agreements import ResourceGranted, ResourceRefused, ResourceRequested
from contracts.confidential import Confidential
from guidelines.catalogue import catalogue
from services.agreements.domain.dialogue import DialogueOver
from services.agreements.domain.environment.requests import (
    AnsweredBefore,
    NoSuchRequest,
    NoSuchResource,
    NotInCharge,
    RefusedWithoutClause,
)
from services.agreements.domain.standing import CaseStopped, NotInDialogue, NotLeadSection
from services.agreements.policies import NoSuchClause
from services.agreements.projections.requests import REQUESTS
from tests.agreements.sample import (
    DIALOGUE,
    EDITION,
    FINANCE,
    LEAD,
    OTHER,
    PARTNER,
    PREPARED,
    RUNNING,
    STANDS_STILL,
    TO_EVALUATE,
    ask,
    case,
    grant_resource,
    recorded,
    refuse_resource,
    suspend,
)
from tests.deciding import by

WHY = Confidential("センサーを8台設置する")
ASKED = DIALOGUE.after(ask())


def test_either_side_asks_for_something_of_the_catalogue() -> None:
    for actor, side in ((PARTNER, "partner"), (LEAD, "city")):
        assert DIALOGUE.when(ask(actor=actor)) == [
            ResourceRequested.model_validate(
                {
                    "number": 1,
                    "resource": "roads",
                    "kind": "field",
                    "section": "S27",
                    "edition": EDITION.id,
                    "purpose": WHY,
                    "by": side,
                    "answer_by": date(2023, 10, 24),  # ten office days on
                }
            )
        ]
    with pytest.raises(NotLeadSection):
        DIALOGUE.when(ask(actor=OTHER))


def test_it_is_asked_for_while_the_sides_talk_and_once_until_it_is_answered() -> None:
    for stream in (DIALOGUE, PREPARED, RUNNING, STANDS_STILL):
        assert stream.when(ask())
    assert ASKED.when(ask(actor=LEAD)) == []
    assert ASKED.after(refuse_resource()).when(ask())
    with pytest.raises(DialogueOver):
        TO_EVALUATE.when(ask())
    with pytest.raises(NotInDialogue):
        case.when(ask())
    with pytest.raises(CaseStopped):
        DIALOGUE.after(suspend()).when(ask())


def test_what_the_catalogue_does_not_have_is_not_asked_for() -> None:
    with pytest.raises(NoSuchResource):
        DIALOGUE.when(ask("moon"))


def test_the_section_in_charge_grants_it_with_the_licence_of_the_catalogue() -> None:
    assert ASKED.when(grant_resource()) == [
        ResourceGranted(number=1, resource="roads", conditions=Confidential("夜間に限る"))
    ]
    data = DIALOGUE.after(ask("population-by-district"))
    [granted] = data.when(grant_resource(actor=by("section:U-05:S05")))
    assert isinstance(granted, ResourceGranted)
    assert granted.licence == "CC-BY-4.0"
    for command in (grant_resource(actor=LEAD), refuse_resource(actor=LEAD)):
        with pytest.raises(NotInCharge, match="S27"):
            ASKED.when(command)
    with pytest.raises(NotYours):
        ASKED.when(grant_resource(actor=FINANCE))


def test_v07_it_is_refused_with_reasons_and_a_clause_that_stands_in_the_edition() -> None:
    assert ASKED.when(refuse_resource()) == [
        ResourceRefused(
            number=1,
            resource="roads",
            reasons=Confidential("通行を妨げる"),
            clauses=("GL7-B2",),
            edition=EDITION.id,
        )
    ]
    with pytest.raises(RefusedWithoutClause):
        ASKED.when(refuse_resource(clauses=()))
    with pytest.raises(NoSuchClause):  # V08
        ASKED.when(refuse_resource(clauses=("GL9-9",)))


def test_it_is_answered_once() -> None:
    granted, refused = ASKED.after(grant_resource()), ASKED.after(refuse_resource())
    assert granted.when(grant_resource()) == refused.when(refuse_resource()) == []
    for stream, command in ((granted, refuse_resource()), (refused, grant_resource())):
        with pytest.raises(AnsweredBefore):
            stream.when(command)
    with pytest.raises(NoSuchRequest):
        ASKED.when(grant_resource(2))


def test_a_section_sees_what_waits_for_it_and_not_what_it_is_for() -> None:
    doc: dict[str, object] = {}
    for fact in ASKED.after(grant_resource()).history:
        for change in REQUESTS.project(recorded(fact)):
            assert isinstance(change, Put)
            assert change.key == "C01:1"
            doc |= change.doc
    assert (doc["case"], doc["section"], doc["status"], doc["answer_by"]) == (
        "C01",
        "S27",
        "granted",
        "2023-10-24",
    )
    assert "8台" not in str(doc)
    assert "purpose" not in doc


def test_every_resource_says_who_is_in_charge_and_of_data_under_which_licence() -> None:
    for resource in catalogue(EDITION.id):
        assert EDITION.section(resource.section)
        assert resource.licence or resource.kind != "data"
    assert catalogue("kakuu-minato/2024-04")[0].id == "pier-plaza"
