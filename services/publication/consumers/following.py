"""Who acts here on what others told, and the shape in which it is said what follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from chassis.decider import Command, Recorded
from contracts.actors import Actor, Role

PUBLICATION = Actor(role=Role.SERVICE, id="publication")

Following = Sequence[tuple[str, Command]]
Says = Callable[[Recorded, datetime], Following]  # nothing is looked up for it
