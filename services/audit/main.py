"""The audit service: keeps every fact of every service in an append-only log. It decides nothing."""

from pathlib import Path

import contracts.agreements  # so that the facts of every publisher can be shown
import contracts.intake
import contracts.matching
import contracts.screening  # noqa: F401
from chassis.service import Service
from services.audit.api import routes
from services.audit.log import Log

SERVICE = Service(
    name="audit",
    listens_to=("intake", "screening", "matching", "agreements"),
    take=lambda parts: Log(parts.pool, parts.clock),
    routes=lambda parts: routes(parts.pool, parts.identify),
    migrations=(Path(__file__).parent / "migrations",),
)
