"""Small plans for the tests of a load."""

from collections.abc import Iterator
from itertools import count

from deploy.load.plan import TODAY, Plan, Step

STEPS = (
    Step("intake", "proposal", "submit-proposal", "proposer:P-1", {}),
    Step(
        "screening",
        "screening",
        "record",
        "window:W-1",
        {"as_of": TODAY},
        until=frozenset({"ScreeningNotOpen"}),
    ),
    Step("intake", "proposal", "accept-proposal", "section:U-1:S01", {}, refused=True),
    Step("screening", "screening", "confirm", "window:W-1", {}),
)


def endless(*steps: Step) -> Iterator[Plan]:
    return (Plan(f"case-{number}", steps) for number in count())
