"""What `renkei guideline check` finds in a pack beyond its shape: each of these would slip through otherwise."""

import json
import shutil

import pytest

import guidelines
from guidelines.check import check
from tests.guidelines.conftest import Pack


@pytest.mark.parametrize("edition", guidelines.editions())
def test_what_ships_is_in_order(edition: str) -> None:
    assert check(guidelines.folder_of(edition)) == []


def only(findings: list[str]) -> str:
    assert len(findings) == 1, findings
    return findings[0]


def test_a_broken_edition_is_told_line_by_line(pack: Pack) -> None:
    pack.replace("edition.json", '"receipt": 3', '"receipt": -3')
    pack.replace("edition.json", '"correction": 5', '"correction": -5')
    assert [finding.partition(": ")[2].partition(":")[0] for finding in check(pack.folder)] == [
        "periods.receipt",
        "periods.correction",
    ]


def test_a_rule_that_is_missing_is_named(pack: Pack) -> None:
    (pack.folder / "rules" / "route.json").unlink()
    assert only(check(pack.folder)).endswith("route.json: the file is missing")


def test_a_rule_that_cannot_be_evaluated_is_named(pack: Pack) -> None:
    pack.replace("rules/route.json", '"cost": "\\"none\\""', '"cost": "\\"none"')
    assert "row free, column cost" in only(check(pack.folder))


def test_v08_a_rule_cites_clauses_of_its_edition_only(pack: Pack) -> None:
    pack.replace("rules/route.json", '"reason": "\\"GL5-03\\""', '"reason": "\\"GL5-99\\""')
    findings = check(pack.folder)
    assert any("row expenditure cites GL5-99, which tokorozawa/2023-07 does not have" in f for f in findings)


def test_a_test_that_fails_is_named_with_both_answers(pack: Pack) -> None:
    pack.replace("rules/tests/route.json", '{"next": "not_established"', '{"next": "procurement"')
    finding = only(check(pack.folder))
    assert "不成立: expected " in finding
    assert "procurement" in finding.partition("the rule says")[0]


def test_a_template_that_is_wrong_is_found_once_its_pack_is_known(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = pack.copy("tokorozawa/2025-04", "2025-04-01")
    shutil.rmtree(pack.folder)
    (later.folder / "notices" / "official" / "ineligible.txt").write_text("{{ nobody_knows_this }}")
    monkeypatch.setenv("RENKEI_GUIDELINES", str(later.root))
    assert any("a template of ineligible is wrong" in finding for finding in check(later.folder))


def test_a_row_that_no_test_meets_is_named(pack: Pack) -> None:
    path = pack.folder / "rules" / "tests" / "route.json"
    tests = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(
        json.dumps([t for t in tests if t["inputs"]["cost_class"] != "expenditure"]), encoding="utf-8"
    )
    assert only(check(pack.folder)).endswith("no test meets row expenditure of table route")


def test_rules_without_tests_are_found(pack: Pack) -> None:
    (pack.folder / "rules" / "tests" / "route.json").unlink()
    assert only(check(pack.folder)).endswith("rules/tests/route.json: the file is missing")


def test_a_test_of_another_shape_is_named(pack: Pack) -> None:
    (pack.folder / "rules" / "tests" / "route.json").write_text('[{"name": "x"}]', encoding="utf-8")
    assert "0.inputs: Field required" in only(check(pack.folder))


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (  # the row of a requirement names another
            '"law": "", "excluded": "\\"GL7-B3\\""',
            '"law": "", "excluded": "\\"GL7-B4\\""',
            "GL7-B3 applies alone and does not exclude, or not by its own name",
        ),
        (  # staff alone could exclude
            '"clause": "\\"GL7-A4\\"", "applies": "true", "finding": "true"',
            '"clause": "\\"GL7-A4\\"", "applies": "true", "finding": ""',
            "GL7-A4 excludes without a finding of the mayor",
        ),
        (  # a later edition's protection of the law is passed over
            '"finding": "", "law": "true"',
            '"finding": "true", "law": "true"',
            "a clause of the edition in force that protects the law does not count",
        ),
        (  # every clause of a later edition would bind
            '"finding": "", "law": "true"',
            '"finding": "", "law": ""',
            "a clause of another edition excludes, though it does not protect the law",
        ),
        ('"count": "> 0"', '"count": "> 1"', "applies alone and does not exclude"),
        (
            '"count": "0", "decision": "\\"eligible\\""',
            '"count": "0", "decision": "\\"ok\\""',
            "is not eligible",
        ),
    ],
)
def test_eligibility_says_what_every_city_has_to_say(pack: Pack, before: str, after: str, what: str) -> None:
    pack.replace("rules/eligibility.json", before, after)
    assert any(what in finding for finding in check(pack.folder))


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (  # V01: money that takes a short cut
            '"next": "\\"procurement\\"", "reason": "\\"GL5-03\\""',
            '"next": "\\"agreement_prep\\"", "reason": "\\"GL5-03\\""',
            "past a procurement",
        ),
        (  # V06
            '"next": "\\"undecided\\"", "reason": "\\"GL6-1\\""',
            '"next": "\\"agreement_prep\\"", "reason": "\\"GL6-1\\""',
            "past a procurement or an approval",
        ),
        ('"next": "\\"undecided\\"", "reason": "\\"GL5-03\\""', '"next": "\\"later\\""', "leads to later"),
        ('"next": "\\"not_established\\""', '"next": "\\"undecided\\""', "leads to undecided"),
    ],
)
def test_a_route_lets_no_money_past_a_procurement(pack: Pack, before: str, after: str, what: str) -> None:
    pack.replace("rules/route.json", before, after)
    assert any(what in finding for finding in check(pack.folder))


def test_a_catalogue_names_sections_that_are_there_and_each_thing_once(pack: Pack) -> None:
    pack.replace("catalogue.json", '"section": "S27"', '"section": "S99"')
    pack.replace("catalogue.json", '"id": "parks"', '"id": "roads"')
    assert [finding.partition("catalogue.json: ")[2] for finding in check(pack.folder)] == [
        "roads: tokorozawa/2023-07 has no section S99",
        "roads stands there 2 times",
    ]


def test_a_catalogue_that_cannot_be_read_is_named(pack: Pack) -> None:
    pack.replace("catalogue.json", '"kind": "expert"', '"kind": "wizard"')
    assert "catalogue.json: 8.kind" in only(check(pack.folder))


def test_an_edition_may_provide_nothing(pack: Pack) -> None:
    (pack.folder / "catalogue.json").unlink()
    assert check(pack.folder) == []
