"""The guideline of the day, or that there is none yet.

NoGuidelineInForce           404
"""

from __future__ import annotations

from datetime import date

import guidelines
from chassis.decider import Refused
from guidelines import Edition, NoEditionInForce


class NoGuidelineInForce(Refused):
    """No guideline was in force on that day, so nothing is published under one."""

    status = 404


def in_force(municipality: str, day: date) -> Edition:
    """Raises NoGuidelineInForce."""
    try:
        return guidelines.in_force(municipality, day)
    except NoEditionInForce:
        raise NoGuidelineInForce(f"It is {day}.") from None
