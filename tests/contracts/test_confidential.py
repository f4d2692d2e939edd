"""A confidential value shows nowhere but where it is revealed or sealed."""

import json
import logging
import pickle
import traceback
from collections.abc import Callable

import pytest
from pydantic import BaseModel, ValidationError

from contracts.confidential import Confidential, sealed
from contracts.fact import WrongShape, read
from contracts.intake import CorrectionSubmitted, Proposer

SECRET = "夜間の水泳教室"
FACT = CorrectionSubmitted.model_validate({"body": SECRET, "city_cost": {"class": "none", "note": SECRET}})


class Letter(BaseModel):
    """A model without the precautions that facts take, as a careless author would write it."""

    text: Confidential[str]


@pytest.mark.parametrize(
    "shown",
    [
        repr,
        str,
        "{}".format,
        "{!r}".format,
        lambda fact: fact.model_dump_json(),
        lambda fact: str(fact.model_dump()),
        lambda fact: json.dumps(fact.model_dump(mode="json"), ensure_ascii=False),
        lambda fact: json.dumps(fact.model_dump(), default=str, ensure_ascii=False),
    ],
)
@pytest.mark.parametrize("model", [FACT, Letter(text=Confidential(SECRET))])
def test_it_is_not_shown(model: BaseModel, shown: Callable[[BaseModel], str]) -> None:
    assert SECRET not in shown(model)


def test_it_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        logging.getLogger("test").info("%s %r", FACT, FACT.body, extra={"fact": FACT})
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    "body",
    [
        {"body": SECRET, "title": 5},
        {"body": [SECRET]},
        {"body": SECRET + "\0"},
        {"body": SECRET * 65_535},
        {"city_cost": {"class": SECRET}},
        {"city_cost": SECRET},
    ],
)
def test_an_error_does_not_quote_it(body: dict[str, object]) -> None:
    with pytest.raises(WrongShape) as refused:
        read(CorrectionSubmitted.type, json.dumps(body, ensure_ascii=False).encode())
    assert SECRET not in "".join(traceback.format_exception(refused.value))
    with pytest.raises(ValidationError) as invalid:
        CorrectionSubmitted.model_validate(body)
    assert SECRET not in str(invalid.value)


def test_only_sealing_and_revealing_give_it_out() -> None:
    assert SECRET in sealed(FACT).decode()
    assert FACT.body is not None
    assert FACT.body.reveal() == SECRET


def test_a_seal_sees_the_confidential_values_and_nothing_else() -> None:
    proposer = Proposer.model_validate(
        {"name": "川の会", "type": "NPO", "address": "所沢市1-1", "representative": "花子"}
    )
    assert json.loads(sealed(proposer, seal=lambda value: f"<{value}>")) == {
        "name": "川の会",
        "corporate_number": None,
        "type": "NPO",
        "address": "<所沢市1-1>",
        "representative": "<花子>",
        "contact": None,
        "size": None,
    }


def test_equal_values_are_equal_and_survive_a_copy() -> None:
    assert Confidential(SECRET) == Confidential(SECRET) != Confidential("")
    assert hash(Confidential(SECRET)) == hash(Confidential(SECRET))
    assert FACT.model_copy(deep=True) == FACT == pickle.loads(pickle.dumps(FACT))
