from chassis.service import run
from services.screening.main import SCREENING

run(SCREENING)
