"""Projects under a comprehensive agreement stand on their own (V27), and are decided on when it ends (V31)."""

from datetime import date
from typing import Any

import pytest

from chassis.decider import NotYours, Refused
from contracts.agreements import (
    AgreementExpired,
    AgreementTerminated,
    ProjectAdded,
    ProjectDecided,
    ProjectDecisionDue,
    ProjectDecisionOverdue,
    ProjectEnded,
)
from services.agreements.domain.agreement.commands import AddProject, Project
from services.agreements.domain.agreement.projects import (
    NoSuchField,
    NotComprehensive,
    NothingToDecide,
    NotUnderThisAgreement,
    OwnProject,
    ProjectElsewhere,
    ProjectInAnotherField,
    ProjectInTalks,
    ProjectIsOver,
    ProjectNotScreened,
    ProjectOfAnotherPartner,
    ProjectUnknown,
)
from services.agreements.domain.agreement.standing import EndsByNotice
from services.agreements.domain.procurement.splitting import PartnerUnknown
from services.agreements.domain.standing import NotLeadSection
from services.agreements.policies import (
    ClauseMissing,
    CostNotApproved,
    CostUndetermined,
    ExpenditureWithoutProcurement,
    NoSuchClause,
)
from tests.agreements.sample import EDITION, LEAD, OTHER, SUPPORT
from tests.agreements.years import (
    EFFECTIVE,
    LAST,
    NOTICED,
    TERMINATED,
    WITH_PROJECTS,
    add,
    decide_project,
    end_project,
    end_with_agreement,
    enter,
    escalate,
    expire,
    renew,
    signed,
    terminate,
)

DUE = date(2024, 10, 30)  # 20 office days after 1 October 2024


def test_a_case_of_its_own_comes_under_the_agreement_as_it_was_screened_and_classed() -> None:
    assert EFFECTIVE.when(add()) == [
        ProjectAdded(project="P1", field="環境", cost_class="none", screening_as_of=date(2024, 6, 3))
    ]
    assert EFFECTIVE.after(add()).when(add()) == []


