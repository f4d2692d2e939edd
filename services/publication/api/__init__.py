"""What publication adds to its commands, and its queries.

open_data      cases, themes, data sets, statistics, feeds, for everybody
procurements   the Open Contracting Data Standard, for everybody
office         what is on its way, and requests for disclosure
supplies       the fields of commands that only the service can know
"""

from fastapi import APIRouter

from chassis.service import Parts
from services.publication.api import office, open_data, procurements
from services.publication.api.supplies import supplies

__all__ = ["routes", "supplies"]


def routes(parts: Parts) -> APIRouter:
    """Everything that is looked up at publication."""
    today = open_data.today_of(lambda: parts.clock())
    settings = parts.settings
    public = open_data.Open(parts.pool, today, settings.municipality, settings.address)
    desk = office.Desk(parts.pool, parts.store, parts.commands, parts.identify, lambda: parts.clock())
    both = APIRouter()
    both.include_router(open_data.routes(public))
    both.include_router(procurements.routes(public))
    both.include_router(office.routes(desk))
    return both
