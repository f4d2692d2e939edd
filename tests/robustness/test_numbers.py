"""Money and points are numbers as they were written: neither true nor a text is one yen."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from chassis.decider import Command
from tests.agreements import procuring, sample, years

NO_NUMBERS: tuple[Any, ...] = (True, False, "5", 5.5, [5])


def said(command: Command, **changed: Any) -> Command:
    """The same command, with these fields as they came over HTTP."""
    return type(command).model_validate({**dict(command), **changed})


@pytest.mark.parametrize("wrong", NO_NUMBERS)
@pytest.mark.parametrize(
    "command",
    [
        sample.classify("expenditure", 5),
        years.amend(class_="expenditure", amount_yen=5),
        procuring.budget(),
        procuring.pay(5),
        years.pay(5),
        procuring.award(),
        procuring.method(),
    ],
    ids=lambda command: type(command).__name__,
)
def test_an_amount_is_a_whole_number(command: Command, wrong: Any) -> None:
    assert said(command, amount_yen=5) == said(command, amount_yen=5.0)
    with pytest.raises(ValidationError, match="amount_yen"):
        said(command, amount_yen=wrong)


def test_points_and_counts_are_whole_numbers() -> None:
    with pytest.raises(ValidationError, match="scores"):
        said(sample.score(), scores={"課題適合性": True, "安全管理": 75})
    with pytest.raises(ValidationError, match="weight"):
        said(sample.open_evaluation(), criteria=[{"name": "効果", "weight": True}])
    with pytest.raises(ValidationError, match="rows"):
        said(sample.release_data(), rows=[["朝", True]])
