"""What the shelf consists of, as a service."""

from chassis.service import Service
from tests.chassis.shelf import SHELF, THINGS

SERVICE = Service(name="shelf", deciders=(SHELF,), read_models=(THINGS,), listens_to=("other",))
