"""Procurements in OCDS 1.1.5: valid by the official schemas, merged by the reference implementation (V36)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from chassis.rebuild import rebuild
from contracts.agreements import (
    AgreementSigned,
    Awarded,
    AwardedToOther,
    BudgetAssigned,
    Incentive,
    MethodChosen,
    Procured,
    ProcurementAbandoned,
    ProcurementOpened,
    SpecificationPublished,
)
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import Partner
from contracts.publication import ProcurementReleased
from services.publication.consumers.listings import release
from services.publication.main import SERVICE
from services.publication.ocds.record import SCHEMA
from services.publication.projections import RELEASES
from tests.deciding import Deciding, at
from tests.publication.checker import found_wrong
from tests.publication.hall import Hall
from tests.publication.sample import EDITION, FIRM, JUNE, SECRET_IDEA, listing, recorded

HERE = Path(__file__).parent / "ocds"
OTHER = Partner(name="架空競合株式会社", corporate_number="8999901000108")
SECRET = Confidential(SECRET_IDEA)
OPENED = ProcurementOpened(ground="expenditure", reason=SECRET)
CHOSEN = MethodChosen(
    method="proposal_competition",
    item=2,
    reason=SECRET,
    kind="other",
    purpose="集団健診の受付業務の委託",
    amount_yen=5_280_000,
    contract_date=date(2024, 10, 1),
    incentive=Incentive(points=5, published_on=date(2024, 6, 1), reference="公募要領 第3項"),
    partner=Partner.model_validate(FIRM),
    chosen_by="K-01",
    edition=EDITION.id,
)
BUDGET = BudgetAssigned(fiscal_year=2024, reference="令和6年度 衛生費", amount_yen=5_280_000)
SPECIFIED = SpecificationPublished(reference="仕様書 第1版", published_on=date(2024, 7, 1), holds_idea=False)
AWARDED = Awarded(
    method="proposal_competition",
    item=2,
    kind="other",
    purpose="集団健診の受付業務の委託",
    partner=Partner.model_validate(FIRM),
    amount_yen=5_000_000,
    contract_date=date(2024, 10, 1),
    term_from=date(2024, 10, 1),
    term_to=date(2025, 3, 31),
    awarded_on=date(2024, 9, 2),
)
TO_OTHER = AwardedToOther(
    method="general_bidding",
    kind="other",
    purpose="集団健診の受付業務の委託",
    organisation=OTHER,
    amount_yen=4_000_000,
    contract_date=date(2024, 10, 1),
    idea_protected=True,
    reasons=SECRET,
    clauses=("GL6-1",),
    edition=EDITION.id,
    decided_by="K-01",
    awarded_on=date(2024, 9, 2),
)
ABANDONED = ProcurementAbandoned(ground="no_bid", reasons=SECRET)
SIGNED = AgreementSigned(
    form="service_contract",
    signed_on=date(2024, 10, 1),
    title=SECRET,
    partner_signatory=Confidential("架空 診子"),
    screening_as_of=date(2024, 9, 20),
    cost_class="expenditure",
    term_from=date(2024, 10, 1),
    term_to=date(2025, 3, 31),
    procured=Procured(amount_yen=5_000_000, fiscal_years=(2024,)),
)
TO_THE_PROPOSER = (OPENED, CHOSEN, BUDGET, SPECIFIED, AWARDED, SIGNED)
OCID = "ocds-000000-C05"


def validator(schema: Path) -> Draft4Validator:
    """Asks nobody on the network: what a schema refers to is the file in the service."""
    of_releases = json.loads(SCHEMA.read_bytes())
    resource = Resource.from_contents(of_releases, default_specification=DRAFT4)
    registry: Registry[Any] = Registry().with_resource(of_releases["id"], resource)
    checker = Draft4Validator.FORMAT_CHECKER
    return Draft4Validator(json.loads(schema.read_bytes()), registry=registry, format_checker=checker)


RELEASE = validator(SCHEMA)
PACKAGES = {
    "releases": validator(HERE / "release-package-schema.json"),
    "records": validator(HERE / "record-package-schema.json"),
}


def course(*facts: Fact) -> list[ProcurementReleased]:
    """The releases that follow, each valid."""
    stream: Deciding[Any, Any, Any] = listing
    for number, fact in enumerate(facts, start=1):
        for _, command in release(recorded(fact, "partnership/C05", f"F-{number}"), JUNE):
            stream = stream.after(command)
    for made in stream.history:
        RELEASE.validate(orjson.loads(made.release))
    return list(stream.history)


def tags(made: Sequence[ProcurementReleased]) -> list[tuple[str, ...]]:
    return [each.tags for each in made]


def test_the_schema_refuses_what_is_no_release() -> None:
    assert not RELEASE.is_valid({"ocid": OCID, "id": "1", "date": "2024", "tag": ["nonsense"]})


def test_a_procurement_is_told_step_by_step_from_planning_to_contract() -> None:
    made = course(*TO_THE_PROPOSER)
    assert tags(made) == [
        ("planning",),
        ("planningUpdate",),
        ("planningUpdate",),
        ("tender",),
        ("award",),
        ("contract",),
    ]
    assert {each.ocid for each in made} == {OCID}
    assert [each.release_id for each in made] == [f"F-{number}" for number in range(1, 7)]
    told = [orjson.loads(each.release) for each in made]
    assert told[1]["tender"]["procurementMethod"] == "open"
    assert "第167条の2第1項第2号" in told[1]["tender"]["procurementMethodDetails"]
    assert "加点 5点" in told[1]["tender"]["awardCriteriaDetails"]
    assert told[4]["awards"][0]["value"] == {"amount": 5_000_000, "currency": "JPY"}
    assert told[5]["contracts"][0]["awardID"] == told[4]["awards"][0]["id"]


def test_organisations_are_known_by_their_corporate_numbers() -> None:
    awarded = orjson.loads(course(OPENED, AWARDED)[-1].release)
    [buyer, supplier] = awarded["parties"]
    assert buyer["id"] == "JP-JCN-9000020112089"
    assert buyer["identifier"] == {"scheme": "JP-JCN", "id": "9000020112089", "legalName": "所沢市"}
    assert (
        supplier["id"] == f"JP-JCN-{FIRM['corporate_number']}" == awarded["awards"][0]["suppliers"][0]["id"]
    )


def test_who_has_no_corporate_number_has_a_local_id() -> None:
    nobody = AWARDED.model_copy(update={"partner": Partner(name="架空の会")})
    awarded = orjson.loads(course(OPENED, nobody)[-1].release)
    assert (awarded["parties"][1]["id"], "identifier" in awarded["parties"][1]) == ("supplier", False)


def test_v15_neither_reasons_nor_the_ceiling_nor_who_is_meant_are_told() -> None:
    before = "".join(each.release for each in course(OPENED, CHOSEN, BUDGET, SPECIFIED))
    assert FIRM["name"] not in before
    assert "5280000" not in before
    whole = "".join(each.release for each in course(*TO_THE_PROPOSER)) + course(OPENED, TO_OTHER)[-1].release
    assert SECRET_IDEA not in whole


def test_an_award_to_another_names_the_other() -> None:
    made = course(OPENED, CHOSEN, SPECIFIED, TO_OTHER)
    assert OTHER.name in made[-1].release
    assert FIRM["name"] not in made[-1].release


def test_what_is_given_up_is_cancelled_and_procured_anew_under_another_number() -> None:
    made = course(OPENED, CHOSEN, SPECIFIED, ABANDONED, OPENED, CHOSEN, SPECIFIED, AWARDED, ABANDONED)
    assert tags(made)[3:5] == [("tenderCancellation",), ("planning",)]
    assert tags(made)[-1] == ("awardCancellation", "tenderCancellation")
    assert orjson.loads(made[-1].release)["awards"][0]["status"] == "cancelled"
    assert [each.ocid for each in made] == [OCID] * 4 + [f"{OCID}-2"] * 5


def test_what_was_only_planned_is_withdrawn() -> None:
    [_, last] = course(OPENED, ABANDONED)
    assert orjson.loads(last.release)["tender"]["status"] == "withdrawn"


def test_an_agreement_without_a_procurement_tells_nothing() -> None:
    assert course(SIGNED.model_copy(update={"procured": None})) == []
    assert course(SIGNED) == []


def test_v36_told_twice_it_is_released_once_and_with_the_same_bytes() -> None:
    twice = recorded(OPENED, "partnership/C05", "F-1")
    [(_, command)] = release(twice, JUNE)
    once = listing.after(command)
    [(_, later)] = release(twice, at("2025-01-06 09:00"))
    assert once.when(later) == []
    assert listing.when(later) == listing.when(command)


async def tell(hall: Hall, *facts: Fact) -> None:
    for fact in facts:
        await hall.hear(fact, "partnership/C05")


async def test_the_standards_own_checks_find_nothing_wrong(hall: Hall) -> None:
    await tell(hall, *TO_THE_PROPOSER)
    package = (await hall.get("/procurements/releases?limit=9")).json()
    assert len(package["releases"]) == len(TO_THE_PROPOSER)
    assert found_wrong(package) == {}
    del package["releases"][0]["ocid"]
    package["releases"][0]["tag"] = ["unheard-of"]
    wrong = found_wrong(package)
    assert [each["type"] for each in wrong["validation_errors"]] == ["required"]
    assert "unheard-of" in str(wrong["additional_closed_codelist_values"])


async def test_packages_and_records_are_valid_and_merged_as_the_standard_says(hall: Hall) -> None:
    await tell(hall, *TO_THE_PROPOSER)
    for kind, schema in PACKAGES.items():
        reply = await hall.get(f"/procurements/{kind}?limit=3")
        schema.validate(reply.json())
    package = (await hall.get(f"/procurements/records/{OCID}")).json()
    PACKAGES["records"].validate(package)
    [record] = package["records"]
    RELEASE.validate(record["compiledRelease"])
    compiled = record["compiledRelease"]
    assert compiled["tag"] == ["compiled"]
    assert compiled["tender"]["title"] == "集団健診の受付業務の委託"
    assert compiled["tender"]["status"] == "complete"
    assert [each["status"] for each in compiled["contracts"]] == ["active"]
    assert sorted(party["roles"] for party in compiled["parties"]) == [
        ["buyer", "procuringEntity"],
        ["supplier"],
    ]
    assert package["publisher"] == {"name": "所沢市", "scheme": "JP-JCN", "uid": "9000020112089"}


async def test_releases_come_in_pages(hall: Hall) -> None:
    await tell(hall, *TO_THE_PROPOSER)
    ids: list[str] = []
    following: str | None = "/procurements/releases?limit=4"
    while following:
        package = (await hall.get(following)).json()
        PACKAGES["releases"].validate(package)
        ids += [each["id"] for each in package["releases"]]
        address = package.get("links", {}).get("next")
        following = address and address.partition("/publication")[2]
    assert len(ids) == len(set(ids)) == 6


async def test_v36_a_release_is_the_same_bytes_for_ever_and_later_ones_are_added(hall: Hall) -> None:
    await tell(hall, OPENED, CHOSEN)
    ids = [each["id"] for each in (await hall.get("/procurements/releases")).json()["releases"]]
    before = {id_: await hall.get(f"/procurements/releases/{id_}") for id_ in ids}
    stored = await hall.parts.pool.fetch("select key, doc::text from public_releases order by key")
    await tell(hall, SPECIFIED, AWARDED, SIGNED)
    assert await rebuild(hall.parts.store, RELEASES)
    for id_, first in before.items():
        later = await hall.get(f"/procurements/releases/{id_}")
        assert (later.raw, later.headers["etag"]) == (first.raw, first.headers["etag"])
        assert "immutable" in later.headers["cache-control"]
        assert (
            await hall.get(f"/procurements/releases/{id_}", If_None_Match=first.headers["etag"])
        ).status == 304
    after = await hall.parts.pool.fetch("select key, doc::text from public_releases order by key")
    assert [row for row in after if row["key"] in ids] == stored
    assert len(after) == 5
    assert RELEASES in SERVICE.read_models


@pytest.mark.parametrize("kind", ["releases", "records"])
async def test_where_nothing_is_procured_a_package_is_empty(hall: Hall, kind: str) -> None:
    package = (await hall.get(f"/procurements/{kind}")).json()
    assert (package[kind], package["version"]) == ([], "1.1")
