"""Intake: the one open window. Proposals come in, get a receipt number, and their proposers see how they stand."""

from pathlib import Path

from chassis.service import Service
from services.intake.api import routes, supplies
from services.intake.consumers import reactions
from services.intake.deadlines import due
from services.intake.domain import PROPOSAL
from services.intake.projections import CASES
from services.intake.receipts import Secrets

SERVICE = Service(
    name="intake",
    deciders=(PROPOSAL,),
    read_models=(CASES,),
    due=(due,),
    listens_to=("screening", "matching", "agreements"),
    reactions=lambda parts: reactions(),
    supplies=lambda parts: supplies(
        parts.pool, Secrets.kept_in(parts.settings.keys), parts.settings.municipality
    ),
    routes=lambda parts: routes(parts.pool, parts.store, parts.identify),
    migrations=(Path(__file__).parent / "migrations",),
)
