"""The audit service: keeps every fact of every service in an append-only log; its own facts are who read it."""

from pathlib import Path

import contracts.agreements  # so that the facts of every publisher can be shown
import contracts.audit
import contracts.intake
import contracts.matching
import contracts.publication
import contracts.screening  # noqa: F401
from chassis.service import Service
from services.audit.api import routes
from services.audit.domain import READINGS
from services.audit.log import Log

SERVICE = Service(
    name="audit",
    deciders=(READINGS,),
    listens_to=("intake", "screening", "matching", "agreements", "publication", "audit"),
    take=lambda parts: Log(parts.pool, parts.clock),
    routes=routes,
    migrations=(Path(__file__).parent / "migrations",),
)
