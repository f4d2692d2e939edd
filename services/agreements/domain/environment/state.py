"""What decisions about requests need to know, and how each fact changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.agreements import ResourceGranted, ResourceRefused, ResourceRequested

RequestFact = ResourceRequested | ResourceGranted | ResourceRefused


@dataclass(frozen=True, slots=True)
class Request:
    """For something of the city's catalogue, and what the section in charge said."""

    asked: ResourceRequested
    answer: ResourceGranted | ResourceRefused | None = None


def evolve(requests: tuple[Request, ...], fact: RequestFact) -> tuple[Request, ...]:
    """Number 1 first."""
    if isinstance(fact, ResourceRequested):
        return (*requests, Request(fact))
    at = fact.number - 1
    return (*requests[:at], replace(requests[at], answer=fact), *requests[at + 1 :])
