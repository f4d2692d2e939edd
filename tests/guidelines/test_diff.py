"""What a revision changes, by clause."""

import pytest

import guidelines
from guidelines.diff import Change, compare
from tests.guidelines.conftest import Pack
from tests.guidelines.test_packs import HERE

REVISED = HERE / "tokorozawa" / "2024-10"


@pytest.fixture
def later(pack: Pack) -> Pack:
    return pack.copy("tokorozawa/2025-04", "2025-04-01")


def between(pack: Pack, later: Pack) -> list[Change]:
    """All but the day on which it takes effect, which always differs."""
    changes = compare(pack.folder, later.folder)
    assert changes[0].what == "effective"
    return changes[1:]


def test_an_edition_says_the_same_as_itself(pack: Pack) -> None:
    assert compare(pack.folder, pack.folder) == []


def test_a_reworded_clause_is_shown_with_both_wordings(pack: Pack, later: Pack) -> None:
    later.replace("clauses.json", "公序良俗に反するもの", "公の秩序に反するもの")
    [change] = between(pack, later)
    assert (change.part, change.what, change.kind) == ("clauses", "GL7-B3", "changed")
    assert change.before is not None
    assert "公序良俗" in change.before
    assert change.after is not None
    assert "公の秩序" in change.after


def test_a_clause_that_begins_to_exclude_is_shown(pack: Pack, later: Pack) -> None:
    later.replace("edition.json", '"GL7-A3",\n    "GL7-B2"', '"GL7-A3",\n    "GL7-B2",\n    "GL7-B3"')
    [change] = between(pack, later)
    assert (change.part, change.what) == ("requirements", "GL7-B3")
    assert (change.before, change.after) == ("project_clauses", "project_clauses, law_clauses")


@pytest.mark.parametrize(
    ("file", "before", "after", "part", "what"),
    [
        ("edition.json", '"screening": 10', '"screening": 15', "periods", "screening"),
        ("edition.json", '"12-29"', '"12-28"', "calendar", "closed"),
        ("edition.json", '"経営企画部長"', '"企画部長"', "delegates", "D-01"),
        ("edition.json", '"keep"', '"migrate"', "edition", "running_cases"),
        ("thresholds.json", "500000\n    },", "1\n    },", "thresholds", "small_contract_limits 1982-10-01: other"),
        ("sections.json", '"高齢者支援課"', '"長寿支援課"', "sections", "S14 name"),
        ("rules/route.json", '"\\"GL4-4\\""', '"\\"GL6-2\\""', "rules", "route: route: not-established"),
        ("rules/eligibility.json", "flatten(grounds)", "flatten( grounds)", "rules", "eligibility: all but its rows"),
    ],
)  # fmt: skip
def test_whatever_else_changes_is_named(
    pack: Pack, later: Pack, file: str, before: str, after: str, part: str, what: str
) -> None:
    later.replace(file, before, after)
    [change] = between(pack, later)
    assert (change.part, change.what, change.kind) == (part, what, "changed")


def test_the_order_of_rows_counts_where_the_first_match_decides(pack: Pack, later: Pack) -> None:
    path = later.folder / "rules" / "route.json"
    lines = path.read_text(encoding="utf-8").split("\n")
    first = next(n for n, line in enumerate(lines) if '"_id": "expenditure"' in line)
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    path.write_text("\n".join(lines), encoding="utf-8")
    [change] = between(pack, later)
    assert change.what == "route: route: order of the rows"


def test_a_new_template_of_a_notice_is_shown(pack: Pack, later: Pack) -> None:
    (later.folder / "notices").mkdir(exist_ok=True)
    (later.folder / "notices" / "new.txt").write_text("通知")
    [change] = between(pack, later)
    assert (change.part, change.what, change.kind) == ("notices", "new.txt", "added")


def test_what_no_section_does_is_shown_by_its_kind(pack: Pack, later: Pack) -> None:
    (pack.folder / "outside.json").write_text(
        '[{"name": "県の仕事", "examples": ["免許の更新"]}]', encoding="utf-8"
    )
    (later.folder / "outside.json").write_text(
        '[{"name": "県の仕事", "examples": ["免許の更新", "旅券"]}]', encoding="utf-8"
    )
    [change] = between(pack, later)
    assert (change.part, change.what, change.kind) == ("others", "outside: 県の仕事", "changed")


def test_a_revision_is_told_by_clause() -> None:
    changes = compare(guidelines.folder_of("tokorozawa/2023-07"), REVISED)
    told = {(change.part, change.what, change.kind) for change in changes}
    assert {
        ("clauses", "GL7-A5", "added"),
        ("clauses", "GL7-B1", "changed"),
        ("requirements", "GL7-A5", "added"),
        ("periods", "correction", "changed"),
        ("periods", "screening", "changed"),
        ("rules", "eligibility: requirements: GL7-A5", "added"),
    } <= told
    assert not [change for change in changes if change.part == "clauses" and change.kind == "removed"]
