from chassis.service import run
from services.matching.main import MATCHING

run(MATCHING)
