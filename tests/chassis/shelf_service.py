"""The shelf as a service of its own process, for tests: `python -m tests.chassis.shelf_service all`."""

from pathlib import Path

from chassis.service import Service, run
from tests.chassis.shelf import SHELF, THINGS

SERVICE = Service(
    name="shelf",
    deciders=(SHELF,),
    read_models=(THINGS,),
    listens_to=("other",),
    migrations=(Path(__file__).parent / "migrations",),
)

if __name__ == "__main__":
    run(SERVICE)
