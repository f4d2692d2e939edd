"""What is disclosed: after the proposers were asked, with grounds for what is not (V07, V08, V18). Pure."""

from __future__ import annotations

from datetime import date

from contracts.days import day
from contracts.publication import DisclosureDecided, ThirdPartyTold
from services.publication.domain.disclosure.commands import DecideDisclosure
from services.publication.domain.disclosure.days import disclosure_day
from services.publication.domain.disclosure.refusals import (
    CaseLeftOut,
    DecisionMade,
    GrantBlackensNothing,
    NoSuchGround,
    NothingBlackened,
    OpinionsAwaited,
    RefusalWithoutGround,
    RequestTakenBack,
    ThirdPartyNotAsked,
    known,
)
from services.publication.domain.disclosure.state import Disclosure, DisclosureFact


def decided(command: DecideDisclosure, state: Disclosure) -> list[DisclosureFact]:
    request = known(state)
    if state.status == "withdrawn":
        raise RequestTakenBack()
    if state.status not in ("open", "waiting"):
        raise DecisionMade()
    today = day(command.at, request.zone)
    proposers_were_asked(command, state, today)
    cites_its_grounds(command)
    objected = bool(state.objecting)
    refused = command.decision == "refuse"
    on = None if refused else disclosure_day(request, today, objected=objected)
    fact = DisclosureDecided(
        number=(state.decision.number if state.decision else 0) + 1,
        decision=command.decision,
        cases=tuple(state.asked),
        redactions=command.redactions,
        grounds=command.grounds,
        edition=request.edition,
        reasons=command.reasons,
        decided_on=today,
        disclose_on=on,
        objected=objected,
        decided_by=command.actor.id,
        zone=request.zone,
    )
    told = [ThirdPartyTold(case=case, decision=command.decision, disclose_on=on) for case in state.asked]
    return [fact, *told]


def proposers_were_asked(command: DecideDisclosure, state: Disclosure, today: date) -> None:
    """V18: each proposer is asked before; and has spoken, or had the time for it."""
    if strangers := [case for case in command.cases if case not in state.asked]:
        raise ThirdPartyNotAsked(f"Ask about: {', '.join(strangers[:5])}.")
    if left_out := [case for case in state.asked if case not in command.cases]:
        raise CaseLeftOut(f"Left out: {', '.join(left_out[:5])}.")
    silent = {case: by for case, by in state.asked.items() if case not in state.opinions and today <= by}
    if silent:
        raise OpinionsAwaited(f"{len(silent)} of them, until {max(silent.values())}.")


def cites_its_grounds(command: DecideDisclosure) -> None:
    """V07, V08: each thing that is not shown has a ground, and each ground stands in the pack."""
    if command.decision == "partial" and not command.redactions:
        raise NothingBlackened()
    if command.decision != "partial" and command.redactions:
        raise GrantBlackensNothing()
    if command.decision == "refuse" and not command.grounds:
        raise RefusalWithoutGround()
    cited = {*command.grounds, *(redaction.ground for redaction in command.redactions)}
    if unknown := sorted(cited - command.known_grounds):
        raise NoSuchGround(f"It is {', '.join(unknown[:5])}.")
