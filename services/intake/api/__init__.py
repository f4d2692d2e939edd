"""What intake adds to its commands, and its queries.

supplies    the fields of commands that only the service can know
queries     lists, themes and how a case stands
reading     ideas and questions themselves, each reading kept with its purpose (V17)
"""

from fastapi import APIRouter

from chassis.service import Parts
from services.intake.api import queries, reading
from services.intake.api.supplies import supplies

__all__ = ["routes", "supplies"]


def routes(parts: Parts) -> APIRouter:
    """Everything that is looked up at the window."""
    reader = reading.Reader(parts.pool, parts.store, parts.commands, parts.identify, parts.clock)
    both = APIRouter()
    both.include_router(queries.routes(reader, parts.pool, parts.identify, parts.settings.municipality))
    both.include_router(reading.routes(reader, parts.pool))
    return both
