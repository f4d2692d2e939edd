"""Screening: partner and project are checked against the published exclusions, by the registers of the day."""

from pathlib import Path

from chassis.service import Service
from services.screening.api import routes, supplies
from services.screening.consumers import reactions
from services.screening.domain import MEASURE, SCREENING
from services.screening.projections import MEASURES, SCREENINGS

SERVICE = Service(
    name="screening",
    deciders=(SCREENING, MEASURE),
    read_models=(SCREENINGS, MEASURES),
    listens_to=("intake",),
    reactions=lambda parts: reactions(),
    supplies=lambda parts: supplies(parts.pool),
    routes=lambda parts: routes(parts.pool, parts.identify),
    migrations=(Path(__file__).parent / "migrations",),
)
