"""Ids, and who is asking.

Unknown                      401: nobody we know
"""

from __future__ import annotations

from collections.abc import Callable

import uuid_utils
from pydantic import ValidationError

from chassis.decider import Refused
from contracts.actors import Actor

Identify = Callable[[str | None], Actor]


class Unknown(Refused):
    """Say who you are: send the header Renkei-Actor: role:id, or role:id:section."""

    status = 401


class NoSignIn(Refused):
    """No sign-in is set up here, so nobody can issue commands; only a development system takes people at their word."""

    status = 401


def new_id() -> str:
    """A new unique id that sorts by time (UUID version 7)."""
    return str(uuid_utils.uuid7())


def at_their_word(header: str | None) -> Actor:
    """Development: the actor is who the header says."""
    try:
        return Actor.parse(header or "")
    except ValidationError:
        raise Unknown() from None


def nobody(header: str | None) -> Actor:
    """Production without an identity provider: nobody is known."""
    raise NoSignIn()
