from chassis.service import run
from services.screening.main import SERVICE

run(SERVICE)
