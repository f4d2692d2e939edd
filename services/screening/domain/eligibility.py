"""Eligible or not: the rule of the edition is applied to what was answered, by the law of the day (V07, V08, V32)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import guidelines
from chassis.decider import Command, Refused
from contracts.days import day
from contracts.decision import Basis
from contracts.screening import Answer, Decision, EligibilityDecided, ScreeningOpened
from contracts.text import ClauseId
from guidelines import Law, rules
from services.screening.domain.commands import ConfirmEligible, DeclareIneligible
from services.screening.domain.state import Screening
from services.screening.policies import (
    BEFORE_ELIGIBLE,
    BEFORE_INELIGIBLE,
    ELIGIBLE,
    INELIGIBLE,
    Case,
    Dossier,
    Measure,
    Sheet,
    a_delegate_acts_as_delegated,
    counting,
)

Policy = Callable[[Case], None]


class RuleUnusable(Refused):
    """The rule of this edition cannot be applied to these answers; have its pack checked (renkei guideline check)."""


BY_DECISION: Mapping[Decision, tuple[Sequence[Policy], Sequence[Policy]]] = {
    "eligible": (BEFORE_ELIGIBLE, ELIGIBLE),
    "ineligible": (BEFORE_INELIGIBLE, INELIGIBLE),
}


def decided(
    command: ConfirmEligible | DeclareIneligible, dossier: Dossier, state: Screening
) -> EligibilityDecided:
    """What the rule says, as the command says it; raises whatever stands against that."""
    decision: Decision = "eligible" if isinstance(command, ConfirmEligible) else "ineligible"
    today = today_of(command, dossier.opened)
    law = law_of(dossier.opened, today)
    measures = concerning(command.measures, dossier.opened, law)
    case = Case(dossier, law, measures, counting(dossier, measures), today)
    before, after = BY_DECISION[decision]
    for policy in before:
        policy(case)
    basis = _applied(dossier, law)
    excluding: tuple[ClauseId, ...] = tuple(json.loads(basis.result)["clauses"])
    for policy in after:
        policy(replace(case, excluding=excluding))
    mayors = [clause for clause in excluding if clause in dossier.opened.mayor_clauses]
    a_delegate_acts_as_delegated(command.actor, dossier.opened.edition, mayors, today)
    assert dossier.partner is not None, "no decision without a screening of the partner"
    period = timedelta(days=dossier.opened.reconsideration_days)
    return EligibilityDecided(
        decision=decision,
        clauses=excluding,
        answers=dossier.answers,
        edition=dossier.opened.edition,
        municipality=dossier.opened.municipality,
        as_of=dossier.partner.as_of,
        reconsider_by=today + period if decision == "ineligible" else None,
        decided_by=command.actor.id,
        basis=basis,
        law_edition=law.edition,
        resumes=state.stopped and decision == "eligible",
        rescreened=state.stopped,
        flags=tuple(flagged.flag for flagged in dossier.flags.values() if flagged.answer),
    )


def _applied(dossier: Dossier, law: Law) -> Basis:
    """The rule `eligibility` of the edition of the case, on every answer there is, in the order of the edition."""
    applies = {answer.clause: answer.applies for answer in dossier.answers}
    order = dossier.requirements + _beyond(law.clauses, dossier.opened)
    answers = {clause: applies[clause] for clause in order if clause in applies}
    findings = {finding.clause: finding.applies for finding in dossier.findings if finding.clause in answers}
    inputs = rules.eligibility_inputs(answers, findings, law.clauses)
    try:
        return rules.evaluate(dossier.opened.edition, rules.ELIGIBILITY, inputs)
    except (rules.NoSuchRule, rules.RuleFails, guidelines.BrokenPack) as error:
        raise RuleUnusable(f"{error}.") from None


def partner_sheet(dossier: Dossier, law: Law, answers: tuple[Answer, ...]) -> Sheet:
    """The clauses about the partner: of the edition, and those that protect the law on that day."""
    clauses = dossier.opened.partner_clauses + _beyond(law.partner_clauses, dossier.opened)
    return _sheet(dossier, clauses, answers)


def project_sheet(dossier: Dossier, law: Law, answers: tuple[Answer, ...]) -> Sheet:
    """The same about the project."""
    clauses = dossier.opened.project_clauses + _beyond(law.project_clauses, dossier.opened)
    return _sheet(dossier, clauses, answers)


def register_clauses(opened: ScreeningOpened, law: Law) -> tuple[ClauseId, ...]:
    """The clauses that registers answer."""
    return opened.register_clauses + _beyond(tuple(law.registers.values()), opened)


def concerning(measures: tuple[Measure, ...], opened: ScreeningOpened, law: Law) -> tuple[Measure, ...]:
    """The entries by the clauses that their registers answer: of the edition of the case, else of the law."""
    registers = {**law.registers, **opened.registers}
    return tuple(measure.answering(registers) for measure in measures)


def law_of(opened: ScreeningOpened, today: date) -> Law:
    """V32: what protects the law on that day. Where no edition is in force any more, that of the case stays."""
    try:
        return guidelines.law_in_force(opened.municipality, today)
    except guidelines.NoEditionInForce:
        return Law(opened.edition, (), (), {})


def today_of(command: Command, opened: ScreeningOpened) -> date:
    return day(command.at, opened.zone)


def _sheet(dossier: Dossier, clauses: tuple[ClauseId, ...], answers: tuple[Answer, ...]) -> Sheet:
    return Sheet(clauses, answers, frozenset(dossier.opened.mayor_clauses), dossier.found)


def _beyond(clauses: tuple[ClauseId, ...], opened: ScreeningOpened) -> tuple[ClauseId, ...]:
    """Those that the edition of the case does not ask for."""
    own = {*opened.partner_clauses, *opened.project_clauses}
    return tuple(dict.fromkeys(clause for clause in clauses if clause not in own))
