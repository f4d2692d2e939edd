"""One fact for each notice there is, and the proposer with an address of mail (fictional)."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts import agreements, intake, matching, publication, screening
from contracts.agreements import AgreementSigned, OutcomeDecided, ProcurementOpened
from contracts.fact import Fact
from contracts.intake import (
    ConsultationAnswered,
    ConsultationOpened,
    CorrectionRequested,
    GuidelineMigrated,
    NoticeUndeliverable,
    ProposalLapsed,
    ProposalReceived,
    ProposalSubmitted,
    TurnedFree,
    WithdrawalCameTooLate,
    Withdrawn,
)
from contracts.matching import Matched, NoMatchConcluded
from contracts.publication import PublicationProposed, ThirdPartyAsked, ThirdPartyTold
from contracts.screening import DecisionRevoked, DecisionUpheld, EligibilityDecided, RescreenRequired
from tests.intake.sample import FORM, GIVEN

EDITION, MUNICIPALITY = "tokorozawa/2023-07", "112089"
ADDRESS = "renkei@mimamori.example.co.jp"
WITH_ADDRESS: dict[str, Any] = {**FORM["proposer"], "contact": ADDRESS}

SUBMITTED = ProposalSubmitted.model_validate(
    {**FORM, **GIVEN, "proposer": WITH_ADDRESS, "submitted_on": date(2023, 8, 21)}
)
DECIDED: dict[str, Any] = {
    "answers": [],
    "edition": EDITION,
    "municipality": MUNICIPALITY,
    "as_of": date(2023, 8, 30),
    "decided_by": "H-01",
}
ELIGIBLE = EligibilityDecided.model_validate({**DECIDED, "decision": "eligible", "clauses": []})
RESUMED = ELIGIBLE.model_copy(update={"resumes": True})
INELIGIBLE = EligibilityDecided.model_validate(
    {
        **DECIDED,
        "decision": "ineligible",
        "clauses": ["GL7-A2", "GL7-B1"],
        "answers": [
            {
                "clause": "GL7-A2",
                "applies": True,
                "evidence": "入札参加停止 BS-2023-001",
                "measure": "BS-2023-001",
                "until": "2023-12-31",
            },
            {"clause": "GL7-B1", "applies": True, "evidence": "提案書 3頁"},
            {"clause": "GL7-B2", "applies": False, "evidence": "照会の結果"},
        ],
        "reconsider_by": date(2023, 9, 13),
    }
)
NOT_ESTABLISHED = OutcomeDecided.model_validate(
    {
        "outcome": "not_established",
        "next": "not_established",
        "reasons": "効果が確かめられなかった。",
        "decided_by": "M-01",
        "clauses": ["GL4-4"],
        "edition": EDITION,
    }
)
AGREED = AgreementSigned.model_validate(
    {
        "form": "individual_agreement",
        "signed_on": date(2024, 3, 25),
        "title": "見守りの実施に関する協定",
        "partner_signatory": "架空 一郎",
        "screening_as_of": date(2024, 3, 20),
        "cost_class": "none",
        "term_from": date(2024, 4, 1),
        "term_to": date(2025, 3, 31),
    }
)
MATCHED = Matched.model_validate(
    {"lead": "S14", "candidates": [], "edition": EDITION, "municipality": MUNICIPALITY}
)
CONSULTED = ConsultationOpened.model_validate(
    {
        "receipt_number": "2023-000777",
        "secret_hash": "ab" * 32,
        "channel": "web",
        "topic": "実証の場所",
        "question": "公園で実証ができるでしょうか。",
        "contact": ADDRESS,
        "opened_on": date(2023, 8, 21),
        "answer_by": date(2023, 9, 4),
    }
)

PUBLICATION_PROPOSED = PublicationProposed.model_validate(
    {
        "number": 1,
        "outcome": {
            "title": "個別連携協定",
            "form": "individual_agreement",
            "signed_on": date(2024, 6, 3),
            "term_from": date(2024, 6, 3),
            "place": "埼玉県",
            "organisations": [{"name": "所沢市", "role": "city"}],
            "contact": "公民連携推進室",
        },
        "idea": dict.fromkeys(("title", "summary", "reason", "purpose", "content"), "公表しようとする文"),
    }
)

FACTS: dict[str, Fact] = {
    "submitted": SUBMITTED,
    "consultation_opened": CONSULTED,
    "consultation_answered": ConsultationAnswered.model_validate(
        {"answer": "公園課と調整できます。", "section": "S26", "answered_on": date(2023, 8, 30)}
    ),
    "correction": CorrectionRequested.model_validate(
        {"items": ["実施体制を示す書類", "{{ 7 * 7 }} の根拠"], "due": date(2023, 8, 28)}
    ),
    "lapsed": ProposalLapsed(due=date(2023, 8, 28)),
    "accepted": ProposalReceived.model_validate(
        {
            "edition": EDITION,
            "municipality": MUNICIPALITY,
            "received_on": date(2023, 8, 21),
            "receipt_number": "R2023-0001",
            "partner": {"name": "株式会社ミマモリ架空電機", "corporate_number": "6999901000101"},
        }
    ),
    "eligible": ELIGIBLE,
    "ineligible": INELIGIBLE,
    "upheld": DecisionUpheld.model_validate({"reasons": "提案書の記載のとおりである。"}),
    "revoked": DecisionRevoked.model_validate({"reasons": "事実の認定に誤りがあった。"}),
    "stopped": RescreenRequired.model_validate({"clause": "GL7-A2", "reason": "入札参加停止措置"}),
    "resumed": RESUMED,
    "matched": MATCHED,
    "no_match": NoMatchConcluded.model_validate(
        {"reasons": "引き受ける担当課がなかった。", "candidates": [], "declined": []}
    ),
    "not_established": NOT_ESTABLISHED,
    "procurement": ProcurementOpened.model_validate({"ground": "expenditure", "reason": "委託料を要する。"}),
    "agreed": AGREED,
    "withdrawn": Withdrawn(),
    "withdrawal_too_late": WithdrawalCameTooLate(),
    "turned_free": TurnedFree(theme="T-2024-01", reason="予算の見込みがなくなった。"),
    "migrated": GuidelineMigrated(from_edition=EDITION, to_edition=EDITION, reason="指針の改正による。"),
    "publication_proposed": PUBLICATION_PROPOSED,
    "opinion_asked": ThirdPartyAsked(case="C01", opinion_by=date(2024, 7, 10)),
    "disclosure_decided": ThirdPartyTold(case="C01", decision="partial", disclose_on=date(2024, 7, 31)),
    "escalation": screening.EscalationRaised(waiting_for="eligibility", due=date(2023, 9, 4)),
    "undeliverable": NoticeUndeliverable(of="E-0", to="proposer", reason="550 5.1.1"),
}
ESCALATIONS: list[Fact] = [
    intake.EscalationRaised(waiting_for="acceptance", due=date(2023, 9, 4)),
    screening.EscalationRaised(waiting_for="eligibility", due=date(2023, 9, 4)),
    matching.EscalationRaised(waiting_for="section_reply", section="S14", due=date(2023, 9, 4)),
    publication.EscalationRaised(waiting_for="disclosure_decision", due=date(2023, 9, 4)),
    agreements.EscalationRaised(waiting_for="pilot_end", section="S14", due=date(2023, 9, 4)),
]
