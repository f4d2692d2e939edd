"""Cases under a comprehensive agreement, each screened, cost-classed and decided on its own (V27, V31)."""

from __future__ import annotations

from datetime import date

import guidelines
from chassis.decider import Refused
from contracts.agreements import (
    ProjectAdded,
    ProjectDecided,
    ProjectDecisionDue,
    ProjectDecisionOverdue,
    ProjectEnded,
)
from contracts.intake import CostClass
from services.agreements.domain.agreement.commands import (
    AddProject,
    DecideProject,
    EndProject,
    EscalateProject,
    Project,
)
from services.agreements.domain.agreement.standing import NoAgreement, by_lead, effective
from services.agreements.domain.agreement.state import Agreement
from services.agreements.domain.procurement.splitting import PartnerUnknown
from services.agreements.policies import (
    ClauseMissing,
    CostNotApproved,
    CostUndetermined,
    ExpenditureWithoutProcurement,
    clauses_stand_in,
)

ON_ITS_WAY = (
    "dialogue",
    "pilot_prep",
    "pilot_running",
    "evaluation",
    "procurement",
    "agreement_prep",
    "agreed",
)


class NotComprehensive(Refused):
    """Projects go on under a comprehensive agreement; this one is for a single project."""


class OwnProject(Refused):
    """An agreement is no project under itself; each project is a case of its own."""


class NoSuchField(Refused):
    """This agreement does not cover that field; amend it first, or choose one that it covers."""


class ProjectUnknown(Refused):
    """This case is not known here; each project is proposed, screened and matched as a case of its own first."""


class ProjectNotScreened(Refused):
    """This case was not screened, or is not clear; each project is screened on its own."""


class ProjectIsOver(Refused):
    """This case has come to its end; no project goes on under an agreement that does not go on itself."""


class ProjectElsewhere(Refused):
    """This case is under another comprehensive agreement, or is one itself."""


class ProjectInAnotherField(Refused):
    """This case goes on under this agreement already, in another field, and stays in it."""


class ProjectOfAnotherPartner(Refused):
    """Somebody else proposes this case; under an agreement go on the projects of its own partner."""


class ProjectInTalks(Refused):
    """This project is not signed yet; what comes of it is decided in its own case, after its evaluation."""


class ProjectsInField(Refused):
    """Projects are active in a field that would be left out; they have to end first."""


class NotUnderThisAgreement(Refused):
    """This case is no project under this agreement."""


class NothingToDecide(Refused):
    """Nothing about this project waits for a decision."""


def add(command: AddProject, state: Agreement) -> list[ProjectAdded]:
    """V27: what the project itself was screened and classed for, not what the agreement was.

    One whose end was revoked (V34) comes under the agreement again, as anew.
    """
    entered, agreed = effective(state)
    by_lead(command.actor, entered)
    if entered.form != "comprehensive_agreement":
        raise NotComprehensive()
    if command.project == command.agreement:
        raise OwnProject()
    if command.field not in agreed.fields:
        raise NoSuchField(f"It covers: {'、'.join(agreed.fields)}.")
    under = state.projects.get(command.project)
    if under is not None and under.status != "ended":
        if under.field != command.field:
            raise ProjectInAnotherField(f"It is {under.field}.")
        return []
    cost_class, screening_as_of = _on_its_own(command)
    return [
        ProjectAdded(
            project=command.project,
            field=command.field,
            cost_class=cost_class,
            screening_as_of=screening_as_of,
        )
    ]


def _on_its_own(command: AddProject) -> tuple[CostClass, date]:
    """V27: the same partner's, eligible and clear, and its cost determined, approved and, for city money, through a
    procurement (V01)."""
    found = command.found
    if found is None:
        raise ProjectUnknown()
    _is_of_the_partner(found, command.partner)
    if found.form == "comprehensive_agreement" or found.agreement not in (None, command.agreement):
        raise ProjectElsewhere()
    if found.halted == "suspended" or not found.screening_clear or found.screening_as_of is None:
        raise ProjectNotScreened()
    if found.halted is not None or found.status in ("closed", "not_established", "reconsideration"):
        raise ProjectIsOver()
    if found.status not in ON_ITS_WAY:
        raise ProjectUnknown()
    if found.cost_class is None or found.cost_class == "undetermined":
        raise CostUndetermined()
    if found.cost_class == "expenditure" and not found.procured:
        raise ExpenditureWithoutProcurement()
    if found.cost_class != "none" and not found.approved_by_finance:
        raise CostNotApproved()
    return found.cost_class, found.screening_as_of


def _is_of_the_partner(found: Project, partner: str | None) -> None:
    """GL4-5: what was agreed on with one partner carries nobody else's project."""
    if partner is None or found.partner is None:
        raise PartnerUnknown()
    if found.partner != partner:
        raise ProjectOfAnotherPartner()


def to_decide(state: Agreement, today: date) -> list[ProjectDecisionDue]:
    """V31: the agreement ends, so each project that is active under it waits for its own decision."""
    assert state.entered is not None, "only what was entered ends"
    entered = state.entered
    decide_by = entered.calendar.after(today, entered.project_decision_days)
    return [
        ProjectDecisionDue(project=project, decide_by=decide_by, zone=entered.zone)
        for project, under in state.projects.items()
        if under.status == "active"
    ]


def end(command: EndProject, state: Agreement) -> list[ProjectEnded]:
    """What came to its own end needs no decision any more."""
    under = state.projects.get(command.project)
    if under is None or under.status not in ("active", "to_decide"):
        return []
    return [ProjectEnded(project=command.project, reason=command.reason)]


def decide_on(command: DecideProject, state: Agreement) -> list[ProjectDecided]:
    """V31: explicitly, with reasons; also after its last day, which was escalated.

    Nothing is established in talks without an evaluation (V25): they go on by themselves, and end in their own case.
    """
    under = state.projects.get(command.project)
    if state.entered is None:
        raise NoAgreement()
    if under is None:
        raise NotUnderThisAgreement()
    if under.status != "to_decide":
        raise NothingToDecide()
    if command.decision == "ends" and (command.found is None or command.found.status != "agreed"):
        raise ProjectInTalks()
    if command.decision == "ends" and not command.clauses:
        raise ClauseMissing()
    clauses_stand_in(guidelines.load(state.entered.edition), command.clauses)
    return [
        ProjectDecided(
            project=command.project,
            decision=command.decision,
            reasons=command.reasons,
            clauses=command.clauses,
            edition=state.entered.edition,
            decided_by=command.actor.id,
        )
    ]


def escalate(command: EscalateProject, state: Agreement) -> list[ProjectDecisionOverdue]:
    """V22: told once, while it is still waited for."""
    under = state.projects.get(command.project)
    if under is None or under.status != "to_decide" or under.overdue or under.decide_by != command.due:
        return []
    return [ProjectDecisionOverdue(project=command.project, due=command.due)]
