from chassis.service import run
from services.agreements.main import AGREEMENTS

run(AGREEMENTS)
