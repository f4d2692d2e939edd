from chassis.service import run
from services.audit.main import SERVICE

run(SERVICE)
