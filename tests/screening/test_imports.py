"""A register brought up to date from a file is a fact of its own."""

from typing import Any

import pytest

from chassis.decider import NotYours
from contracts.screening import RegisterImported
from services.screening.domain import REGISTER_IMPORT, ImportRecordedBefore, RecordRegisterImport
from tests.deciding import Deciding
from tests.screening.sample import CONTRACT_SECTION, JULY_31, WINDOW

imports = Deciding(REGISTER_IMPORT)


def imported(**changed: Any) -> RecordRegisterImport:
    said = {
        "register": "bid_suspension",
        "digest": "ab" * 32,
        "added": 2,
        "changed": 0,
        "ended": 1,
        "unchanged": 7,
        "missing": 1,
        "entries": ("BS-2024-003", "BS-2023-011", "BS-2022-001"),
    }
    return RecordRegisterImport.model_validate({"actor": CONTRACT_SECTION, "at": JULY_31, **said, **changed})


def test_it_says_which_file_and_what_it_changed() -> None:
    [fact] = imports.when(imported())
    assert isinstance(fact, RegisterImported)
    assert (fact.register_, fact.digest, fact.added, fact.ended) == ("bid_suspension", "ab" * 32, 2, 1)
    assert fact.entries == ("BS-2024-003", "BS-2023-011", "BS-2022-001")
    assert b'"register":"bid_suspension"' in fact.encoded()


def test_an_import_is_recorded_once() -> None:
    known = imports.after(imported())
    assert known.when(imported()) == []
    with pytest.raises(ImportRecordedBefore):
        known.when(imported(added=3))


def test_only_the_contract_section_imports() -> None:
    with pytest.raises(NotYours):
        imports.when(imported(actor=WINDOW))
