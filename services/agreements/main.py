"""Agreements: dialogue, pilot, evaluation, and the agreement that is signed at the end."""

from pathlib import Path

from chassis.service import Service
from services.agreements.api import routes
from services.agreements.consumers import reactions
from services.agreements.domain import PARTNERSHIP
from services.agreements.projections import PARTNERSHIPS

SERVICE = Service(
    name="agreements",
    deciders=(PARTNERSHIP,),
    read_models=(PARTNERSHIPS,),
    listens_to=("intake", "screening", "matching"),
    reactions=lambda parts: reactions(),
    routes=lambda parts: routes(parts.pool, parts.identify),
    migrations=(Path(__file__).parent / "migrations",),
)
