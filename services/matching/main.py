"""Matching: each eligible proposal finds the section of the city that takes it on, or a reasoned end."""

from chassis.service import Service
from services.matching.api import routes, supplies
from services.matching.consumers import reactions
from services.matching.deadlines import due
from services.matching.domain import INTEREST, MATCHING, SECTION
from services.matching.projections import CAPACITIES, INTERESTS, LEADS, LESSONS, MATCHINGS

SERVICE = Service(
    name="matching",
    deciders=(MATCHING, INTEREST, SECTION),
    read_models=(MATCHINGS, LEADS, CAPACITIES, INTERESTS, LESSONS),
    due=(due,),
    listens_to=("intake", "screening", "agreements", "matching"),
    reactions=lambda parts: reactions(parts.pool),
    supplies=lambda parts: supplies(parts.pool, parts.settings.municipality),
    routes=lambda parts: routes(
        parts.pool, parts.store, parts.identify, parts.clock, parts.settings.municipality
    ),
)
