from chassis.service import run
from services.matching.main import SERVICE

run(SERVICE)
