"""Intake: the one open window. Proposals come in, get a receipt number, and their proposers see how they stand."""

from pathlib import Path

from chassis.service import Service
from services.intake.api import routes, supplies
from services.intake.consumers import reactions
from services.intake.deadlines import due
from services.intake.domain import PROPOSAL
from services.intake.domain.notices import NOTICES
from services.intake.notices import beside, mailed, writer
from services.intake.notices import reactions as notices
from services.intake.projections import CASES
from services.intake.receipts import Secrets

SERVICE = Service(
    name="intake",
    deciders=(PROPOSAL, NOTICES),
    read_models=(CASES,),
    due=(due,),
    mailed=(mailed,),
    write=lambda parts: writer(parts.store, parts.settings.mail_from),
    listens_to=("intake", "screening", "matching", "agreements"),
    reactions=lambda parts: beside(
        reactions(), notices(parts.pool, parts.store, parts.settings.municipality)
    ),
    supplies=lambda parts: supplies(
        parts.pool, Secrets.kept_in(parts.settings.keys), parts.settings.municipality
    ),
    routes=lambda parts: routes(parts.pool, parts.store, parts.identify),
    migrations=(Path(__file__).parent / "migrations",),
)
