"""審査請求: a proposer stops a disclosure until somebody else has looked at it; a requester a refusal. Pure."""

from __future__ import annotations

from contracts.actors import Role
from contracts.days import day
from contracts.publication import ObjectionLodged, ObjectionResolved
from services.publication.domain.disclosure.commands import LodgeObjection, ResolveObjection
from services.publication.domain.disclosure.days import days_anew, disclosure_day
from services.publication.domain.disclosure.refusals import (
    AlreadyDisclosed,
    DecidedItYourself,
    NobodysObjection,
    NoDecisionYet,
    NoSuchObjection,
    NotForYou,
    NothingToObjectTo,
    ObjectedAlready,
    RequestTakenBack,
    known,
    speaks_for_the_case,
    speaks_for_the_request,
)
from services.publication.domain.disclosure.state import Disclosure


def lodged(command: LodgeObjection, state: Disclosure) -> ObjectionLodged:
    request = known(state)
    by_proposer = command.on_behalf_of == "third_party"
    if by_proposer:
        _is_no_citizen(command)
        speaks_for_the_case(command.actor, command.proposers)
    else:
        speaks_for_the_request(command.actor, request)
    if by_proposer != (command.case is not None) or (by_proposer and command.case not in state.asked):
        raise NobodysObjection()
    if state.status == "withdrawn":
        raise RequestTakenBack()
    if state.decision is None or state.status in ("open", "waiting"):
        raise NoDecisionYet()
    if by_proposer and state.status == "disclosed":
        raise AlreadyDisclosed()
    adverse_to = "requester" if state.decision.decision == "refuse" else "third_party"
    if command.on_behalf_of != adverse_to and state.decision.decision != "partial":
        raise NothingToObjectTo()
    same = (command.on_behalf_of, command.case)
    if any((pending.by, pending.case) == same for pending in state.pending.values()):
        raise ObjectedAlready()
    return ObjectionLodged(
        number=state.objections + 1,
        by=command.on_behalf_of,
        case=command.case,
        reasons=command.reasons,
    )


def resolved(command: ResolveObjection, state: Disclosure) -> ObjectionResolved:
    """Dismissed, whole days lie again before the disclosure (V18); upheld, it is decided on again by a day (V22)."""
    request = known(state)
    objection = state.pending.get(command.number)
    if objection is None or state.decision is None:
        raise NoSuchObjection()
    if command.actor.id == state.decision.decided_by:
        raise DecidedItYourself()
    today = day(command.at, request.zone)
    on = state.disclose_on
    if objection.by == "third_party" and on is not None:
        on = max(on, disclosure_day(request, today, objected=True))
    return ObjectionResolved(
        number=command.number,
        resolution=command.resolution,
        reasons=command.reasons,
        resolved_by=command.actor.id,
        resolved_on=today,
        disclose_on=on if command.resolution == "dismissed" else None,
        decide_by=days_anew(request, today) if command.resolution == "upheld" else None,
        zone=request.zone,
    )


def _is_no_citizen(command: LodgeObjection) -> None:
    if command.actor.role == Role.CITIZEN:
        raise NotForYou()
