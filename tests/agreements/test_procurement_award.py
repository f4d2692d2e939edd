"""Who gets the contract, on what, and where the idea stays protected (GL5-04, V03, V07)."""

from datetime import date

import pytest

from chassis.decider import NotYours
from contracts.agreements import (
    Awarded,
    AwardedToOther,
    SpecificationConsented,
    SpecificationPublished,
)
from contracts.confidential import Confidential
from services.agreements.domain.persons import NoteProposers, NotTheProposer
from services.agreements.domain.procurement.award import (
    AboveThePlan,
    IdeaNotProtected,
    OrganisationMissing,
    ProposerIsNoOther,
    ReasonsMissing,
    SpecificationMissing,
)
from services.agreements.domain.procurement.gate import (
    NotInProcurement,
)
from services.agreements.domain.procurement.method import AboveTheCeiling
from services.agreements.domain.procurement.specification import IdeaWithoutConsent, MethodMissing
from services.agreements.domain.standing import CaseIsOver
from services.agreements.policies import (
    ClauseMissing,
    NoSuchClause,
)
from tests.agreements.procuring import (
    AMOUNT,
    AWARDED,
    COMPETING,
    PROCURING,
    PROPOSER,
    RIVAL,
    SMALL,
    abandon,
    award,
    award_other,
    budget,
    consent,
    contract,
    gate,
    method,
    small,
    specify,
)
from tests.agreements.sample import (
    EDITION,
    LEAD,
    NOON,
    PARTNER,
    READY,
    SERVICE,
    TODAY,
    classify,
)
from tests.deciding import by


def test_record_award_to_the_proposer_leads_to_the_signature() -> None:
    [fact] = COMPETING.when(award(amount_yen=5_000_000))
    assert isinstance(fact, Awarded)
    assert (fact.partner, fact.amount_yen, fact.item, fact.awarded_on) == (PROPOSER, 5_000_000, 2, TODAY)
    assert (AWARDED.state.phase, AWARDED.state.procurement.concluded) == ("agreement_prep", True)
    with pytest.raises(NotInProcurement):
        AWARDED.when(award())


def test_an_award_follows_a_method_and_for_rivals_a_specification() -> None:
    with pytest.raises(MethodMissing):
        PROCURING.when(award())
    for rivals in ("general_bidding", "designated_bidding", "proposal_competition"):
        with pytest.raises(SpecificationMissing):
            PROCURING.after(method(rivals), budget()).when(award())
    assert PROCURING.after(method("direct_award", item=2), budget()).when(award())


def test_an_award_keeps_to_the_amount_of_its_method_and_v03_to_the_ceiling_of_its_day() -> None:
    with pytest.raises(AboveThePlan):
        COMPETING.when(award(amount_yen=AMOUNT + 1))
    new = SMALL.after(small(900_000, contract_date=date(2025, 4, 1)), budget(2023, 900_000))
    assert new.when(award())
    with pytest.raises(AboveTheCeiling):
        new.when(award(contract_date=date(2025, 3, 31)))


def test_record_award_to_another_leads_to_not_established_with_reasons_and_clauses() -> None:
    [fact] = COMPETING.when(award_other(amount_yen=4_000_000))
    assert isinstance(fact, AwardedToOther)
    assert (fact.organisation, fact.amount_yen, fact.idea_protected) == (RIVAL, 4_000_000, True)
    over = COMPETING.given(fact)
    assert over.state.phase == "not_established"
    for nothing in (contract(), award(), abandon(), classify("none")):
        with pytest.raises(CaseIsOver):
            over.when(nothing)


def test_v07_an_award_to_another_rests_on_clauses_that_v08_stand_in_the_edition() -> None:
    [fact] = COMPETING.when(award_other())
    assert isinstance(fact, AwardedToOther)
    assert (fact.clauses, fact.edition) == (("GL6-1",), EDITION.id)
    with pytest.raises(ClauseMissing):
        COMPETING.when(award_other(clauses=()))
    with pytest.raises(NoSuchClause, match="GL9-9"):
        COMPETING.when(award_other(clauses=("GL9-9",)))
    with pytest.raises(ReasonsMissing):
        COMPETING.when(award_other(reasons=None))


def test_an_award_to_another_names_them_and_has_the_idea_looked_at() -> None:
    with pytest.raises(OrganisationMissing):
        COMPETING.when(award_other(organisation=None))
    with pytest.raises(ProposerIsNoOther):
        COMPETING.when(award_other(organisation=PROPOSER))
    with pytest.raises(IdeaNotProtected):
        COMPETING.when(award_other(idea_protected=False))


def test_the_idea_stands_in_the_specification_with_the_consent_of_the_proposer_only() -> None:
    chosen = PROCURING.after(method())
    with pytest.raises(IdeaWithoutConsent):
        chosen.when(specify(holds_idea=True))
    with pytest.raises(IdeaWithoutConsent):  # to another one
        chosen.after(consent("仕様書第2号")).when(specify(holds_idea=True))
    with pytest.raises(NotYours):
        chosen.when(consent(actor=LEAD))
    [consented] = chosen.when(consent())
    assert isinstance(consented, SpecificationConsented)
    assert isinstance(consented.scope, Confidential)
    [published] = chosen.given(consented).when(specify(holds_idea=True))
    assert published == SpecificationPublished(reference="仕様書第1号", published_on=TODAY, holds_idea=True)
    assert chosen.when(specify(holds_idea=False))


def test_nobody_but_who_proposed_consents_for_them() -> None:
    chosen = PROCURING.after(method(), NoteProposers(actor=SERVICE, at=NOON, persons=(PARTNER.id,)))
    assert chosen.when(consent())
    with pytest.raises(NotTheProposer):
        chosen.when(consent(actor=by("proposer:P-99")))


def test_the_consent_ends_with_the_procurement_it_was_given_for() -> None:
    again = PROCURING.after(method(), consent(), abandon(), classify("expenditure", 1), gate(), method())
    with pytest.raises(IdeaWithoutConsent):
        again.when(specify(holds_idea=True))


def test_a_specification_follows_its_method() -> None:
    with pytest.raises(MethodMissing):
        PROCURING.when(specify())
    with pytest.raises(NotInProcurement):
        READY.when(specify())
