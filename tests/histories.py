"""What machines of any commands have in common: some things hold at every step, others of a history as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis.stateful import RuleBasedStateMachine

Check = TypeVar("Check", bound=Callable[[Any], None])


def of_the_history(check: Check) -> Check:
    """Looked at once, when a history is over: facts do not change, so what was wrong at a step is wrong at the end."""
    check.__dict__["of_the_history"] = True
    return check


class Histories(RuleBasedStateMachine):
    """A machine whose histories are looked at as a whole."""

    def teardown(self) -> None:
        for name in dir(type(self)):
            if getattr(getattr(type(self), name), "of_the_history", False):
                getattr(self, name)()
