"""Asking for something of the city's catalogue; the section in charge of it answers (GL5-05)."""

from __future__ import annotations

import guidelines
from chassis.decider import Refused
from contracts.actors import Actor
from contracts.agreements import ResourceGranted, ResourceRefused, ResourceRequested
from contracts.days import day
from guidelines.catalogue import Resource, catalogue
from services.agreements.domain.dialogue import TALKS, DialogueOver
from services.agreements.domain.environment.commands import (
    GrantResource,
    RefuseResource,
    RequestResource,
)
from services.agreements.domain.environment.state import Request
from services.agreements.domain.standing import side_of, stands_at
from services.agreements.domain.state import Partnership
from services.agreements.policies import clauses_stand_in


class NoSuchResource(Refused):
    """The catalogue of the edition that binds this case has nothing of this id; look it up there."""


class NoSuchRequest(Refused):
    """Nothing was asked for under this number."""


class NotInCharge(Refused):
    """Another section is in charge of this; ask it to answer."""


class AnsweredBefore(Refused):
    """This request was answered; it can be made anew."""


class RefusedWithoutClause(Refused):
    """A refusal rests on a clause; name one at least, besides the reasons."""


def request(command: RequestResource, state: Partnership) -> list[ResourceRequested]:
    """Once, until it is answered."""
    opened = stands_at(state, *TALKS, otherwise=DialogueOver)
    side = side_of(command.actor, opened)
    found = _of_catalogue(command.resource, opened.edition)
    if any(one.asked.resource == found.id and one.answer is None for one in state.requests):
        return []
    edition = guidelines.load(opened.edition)
    today = day(command.at, opened.zone)
    return [
        ResourceRequested(
            number=len(state.requests) + 1,
            resource=found.id,
            kind=found.kind,
            section=found.section,
            edition=edition.id,
            purpose=command.purpose,
            by=side,
            answer_by=edition.calendar.after(today, edition.periods.section_reply),
            zone=opened.zone,
        )
    ]


def grant(command: GrantResource, state: Partnership) -> list[ResourceGranted]:
    one = _asked(command.number, command.actor, state)
    if isinstance(one.answer, ResourceGranted):
        return []
    _still_open(one)
    licence = _of_catalogue(one.asked.resource, one.asked.edition).licence
    return [
        ResourceGranted(
            number=command.number,
            resource=one.asked.resource,
            conditions=command.conditions,
            licence=licence,
        )
    ]


def refuse(command: RefuseResource, state: Partnership) -> list[ResourceRefused]:
    """V07, V08: with a clause of the edition that it was asked for under."""
    one = _asked(command.number, command.actor, state)
    if isinstance(one.answer, ResourceRefused):
        return []
    _still_open(one)
    if not command.clauses:
        raise RefusedWithoutClause()
    clauses_stand_in(guidelines.load(one.asked.edition), command.clauses)
    return [
        ResourceRefused(
            number=command.number,
            resource=one.asked.resource,
            reasons=command.reasons,
            clauses=command.clauses,
            edition=one.asked.edition,
        )
    ]


def _asked(number: int, actor: Actor, state: Partnership) -> Request:
    stands_at(state, *TALKS, otherwise=DialogueOver)
    if number > len(state.requests):
        raise NoSuchRequest()
    one = state.requests[number - 1]
    if actor.section != one.asked.section:
        raise NotInCharge(f"It is {one.asked.section}.")
    return one


def _still_open(one: Request) -> None:
    if one.answer is not None:
        raise AnsweredBefore()


def _of_catalogue(id_: str, edition: str) -> Resource:
    for resource in catalogue(edition):
        if resource.id == id_:
            return resource
    raise NoSuchResource()
