"""What the tests of the contracts share: the published types, and the payloads kept of each for ever."""

from pathlib import Path

from contracts.generate import FOLDER, earlier, facts

SCHEMAS = FOLDER / "schemas"
GOLDEN = Path(__file__).parent / "golden"

TYPES = sorted(type_ for fact in facts() for type_ in [*earlier(fact), fact.type])


def golden(type_: str) -> bytes:
    """The payload as it was sent when this version was current."""
    path = GOLDEN / f"{type_}.json"
    assert path.exists(), (
        f"write a golden payload of {type_} as {path.name} in tests/contracts/golden, and never edit it"
    )
    return path.read_bytes()
