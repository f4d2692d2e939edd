"""Facts of other services and where they take a case."""

from typing import Any

import pytest

from contracts.agreements import AgreementSigned, EvaluationOpened, OutcomeDecided, WithdrawalRefused
from contracts.fact import Fact
from contracts.intake import Stage, WithdrawalCameTooLate, Withdrawn
from contracts.matching import Matched, NoMatchConcluded, RematchRequested
from contracts.screening import DecisionRevoked, DecisionUpheld, EligibilityDecided, ReconsiderationRequested
from services.intake.consumers import reactions
from services.intake.domain import LearnWithdrawalTooLate, ReachStage
from tests.deciding import at
from tests.intake.sample import MONDAY, RECEIVED, SUBMITTED, case, recorded

LATER = at("2023-09-01 09:00")

WHERE_IT_LEADS: list[tuple[type[Fact], dict[str, Any], Stage]] = [
    (EligibilityDecided, {"decision": "eligible"}, Stage.MATCHING),
    (EligibilityDecided, {"decision": "ineligible"}, Stage.INELIGIBLE),
    (ReconsiderationRequested, {}, Stage.RECONSIDERATION),
    (DecisionUpheld, {}, Stage.INELIGIBLE),
    (DecisionRevoked, {}, Stage.SCREENING),
    (Matched, {}, Stage.DIALOGUE),
    (RematchRequested, {}, Stage.MATCHING),
    (NoMatchConcluded, {}, Stage.NOT_ESTABLISHED),
    (EvaluationOpened, {}, Stage.EVALUATION),
    (OutcomeDecided, {"next": "agreement_prep"}, Stage.AGREEMENT_PREP),
    (OutcomeDecided, {"next": "procurement"}, Stage.PROCUREMENT),
    (OutcomeDecided, {"next": "not_established"}, Stage.NOT_ESTABLISHED),
    (AgreementSigned, {}, Stage.AGREED),
]


@pytest.mark.parametrize(
    ("kind", "fields", "stage"), WHERE_IT_LEADS, ids=lambda value: getattr(value, "__name__", str(value))
)
def test_a_fact_leads_to_its_stage(kind: type[Fact], fields: dict[str, Any], stage: Stage) -> None:
    fact = kind.model_construct(**fields)  # only what the reaction looks at
    [(id_, command)] = reactions()[kind](recorded(fact, "elsewhere", "C01", on=MONDAY), LATER)
    assert id_ == "C01"
    assert isinstance(command, ReachStage)
    assert (command.stage, command.since, command.at) == (stage, MONDAY, LATER)


def test_a_refused_withdrawal_is_learned() -> None:
    fact = WithdrawalRefused.model_construct()
    [(id_, command)] = reactions()[WithdrawalRefused](recorded(fact, "partnership"), LATER)
    assert id_ == "C01"
    assert isinstance(command, LearnWithdrawalTooLate)
    assert case.given(SUBMITTED, RECEIVED, Withdrawn()).when(command) == [WithdrawalCameTooLate()]
