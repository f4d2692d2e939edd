from chassis.service import run
from services.audit.main import AUDIT

run(AUDIT)
