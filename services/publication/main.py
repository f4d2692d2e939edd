"""Publication: what everybody may see of the cases, by consent; what is public as it is; disclosure on request."""

from chassis.service import Service
from services.publication.api import routes, supplies
from services.publication.consumers import reactions
from services.publication.deadlines import due
from services.publication.domain import DISCLOSURE, LISTING, PUBLICATION
from services.publication.projections import READ_MODELS

SERVICE = Service(
    name="publication",
    deciders=(PUBLICATION, LISTING, DISCLOSURE),
    read_models=READ_MODELS,
    due=(due,),
    listens_to=("intake", "screening", "matching", "agreements"),
    reactions=lambda parts: reactions(),
    supplies=lambda parts: supplies(parts.pool, parts.settings.municipality),
    routes=routes,
)
