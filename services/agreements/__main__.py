from chassis.service import run
from services.agreements.main import SERVICE

run(SERVICE)
