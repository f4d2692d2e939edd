"""Agreements: dialogue, pilot, evaluation, the agreement that is signed, and what it comes to over the years."""

from chassis.beside import beside
from chassis.service import Service
from services.agreements.api import routes, supplies
from services.agreements.consumers import procurements, reactions, years
from services.agreements.deadlines import due, in_talks
from services.agreements.domain import PARTNERSHIP
from services.agreements.domain.agreement import AGREEMENT
from services.agreements.domain.evaluation.criteria import THEME_CRITERIA
from services.agreements.projections import PARTNERSHIPS
from services.agreements.projections.agreements import AGREEMENTS, PROJECTS
from services.agreements.projections.evaluations import EVALUATIONS
from services.agreements.projections.evaluations import THEME_CRITERIA as CRITERIA
from services.agreements.projections.requests import REQUESTS
from services.agreements.projections.small_contracts import SMALL_CONTRACTS

SERVICE = Service(
    name="agreements",
    deciders=(PARTNERSHIP, THEME_CRITERIA, AGREEMENT),
    read_models=(
        PARTNERSHIPS,
        REQUESTS,
        EVALUATIONS,
        CRITERIA,
        AGREEMENTS,
        PROJECTS,
        SMALL_CONTRACTS,
    ),
    due=(due, in_talks),
    listens_to=("intake", "screening", "matching", "agreements"),
    reactions=lambda parts: beside(reactions(), procurements(parts.pool), years(parts.pool)),
    supplies=lambda parts: supplies(parts.pool),
    routes=lambda parts: routes(parts.pool, parts.identify, parts.clock, parts.settings.municipality),
)
