"""Screening: partner and project are checked against the published exclusions, by the registers of the day."""

from chassis.service import Service
from services.screening.api import routes, supplies
from services.screening.consumers import reactions
from services.screening.deadlines import due
from services.screening.domain import LINK, MEASURE, REGISTER_IMPORT, SCREENING
from services.screening.projections import FLAGS, IMPORTS, LINKS, MEASURES, SCREENINGS

SERVICE = Service(
    name="screening",
    deciders=(SCREENING, MEASURE, LINK, REGISTER_IMPORT),
    read_models=(SCREENINGS, FLAGS, MEASURES, LINKS, IMPORTS),
    due=(due,),
    listens_to=("intake", "screening", "matching", "agreements"),
    reactions=lambda parts: reactions(parts.pool),
    supplies=lambda parts: supplies(parts.pool, parts.settings.municipality),
    routes=lambda parts: routes(parts.pool, parts.identify),
)
