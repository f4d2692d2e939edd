"""Intake: the one open window. Proposals come in, get a receipt number, and their proposers see how they stand."""

from chassis.beside import beside
from chassis.service import Service
from services.intake.api import routes, supplies
from services.intake.consumers import reactions
from services.intake.deadlines import due
from services.intake.domain import PROPOSAL
from services.intake.domain.access import ACCESS
from services.intake.domain.consultation import CONSULTATION
from services.intake.domain.guideline import GUIDELINE
from services.intake.domain.notices import NOTICES
from services.intake.domain.theme import THEME
from services.intake.notices import mailed, writer
from services.intake.notices import reactions as notices
from services.intake.projections import APPLICANTS, CASES, CONSULTATIONS, THEME_QUESTIONS, THEMES
from services.intake.receipts import Secrets

SERVICE = Service(
    name="intake",
    deciders=(PROPOSAL, CONSULTATION, THEME, ACCESS, NOTICES, GUIDELINE),
    read_models=(CASES, APPLICANTS, CONSULTATIONS, THEMES, THEME_QUESTIONS),
    due=(due,),
    mailed=(mailed,),
    write=lambda parts: writer(parts.store, parts.settings.mail_from),
    listens_to=("intake", "screening", "matching", "agreements", "publication"),
    reactions=lambda parts: beside(
        reactions(parts.pool, parts.store), notices(parts.pool, parts.store, parts.settings.municipality)
    ),
    supplies=lambda parts: supplies(
        parts.pool, parts.store, Secrets.kept_in(parts.settings.keys), parts.settings.municipality
    ),
    routes=lambda parts: routes(parts),
)
