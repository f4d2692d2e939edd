"""Old versions are read as the current one, step by step, and a chain with a hole is found at import."""

from typing import Any

import orjson
import pytest

from contracts import fact as module
from contracts.fact import Fact, UnknownType, UnknownVersion, Unreadable, WrongShape, read


@pytest.fixture(autouse=True)
def own_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The facts made here are known here only."""
    monkeypatch.setattr(module, "FACTS", {})


def named_in_full(body: dict[str, Any]) -> dict[str, Any]:
    return {"name": f"{body['family']} {body['given']}"}


def with_a_language(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "language": "ja"}


def greeted() -> type[Fact]:
    class Greeted(Fact):
        """Somebody was greeted: first by two names, then by one, then in a language."""

        version = 3
        upcasts = {1: named_in_full, 2: with_a_language}  # noqa: RUF012  # as facts are written

        name: str
        language: str

    return Greeted


@pytest.mark.parametrize(
    ("version", "body"),
    [
        (1, {"family": "所沢", "given": "花子"}),
        (2, {"name": "所沢 花子"}),
        (3, {"name": "所沢 花子", "language": "ja"}),
    ],
)
def test_every_version_is_read_as_the_current_one(version: int, body: dict[str, Any]) -> None:
    current = greeted()
    fact = read(f"renkei.test_upcasts.Greeted.v{version}", orjson.dumps(body))
    assert isinstance(fact, current)
    assert fact.model_dump() == {"name": "所沢 花子", "language": "ja"}


@pytest.mark.parametrize("steps", [{}, {1: named_in_full}, {2: with_a_language}, {1: dict, 2: dict, 3: dict}])
def test_a_chain_with_a_hole_or_a_step_too_many_is_refused_at_import(steps: dict[int, Any]) -> None:
    with pytest.raises(TypeError, match="from every earlier version to the next, v1 to v3"):

        class Greeted(Fact):
            """Somebody was greeted."""

            version = 3
            upcasts = steps

    assert module.FACTS == {}


def test_fields_that_came_later_are_ignored() -> None:
    greeted()
    fact = read("renkei.test_upcasts.Greeted.v3", b'{"name":"A","language":"en","added":"next year"}')
    assert fact.model_dump() == {"name": "A", "language": "en"}


@pytest.mark.parametrize(
    ("type_", "body", "reason"),
    [
        ("renkei.test_upcasts.Greeted.v4", b"{}", UnknownVersion),
        ("renkei.test_upcasts.Insulted.v1", b"{}", UnknownType),
        ("com.example.greeted", b"{}", UnknownType),
        ("renkei.test_upcasts.Greeted.v0", b"{}", UnknownType),
        ("renkei.test_upcasts.Greeted.v3", b"{", WrongShape),
        ("renkei.test_upcasts.Greeted.v3", b'{"name":"A"}', WrongShape),
        ("renkei.test_upcasts.Greeted.v2", b"[]", WrongShape),
        ("renkei.test_upcasts.Greeted.v2", b"\xff", WrongShape),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(type_: str, body: bytes, reason: type[Unreadable]) -> None:
    greeted()
    with pytest.raises(reason):
        read(type_, body)
