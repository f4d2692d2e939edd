from chassis.service import run
from services.intake.main import SERVICE

run(SERVICE)
