"""What came of it, up to the signature (stream `partnership/<case>`; GL4-5, V26)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from contracts.actors import Pseudonym
from contracts.confidential import Confidential
from contracts.days import ZONE
from contracts.decision import Basis
from contracts.fact import Fact
from contracts.intake import CostClass, Part
from contracts.text import ClauseId, EditionId, Name, Reason, Text, Yen

AgreementForm = Literal[
    "service_contract", "comprehensive_agreement", "individual_agreement"
]  # 業務委託契約, 包括連携協定, 個別連携協定
Outcome = Literal[
    "service_contract", "comprehensive_agreement", "individual_agreement", "not_established"
]  # GL4-5, V26
Next = Literal["agreement_prep", "procurement", "not_established"]


class OutcomeDecided(Fact):
    """What comes of the case (GL4-5), and where it goes next (GL6-1)."""

    outcome: Outcome
    next: Next
    reasons: Confidential[Reason]
    decided_by: Pseudonym
    clauses: tuple[ClauseId, ...] = ()  # those it rests on: one at least where nothing is established (V07)
    edition: EditionId | None = None  # in which these clauses stand (V08)
    basis: Basis | None = None  # the rule that said where it goes, with its inputs
    reconsider_by: date | None = None  # where nothing is established: until when that may be asked for again


class ReconsiderationRequested(Fact):
    """The proposer asks that the outcome be looked at again, by somebody else (V34)."""

    grounds: Confidential[Text]
    decide_by: date | None = None  # the last day for the answer (V22)
    zone: str = ZONE


class DecisionUpheld(Fact):
    """Looked at again, the outcome stands: nothing is established."""

    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...] = ()  # those it rests on, as before (V07)
    edition: EditionId | None = None
    decided_by: Pseudonym


class DecisionRevoked(Fact):
    """Looked at again, the outcome falls; the case is evaluated anew before another one is decided (V25)."""

    reasons: Confidential[Reason]
    decided_by: Pseudonym


class Procured(Part):
    """What a concluded procurement opened the way for: so much city money, in these fiscal years."""

    amount_yen: Yen  # tax included, over the whole term
    paid_yen: Yen = 0  # of it, before the signature
    fiscal_years: tuple[int, ...] = ()  # that a budget was named for (V05)
    awarded_on: date | None = None  # nothing was paid before; None: signed when that was not kept


class AgreementSigned(Fact):
    """Mayor and partner have signed. A milestone."""

    form: AgreementForm
    signed_on: date
    title: Confidential[Name]
    partner_signatory: Confidential[Name]
    screening_as_of: date  # of the partner screening that was relied on (V09)
    cost_class: CostClass
    term_from: date
    term_to: date | None = None  # the last day; None: until ended
    fields: tuple[Name, ...] = ()  # of a comprehensive agreement: several (V27)
    renews: bool = False  # at the end of its term, unless one side gives notice (V30)
    renewal_months: int | None = Field(default=None, ge=1)  # by how long; None: as the edition says
    notice_days: int | None = Field(default=None, ge=0)  # before the last day; None: as the edition says
    procured: Procured | None = None  # where a procurement was concluded for it (V01)
