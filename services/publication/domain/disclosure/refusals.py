"""Why something is not done about a request for disclosure."""

from __future__ import annotations

from collections.abc import Collection

from chassis.decider import NotYours, Refused
from contracts.actors import Actor, Role
from contracts.publication import DisclosureRequested
from services.publication.domain.disclosure.state import Disclosure


class NoSuchRequest(Refused):
    """There is no request for disclosure of this id."""

    status = 404


class RequestIdTaken(Refused):
    """A request has this id already; choose another one."""


class CaseUnknownHere(Refused):
    """A case that nobody knows here has no proposer who could be asked; check its id."""


class NotAskedAboutThis(Refused):
    """The request does not touch this case, so its proposer was not asked."""


class SpokenThemselves(Refused):
    """The proposer gave this opinion themselves; only they change it."""


class DecisionMade(Refused):
    """The request is decided."""


class NoDecisionYet(Refused):
    """The request is not decided yet."""


class RequestTakenBack(Refused):
    """The requester took the request back."""


class AlreadyDisclosed(Refused):
    """It is disclosed already, and cannot be taken back."""


class ThirdPartyNotAsked(Refused):
    """The proposer of each case that a decision is about is asked for an opinion first (V18)."""


class CaseLeftOut(Refused):
    """A decision is about every case whose proposer was asked; name them all."""


class OpinionsAwaited(Refused):
    """Proposers may still give their opinion (V18); decide when all have, or when their period is over."""


class NothingBlackened(Refused):
    """A disclosure in part says what is blackened, each with its ground; otherwise it is a grant or a refusal."""


class GrantBlackensNothing(Refused):
    """What is disclosed in full, or not at all, has nothing blackened; decide for a disclosure in part."""


class RefusalWithoutGround(Refused):
    """What is not disclosed cites at least one ground of the ordinance (V07)."""


class NoSuchGround(Refused):
    """The edition names no such ground of the ordinance (V08)."""


class NothingToDisclose(Refused):
    """The decision was to disclose nothing."""


class ObjectionPending(Refused):
    """A proposer has objected (審査請求); nothing is disclosed until that is decided."""


class NobodysObjection(Refused):
    """A proposer objects for a case that was asked about; a requester names no case."""


class NothingToObjectTo(Refused):
    """A proposer can object to a disclosure, a requester to what is not disclosed; there is no such thing here."""


class ObjectedAlready(Refused):
    """The same objection is pending."""


class NoSuchObjection(Refused):
    """No objection of this number is pending."""


class DecidedItYourself(NotYours):
    """An objection is decided on by somebody who did not make the decision (V34)."""


class NotForYou(NotYours):
    """A proposer speaks for their own case, who made a request for that request; the counter writes down for both."""


def speaks_for_the_case(actor: Actor, proposers: Collection[str]) -> None:
    """V18: the opinion is that of who proposed."""
    if actor.role == Role.PROPOSER and actor.id not in proposers:
        raise NotForYou()


def speaks_for_the_request(actor: Actor, request: DisclosureRequested) -> None:
    """Whoever asked on the web, or the counter."""
    if actor.role in (Role.CITIZEN, Role.PROPOSER) and actor.id != request.requested_by:
        raise NotForYou()


def known(state: Disclosure) -> DisclosureRequested:
    if state.request is None:
        raise NoSuchRequest()
    return state.request
