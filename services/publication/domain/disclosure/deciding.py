"""A request for disclosure: proposers are asked before the decision, and can stop what they object to (V18).

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from typing import assert_never

from chassis.decider import Decider
from contracts.actors import Role
from contracts.days import day
from contracts.publication import (
    Disclosed,
    DisclosureRequested,
    EscalationRaised,
    OpinionGiven,
    RequestRead,
    RequestWithdrawn,
    ThirdPartyAsked,
)
from services.publication.domain.disclosure.commands import (
    AskThirdParty,
    DecideDisclosure,
    Disclose,
    DisclosureCommand,
    EscalateDisclosure,
    GiveOpinion,
    LodgeObjection,
    ReadRequest,
    ReceiveRequest,
    ResolveObjection,
    WithdrawRequest,
)
from services.publication.domain.disclosure.days import opinion_day
from services.publication.domain.disclosure.decision import decided
from services.publication.domain.disclosure.objections import lodged, resolved
from services.publication.domain.disclosure.refusals import (
    AlreadyDisclosed,
    CaseUnknownHere,
    DecisionMade,
    NoDecisionYet,
    NotAskedAboutThis,
    NothingToDisclose,
    ObjectionPending,
    RequestIdTaken,
    RequestTakenBack,
    SpokenThemselves,
    known,
    speaks_for_the_case,
    speaks_for_the_request,
)
from services.publication.domain.disclosure.state import Disclosure, DisclosureFact, evolve
from services.publication.policies import days_lie_between


def decide(command: DisclosureCommand, state: Disclosure) -> list[DisclosureFact]:
    match command:
        case ReceiveRequest():
            return [_received(command, state)]
        case ReadRequest():
            known(state)
            actor = command.actor
            return [
                RequestRead(reader=actor.id, role=actor.role, section=actor.section, purpose=command.purpose)
            ]
        case AskThirdParty():
            return [*_asked(command, state)]
        case GiveOpinion():
            return [_opinion(command, state)]
        case DecideDisclosure():
            return decided(command, state)
        case LodgeObjection():
            return [lodged(command, state)]
        case ResolveObjection():
            return [resolved(command, state)]
        case Disclose():
            return _disclosed(command, state)
        case WithdrawRequest():
            return _withdrawn(command, state)
        case EscalateDisclosure():
            if state.status not in ("open", "waiting") or state.escalated == command.due:
                return []
            return [EscalationRaised(waiting_for="disclosure_decision", due=command.due)]
        case _:
            assert_never(command)


def _received(command: ReceiveRequest, state: Disclosure) -> DisclosureRequested:
    if state.request is not None:
        raise RequestIdTaken()
    return DisclosureRequested(
        channel=command.channel,
        requested_by=command.actor.id if command.actor.role in (Role.CITIZEN, Role.PROPOSER) else None,
        requester=command.requester,
        contact=command.contact,
        request=command.request,
        received_on=day(command.at, command.zone),
        decide_by=command.decide_by,
        edition=command.edition,
        municipality=command.municipality,
        zone=command.zone,
        calendar=command.calendar,
        opinion_days=command.opinion_days,
        wait_days=command.wait_days,
    )


def _asked(command: AskThirdParty, state: Disclosure) -> list[ThirdPartyAsked]:
    """V18: every proposer whom the request touches; asked again, nobody gets another period."""
    request = known(state)
    _is_undecided(state)
    if strangers := [case for case in command.cases if case not in command.known]:
        raise CaseUnknownHere(f"Not known: {', '.join(strangers[:5])}.")
    opinion_by = opinion_day(request, state.decide_by or request.decide_by, day(command.at, request.zone))
    new = [case for case in dict.fromkeys(command.cases) if case not in state.asked]
    return [ThirdPartyAsked(case=case, opinion_by=opinion_by) for case in new]


def _opinion(command: GiveOpinion, state: Disclosure) -> OpinionGiven:
    """Also after the period, as long as nothing is decided: what is known is weighed. The last one counts; the counter
    writes one down that came on paper, and none over the proposer's own word (V18)."""
    known(state)
    speaks_for_the_case(command.actor, command.proposers)
    if command.case not in state.asked:
        raise NotAskedAboutThis()
    _is_undecided(state)
    themselves = command.actor.role == Role.PROPOSER
    if command.case in state.spoken_themselves and not themselves:
        raise SpokenThemselves()
    return OpinionGiven(
        case=command.case, objects=command.objects, reasons=command.reasons, themselves=themselves
    )


def _disclosed(command: Disclose, state: Disclosure) -> list[DisclosureFact]:
    request = known(state)
    match state.status:
        case "disclosed":
            return []
        case "withdrawn":
            raise RequestTakenBack()
        case "decided":
            pass
        case _:
            raise NoDecisionYet()
    if state.stopped:
        raise ObjectionPending()
    if state.disclose_on is None:
        raise NothingToDisclose()
    today = day(command.at, request.zone)
    days_lie_between(state.disclose_on, today)
    return [Disclosed(disclosed_on=today)]


def _withdrawn(command: WithdrawRequest, state: Disclosure) -> list[DisclosureFact]:
    speaks_for_the_request(command.actor, known(state))
    if state.status == "disclosed":
        raise AlreadyDisclosed()
    return [] if state.status == "withdrawn" else [RequestWithdrawn()]


def _is_undecided(state: Disclosure) -> None:
    if state.status == "withdrawn":
        raise RequestTakenBack()
    if state.status not in ("open", "waiting"):
        raise DecisionMade()


DISCLOSURE: Decider[DisclosureCommand, Disclosure, DisclosureFact] = Decider(
    "disclosure",
    (
        ReceiveRequest,
        ReadRequest,
        AskThirdParty,
        GiveOpinion,
        DecideDisclosure,
        LodgeObjection,
        ResolveObjection,
        Disclose,
        WithdrawRequest,
        EscalateDisclosure,
    ),
    Disclosure(),
    decide,
    evolve,
)
