"""What intake's read models show, and what they never show (V15, GL5-04)."""

from __future__ import annotations

import json
from typing import Any

from chassis.projections import Put, ReadModel
from contracts.fact import Fact
from contracts.intake import CorrectionSubmitted, ProposalLapsed, Stage, WithdrawalCameTooLate, Withdrawn
from services.intake.projections import CASES
from services.intake.projections.ideas import idea
from services.intake.receipts import hashed
from tests.intake.sample import ASKED, DUE, IDEA, RECEIVED, SECRET, SUBMITTED, reached, recorded


def row(model: ReadModel, *facts: Fact) -> dict[str, Any]:
    """The document that the facts of one case leave."""
    doc: dict[str, Any] = {}
    for fact in facts:
        for change in model.project(recorded(fact)):
            assert isinstance(change, Put)
            assert change.key == "C01"
            doc |= change.doc
    json.dumps(doc)  # can be kept as JSON
    return doc


def test_a_case_shows_where_it_stands() -> None:
    status = [
        row(CASES, *facts)["status"]
        for facts in (
            [SUBMITTED],
            [SUBMITTED, ASKED],
            [SUBMITTED, ASKED, CorrectionSubmitted()],
            [SUBMITTED, ASKED, ProposalLapsed(due=DUE)],
            [SUBMITTED, RECEIVED],
            [SUBMITTED, RECEIVED, reached(Stage.MATCHING)],
            [SUBMITTED, RECEIVED, Withdrawn()],
            [SUBMITTED, RECEIVED, Withdrawn(), WithdrawalCameTooLate()],
        )
    ]
    assert status == [
        "submitted",
        "correction",
        "submitted",
        "lapsed",
        "screening",
        "matching",
        "withdrawn",
        "agreed",
    ]


def test_a_case_keeps_what_its_proposer_proves_and_is_told() -> None:
    doc = row(CASES, SUBMITTED, ASKED, CorrectionSubmitted(), RECEIVED)
    assert doc == {
        "kind": "free_proposal",
        "theme": None,
        "channel": "web",
        "receipt_number": "R2023-0001",
        "secret_hash": hashed(SECRET),
        "submitted_on": "2023-08-21",
        "previous_case": None,
        "organisation": "株式会社ミマモリ架空電機",
        "status": "screening",
        "due": None,
        "overdue": None,
        "edition": "tokorozawa/2023-07",
        "received_on": "2023-08-21",
    }


def test_a_case_tells_nothing_of_its_idea() -> None:
    corrected = CorrectionSubmitted.model_validate({"title": "改題", "body": "改めた内容"})
    shown = json.dumps(row(CASES, SUBMITTED, ASKED, corrected, RECEIVED), ensure_ascii=False)
    for secret in (IDEA, "IoT電球", "架空 一郎", "見守一丁目", "改題", "改めた内容", "実施体制"):
        assert secret not in shown


def test_the_office_reads_the_proposal_as_last_corrected() -> None:
    corrected = CorrectionSubmitted.model_validate({"title": "改題", "city_cost": {"class": "undetermined"}})
    doc = idea([SUBMITTED, ASKED, corrected])
    assert doc is not None
    assert doc["title"] == "改題"
    assert doc["body"] == IDEA
    assert doc["proposer"]["representative"] == "架空 一郎"
    assert doc["city_cost"] == {"class": "undetermined", "amount_yen": None, "note": None}
