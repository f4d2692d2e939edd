"""Matching: each eligible proposal finds the section of the city that takes it on, or a reasoned end."""

from pathlib import Path

from chassis.service import Service
from services.matching.api import routes
from services.matching.consumers import reactions
from services.matching.domain import MATCHING
from services.matching.projections import MATCHINGS

SERVICE = Service(
    name="matching",
    deciders=(MATCHING,),
    read_models=(MATCHINGS,),
    listens_to=("intake", "screening"),
    reactions=lambda parts: reactions(),
    routes=lambda parts: routes(parts.pool, parts.identify),
    migrations=(Path(__file__).parent / "migrations",),
)
