from chassis.service import run
from services.intake.main import INTAKE

run(INTAKE)
