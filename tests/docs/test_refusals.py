"""Every refusal is said in Japanese, too, and nothing is said that nobody can meet."""

import inspect
import pkgutil
from collections import Counter
from collections.abc import Iterator
from importlib import import_module

import pytest

import chassis
import services
from chassis.decider import Refused
from chassis.wording import FILE, in_japanese, sentences

for package in (chassis, services):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def below(refusal: type[Refused]) -> Iterator[type[Refused]]:
    for each in refusal.__subclasses__():
        yield each
        yield from below(each)


def home(refusal: type[Refused]) -> str:
    """The package whose file says it."""
    parts = refusal.__module__.split(".")
    return ".".join(parts[: 2 if parts[0] == "services" else 1])


OURS = sorted(
    {each for each in below(Refused) if home(each).startswith(("chassis", "services"))},
    key=lambda each: (home(each), each.__name__),
)
PACKAGES = sorted({home(each) for each in OURS})


def test_there_are_refusals_of_every_service() -> None:
    assert [
        "chassis",
        *(
            f"services.{name}"
            for name in ("agreements", "audit", "intake", "matching", "publication", "screening")
        ),
    ] == PACKAGES


@pytest.mark.parametrize("refusal", OURS, ids=lambda each: f"{home(each)}.{each.__name__}")
def test_a_refusal_is_said_in_japanese_and_in_english(refusal: type[Refused]) -> None:
    japanese = in_japanese(refusal)
    assert japanese, f"write the sentence of {refusal.__name__} into {home(refusal).replace('.', '/')}/{FILE}"
    assert japanese.endswith(("。", ")", "S14", "S17")), japanese
    assert not japanese.isascii()
    assert inspect.cleandoc(refusal.__doc__ or "").endswith("."), refusal


@pytest.mark.parametrize("package", PACKAGES)
def test_a_name_means_one_refusal_and_no_sentence_is_left_over(package: str) -> None:
    names = Counter(each.__name__ for each in OURS if home(each) == package)
    assert [name for name, count in names.items() if count > 1] == []
    assert sentences(package).keys() - names.keys() == set()