@pytest.mark.parametrize(
    ("found", "refusal"),
    [
        ({"screening_clear": False}, ProjectNotScreened),
        ({"screening_as_of": None}, ProjectNotScreened),
        ({"halted": "suspended"}, ProjectNotScreened),
        ({"halted": "ended"}, ProjectIsOver),
        ({"status": "closed"}, ProjectIsOver),
        ({"status": "not_established"}, ProjectIsOver),
        ({"status": "waits_for_match"}, ProjectUnknown),
        ({"cost_class": None}, CostUndetermined),
        ({"cost_class": "undetermined"}, CostUndetermined),
        ({"cost_class": "actual_expense"}, CostNotApproved),
        ({"cost_class": "expenditure", "approved_by_finance": True}, ExpenditureWithoutProcurement),
        ({"form": "comprehensive_agreement", "status": "agreed"}, ProjectElsewhere),
        ({"agreement": "A2"}, ProjectElsewhere),
    ],
)
def test_v27_every_project_is_screened_and_cost_classed_on_its_own(
    found: dict[str, Any], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        EFFECTIVE.when(add(**found))


def test_v34_a_project_whose_end_was_revoked_comes_under_the_agreement_again() -> None:
    [added] = WITH_PROJECTS.after(end_project("P1")).when(add("P1"))
    assert isinstance(added, ProjectAdded)
    assert WITH_PROJECTS.when(add("P1")) == []


def test_v27_a_case_that_nobody_knows_is_no_project() -> None:
    unknown = AddProject.model_validate({**dict(add()), "found": None})
    with pytest.raises(ProjectUnknown):
        EFFECTIVE.when(unknown)


def test_v01_a_project_with_city_money_comes_under_it_after_its_own_procurement() -> None:
    spent: dict[str, Any] = {"cost_class": "expenditure", "approved_by_finance": True}
    for status in ("agreement_prep", "agreed"):
        assert EFFECTIVE.when(add(**spent, procured=True, status=status))
        with pytest.raises(ExpenditureWithoutProcurement):
            EFFECTIVE.when(add(**spent, procured=False, status=status))


def test_a_project_is_another_case_in_a_field_of_a_comprehensive_agreement() -> None:
    with pytest.raises(OwnProject):
        EFFECTIVE.when(add("A1"))
    with pytest.raises(NoSuchField, match="高齢者福祉、環境"):
        EFFECTIVE.when(add(field="防災"))
    with pytest.raises(NotComprehensive):
        signed.after(enter(form="individual_agreement")).when(add())
    with pytest.raises(EndsByNotice):
        NOTICED.when(add())
    for other in (OTHER, SUPPORT):
        with pytest.raises(NotLeadSection):
            EFFECTIVE.when(add(actor=other))


def test_v31_when_it_is_terminated_each_active_project_waits_for_its_own_decision() -> None:
    [terminated, first, second] = WITH_PROJECTS.when(terminate())
    assert isinstance(terminated, AgreementTerminated)
    assert [first, second] == [
        ProjectDecisionDue(project="P1", decide_by=DUE),
        ProjectDecisionDue(project="P2", decide_by=DUE),
    ]  # P3 had ended before


def test_v31_when_it_expires_too() -> None:
    [expired, *due] = WITH_PROJECTS.when(renew())
    assert isinstance(expired, AgreementExpired)
    assert [fact.project for fact in due] == ["P1", "P2"]
    individual = signed.after(enter(form="individual_agreement", renews=False))
    assert individual.when(expire()) == [AgreementExpired(term_to=LAST, reason="term_only")]


def test_v31_a_project_goes_on_or_ends_by_a_decision_with_reasons_once() -> None:
    [decided] = TERMINATED.when(decide_project("continues"))
    assert isinstance(decided, ProjectDecided)
    assert (decided.decision, decided.decided_by, decided.edition) == ("continues", "H-01", EDITION.id)
    with pytest.raises(NothingToDecide):
        TERMINATED.given(decided).when(decide_project("ends"))
    with pytest.raises(NothingToDecide):
        WITH_PROJECTS.when(decide_project())
    with pytest.raises(NothingToDecide):
        TERMINATED.when(decide_project(project="P3"))
    with pytest.raises(NotUnderThisAgreement):
        TERMINATED.when(decide_project(project="P9"))
    with pytest.raises(NotYours):
        TERMINATED.when(decide_project(actor=LEAD))


def test_v07_a_project_is_ended_on_a_clause_that_stands_in_the_edition() -> None:
    with pytest.raises(ClauseMissing):
        TERMINATED.when(decide_project("ends", clauses=()))
    with pytest.raises(NoSuchClause):
        TERMINATED.when(decide_project("ends", clauses=("GL9-9",)))
    assert TERMINATED.when(decide_project("ends"))


def test_v31_a_decision_that_does_not_come_is_escalated_once_and_still_waited_for() -> None:
    assert TERMINATED.when(escalate()) == [ProjectDecisionOverdue(project="P1", due=DUE)]
    late = TERMINATED.after(escalate())
    assert late.when(escalate()) == []
    assert late.when(decide_project())
    assert late.after(decide_project()).when(escalate()) == []
    assert TERMINATED.when(escalate(due=date(2024, 10, 29))) == []
    assert WITH_PROJECTS.when(escalate()) == []


def test_a_project_that_came_to_its_own_end_needs_no_decision() -> None:
    assert EFFECTIVE.after(add()).when(end_project()) == [ProjectEnded(project="P1", reason="withdrawn")]
    ended = TERMINATED.after(end_project())
    assert ended.when(end_project()) == ended.when(end_project("P9")) == []
    with pytest.raises(NothingToDecide):
        ended.when(decide_project())


def test_v31_an_agreement_of_its_own_ends_with_the_project_as_decided() -> None:
    own = signed.after(enter(form="individual_agreement"))
    [terminated] = own.when(end_with_agreement())
    assert isinstance(terminated, AgreementTerminated)
    assert (terminated.ground, terminated.clauses) == ("agreement_ended", ("GL4-5",))


def test_v27_a_project_of_another_partner_does_not_go_on_under_the_agreement() -> None:
    with pytest.raises(ProjectOfAnotherPartner):
        EFFECTIVE.when(add(partner="7000012050002"))
    with pytest.raises(PartnerUnknown):
        EFFECTIVE.when(add(partner=None))


def test_v31_a_project_that_is_talked_about_is_not_ended_over_the_heads_of_those_who_talk() -> None:
    in_talks = Project(status="dialogue")
    with pytest.raises(ProjectInTalks):
        TERMINATED.when(decide_project("ends", found=in_talks))
    assert TERMINATED.when(decide_project("continues", found=in_talks))


def test_a_project_is_not_moved_to_another_field_without_a_word() -> None:
    under = EFFECTIVE.after(add(field="環境"))
    assert under.when(add(field="環境")) == []
    with pytest.raises(ProjectInAnotherField, match="環境"):
        under.when(add(field="高齢者福祉"))
    assert under.after(end_project()).when(add(field="高齢者福祉"))
