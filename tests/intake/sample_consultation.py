"""A question at the window to test with (fictional)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from contracts.actors import Actor
from contracts.intake import ConsultationAnswered, ConsultationOpened
from services.intake.domain.consultation import (
    CONSULTATION,
    AnswerConsultation,
    CloseConsultation,
    ConvertToProposal,
    EscalateConsultation,
    OpenConsultation,
    ReadConsultation,
    ReferConsultation,
    UndoConversion,
)
from services.intake.receipts import hashed
from tests.deciding import Deciding, by
from tests.intake.sample import MONDAY, PROPOSER, SERVICE, TIMER, WINDOW

SECTION = by("section:U-1401:S14")
SECRET = "ABCDEFGHIJKLMNOPQRST"
QUESTION_TEXT = "点灯する電球で一人暮らしの方を見守る仕組みを、市と試すことはできますか。"
ANSWER_BY = date(2023, 9, 4)

ASK: dict[str, Any] = {
    "channel": "web",
    "topic": "見守りの実証",
    "question": QUESTION_TEXT,
    "organisation": {"name": "株式会社ミマモリ架空電機", "corporate_number": "6999901000101"},
    "contact": "mimamori@example.jp",
}
ASK_GIVEN: dict[str, Any] = {
    "receipt_number": "2023-000201",
    "secret_hash": hashed(SECRET),
    "answer_by": ANSWER_BY,
}
APPLICANT = {"type": "株式会社", "address": "埼玉県架空市見守一丁目1番1号", "representative": "架空 一郎"}
CONVERT: dict[str, Any] = {
    "case": "C01",
    "kind": "free_proposal",
    "channel": "web",
    "proposer": APPLICANT,
    "city_cost": {"class": "none"},
    "consent_to_terms": True,
    "receipt_number": "2023-000202",
    "secret_hash": "cd" * 32,
}

consultation = Deciding(CONSULTATION)


def ask(actor: Actor = PROPOSER, on: datetime = MONDAY, **changed: Any) -> OpenConsultation:
    return OpenConsultation.model_validate({**ASK, **ASK_GIVEN, **changed, "actor": actor, "at": on})


def refer(section: str = "S14") -> ReferConsultation:
    return ReferConsultation(actor=WINDOW, at=MONDAY, section=section)


def read_it(actor: Actor = WINDOW, proved: bool = False) -> ReadConsultation:
    return ReadConsultation(actor=actor, at=MONDAY, purpose="回答の作成", proved=proved)


def answer(actor: Actor = WINDOW, on: datetime = MONDAY) -> AnswerConsultation:
    return AnswerConsultation.model_validate({"actor": actor, "at": on, "answer": "できます。"})


def convert(actor: Actor = PROPOSER, on: datetime = MONDAY, **changed: Any) -> ConvertToProposal:
    return ConvertToProposal.model_validate({**CONVERT, **changed, "actor": actor, "at": on})


def undo(case: str = "C01") -> UndoConversion:
    return UndoConversion(actor=SERVICE, at=MONDAY, case=case)


def close() -> CloseConsultation:
    return CloseConsultation(actor=WINDOW, at=MONDAY)


def escalate_answer(on: datetime) -> EscalateConsultation:
    return EscalateConsultation(actor=TIMER, at=on, due=ANSWER_BY)


OPENED = ConsultationOpened.model_validate(
    {**ASK, **ASK_GIVEN, "asked_by": "P-01", "opened_on": date(2023, 8, 21)}
)
ANSWERED = ConsultationAnswered.model_validate({"answer": "できます。", "answered_on": date(2023, 8, 21)})
