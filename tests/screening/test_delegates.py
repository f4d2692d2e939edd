"""Who acts in the mayor's place, for which clause, on which day: the pack says it (V13)."""

import json
import shutil
from pathlib import Path

import pytest

from contracts.screening import EligibilityDecided, MayorFound
from services.screening.policies import NotADelegate
from tests.deciding import at, by
from tests.screening.sample import (
    DELEGATE,
    MAYOR,
    SUSPENSION,
    about_partner,
    about_project,
    ask_again,
    declare,
    find,
    opened,
    screen_partner,
    screen_project,
    uphold,
)

DEPUTY = by("delegate:D-02")  # for GL7-A4 alone
STAND_IN = by("delegate:D-03")  # for GL7-B6 until 2024-03-31
STRANGER = by("delegate:D-77")
EXCLUDED = opened.after(screen_partner(about_partner("GL7-A2"), measures=[SUSPENSION]))


def test_v13_the_mayor_always_may() -> None:
    assert len(opened.when(find("GL7-A4", actor=by("mayor:M-99")))) == 1


def test_v13_a_delegate_may_for_the_clauses_of_the_delegation() -> None:
    [fact] = opened.when(find("GL7-A4", actor=DEPUTY))
    assert isinstance(fact, MayorFound)
    assert fact.found_by == "D-02"
    with pytest.raises(NotADelegate, match=r"D-02 .*GL7-B6"):
        opened.when(find("GL7-B6", actor=DEPUTY))


def test_v13_a_delegate_may_until_the_last_day_of_the_delegation() -> None:
    assert len(opened.when(find("GL7-B6", actor=STAND_IN, on=at("2024-03-31 23:59")))) == 1
    with pytest.raises(NotADelegate, match="2024-04-01"):
        opened.when(find("GL7-B6", actor=STAND_IN, on=at("2024-04-01 00:00")))


def test_v13_who_calls_themselves_a_delegate_is_none() -> None:
    with pytest.raises(NotADelegate, match="D-77"):
        opened.when(find("GL7-A4", actor=STRANGER))
    with pytest.raises(NotADelegate, match="D-77"):
        EXCLUDED.when(declare(STRANGER))
    with pytest.raises(NotADelegate):
        EXCLUDED.when(declare(STAND_IN))  # a delegate once, and no more


def test_v13_who_declares_what_only_the_mayor_finds_is_delegated_for_that() -> None:
    unfit = opened.after(screen_partner(), find("GL7-B6"), screen_project(about_project("GL7-B6")))
    with pytest.raises(NotADelegate, match="GL7-B6"):
        unfit.when(declare(DEPUTY))
    [fact] = unfit.when(declare(DELEGATE))
    assert isinstance(fact, EligibilityDecided)
    assert len(EXCLUDED.when(declare(DEPUTY))) == 1  # what registers say is nobody's finding


def test_v13_so_is_who_looks_at_it_again() -> None:
    asked = opened.after(
        screen_partner(), find("GL7-B6"), screen_project(about_project("GL7-B6")), declare(), ask_again()
    )
    with pytest.raises(NotADelegate):
        asked.when(uphold(DEPUTY))
    assert len(asked.when(uphold(DELEGATE))) == 1


def test_v13_delegations_are_those_of_the_edition_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case keeps its edition; who acts for the mayor changes for all of them."""
    packs = Path(__file__).parents[1] / "guidelines" / "packs" / "tokorozawa" / "2024-10"
    pack = tmp_path / "tokorozawa" / "2024-10"
    pack.parent.mkdir()
    shutil.copytree(packs, pack)
    edition = json.loads((pack / "edition.json").read_text(encoding="utf-8"))
    edition["delegates"] = [
        {"id": "D-77", "title": "副市長", "clauses": ["GL7-A4"], "valid_from": "2024-10-01"}
    ]
    (pack / "edition.json").write_text(json.dumps(edition), encoding="utf-8")
    monkeypatch.setenv("RENKEI_GUIDELINES", str(tmp_path))
    october = at("2024-10-01 10:00")
    assert len(opened.when(find("GL7-A4", actor=STRANGER, on=october))) == 1
    with pytest.raises(NotADelegate):
        opened.when(find("GL7-A4", actor=DEPUTY, on=october))
    assert len(opened.when(find("GL7-A4", actor=MAYOR, on=october))) == 1
