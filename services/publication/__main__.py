from chassis.service import run
from services.publication.main import SERVICE

run(SERVICE)
