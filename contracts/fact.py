"""What a fact is, how facts are found by their type, and how old versions are read.

Unreadable                   a record that holds no fact we can read; its docstring is the reason shown
  ├─ UnknownType             no fact of this name is published
  ├─ UnknownVersion          the fact is known, this version of it is not
  └─ WrongShape              the body is not JSON, or not of the shape its type promises
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from contracts.confidential import sealed

Upcast = Callable[[dict[str, Any]], dict[str, Any]]

_TYPE = re.compile(r"^renkei\.(?P<publisher>[a-z_]+)\.(?P<name>[A-Za-z]+)\.v(?P<version>[1-9][0-9]*)$")


class Unreadable(ValueError):
    """This record holds no fact that can be read."""


class UnknownType(Unreadable):
    """No fact of this type is known here."""


class UnknownVersion(Unreadable):
    """This fact is known, but not in this version; update the reader."""


class WrongShape(Unreadable):
    """The body is not of the shape that its type promises."""


def _publisher(module: str) -> str:
    """The publisher of what stands in `contracts.<publisher>` or a file of it; elsewhere, in tests, the module."""
    root, _, rest = module.partition(".")
    return rest.partition(".")[0] if root == "contracts" else module.rpartition(".")[2]


class Fact(BaseModel):
    """Something that happened, in the past tense; frozen; never edited once stored.

    Its name on the wire is `renkei.<publisher>.<ClassName>.v<version>`, the publisher being the module of
    `contracts` it stands in.
    Readers are tolerant: fields they do not know are ignored. A fact whose meaning changes gets a new `version`, and
    `upcasts` gains the function that turns a body of the version before into one of the next.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
        defer_build=True,  # a service knows the facts of all others and meets few of them
    )

    version: ClassVar[int] = 1
    upcasts: ClassVar[dict[int, Upcast]] = {}  # from version n to n + 1
    type: ClassVar[str]
    publisher: ClassVar[str]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.publisher = _publisher(cls.__module__)
        cls.type = f"renkei.{cls.publisher}.{cls.__name__}.v{cls.version}"
        if set(cls.upcasts) != set(range(1, cls.version)):
            raise TypeError(
                f"{cls.type}: upcasts must lead from every earlier version to the next, v1 to v{cls.version}"
            )
        FACTS[f"{cls.publisher}.{cls.__name__}"] = cls

    def encoded(self) -> bytes:
        """The JSON that is stored and sent."""
        return sealed(self)


FACTS: dict[str, type[Fact]] = {}  # "<publisher>.<ClassName>" → its current version


def known(type_: str) -> tuple[type[Fact], int]:
    """The fact that a CloudEvents type names, and the version it names. Raises UnknownType or UnknownVersion."""
    named = _TYPE.fullmatch(type_)
    fact = FACTS.get(f"{named['publisher']}.{named['name']}") if named else None
    if named is None or fact is None:
        raise UnknownType(f"no fact of type {type_!r} is known here")
    version = int(named["version"])
    if version > fact.version:
        raise UnknownVersion(f"{type_} is newer than the version {fact.version} known here")
    return fact, version


def read(type_: str, body: bytes) -> Fact:
    """The fact that a record of this CloudEvents type and this JSON body holds.

    Raises UnknownType, UnknownVersion or WrongShape; the message never quotes the body.
    """
    fact, version = known(type_)
    try:
        if version == fact.version:
            return fact.model_validate_json(body)
        return fact.model_validate(upcast(fact, version, orjson.loads(body)))
    except orjson.JSONDecodeError as error:
        raise WrongShape(f"{type_}: the body is not JSON ({error.msg})") from None
    except ValidationError as error:
        places = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}"
            for e in error.errors(include_input=False, include_url=False, include_context=False)
        )
        raise WrongShape(f"{type_}: {places}") from None


def upcast(fact: type[Fact], version: int, body: dict[str, Any]) -> dict[str, Any]:
    """A body of an earlier version, turned step by step into one of the current version."""
    if not isinstance(body, dict):
        raise WrongShape(f"{fact.type}: the body is not a JSON object")
    for step in range(version, fact.version):
        try:
            body = fact.upcasts[step](body)
        except (
            Exception
        ) as error:  # whatever a function of ours stumbles over, the record is what it cannot read
            reason = f"{fact.type}: v{step} cannot be read as v{step + 1} ({type(error).__name__})"
            raise WrongShape(reason) from None
    return body
