"""What a verifier says when something is wrong: which check, what it saw, and at which entry."""

from __future__ import annotations


class Refusal(Exception):
    """Something does not hold. `check` is the name of the rule, `entry` the index of the entry where it shows."""

    def __init__(self, check: str, what: str, entry: int | None = None) -> None:
        self.check = check
        self.what = what
        self.entry = entry
        super().__init__(check, what, entry)

    def __str__(self) -> str:
        place = "" if self.entry is None else f"entry {self.entry}: "
        return f"{place}{self.what} [{self.check}]"


def refuse(check: str, what: str, entry: int | None = None) -> None:
    """The one way in which a check says no. A test takes each check away in turn, and sees an attack go through."""
    raise Refusal(check, what, entry)
