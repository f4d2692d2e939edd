"""Values that are shown to nobody by accident: ideas under protection (GL5-04) and personal data.

    Confidential                 repr, str, logs, traces, errors, answers of commands: "(confidential)"
      └─ sealed(...)             the one place that turns it into what is stored and sent

Encryption with an erasable key per case belongs in `Seal`, and nowhere else.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Generic, Protocol, TypeVar, get_args

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler, SerializationInfo, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")

HIDDEN = "(confidential)"


class Seal(Protocol):
    """Turns a confidential value into what is stored and sent."""

    def __call__(self, value: Any) -> Any: ...


def plain(value: Any) -> Any:
    """The seal of today: stored as it is, inside the city's own network and databases."""
    return value


@cache
def _adapter(model: type[BaseModel]) -> TypeAdapter[BaseModel]:
    """Writes bytes; the model itself would write a text, to be encoded once more."""
    return TypeAdapter(model)


def sealed(model: BaseModel, seal: Seal = plain) -> bytes:
    """The JSON of `model` as it is stored and sent. Everything else that prints a model hides these values."""
    return _adapter(type(model)).dump_json(model, context={"seal": seal})


class Confidential(Generic[T]):
    """A value of type T that only `reveal()` shows."""

    __slots__ = ("_value",)

    def __init__(self, value: T) -> None:
        self._value = value

    def reveal(self) -> T:
        return self._value

    def __repr__(self) -> str:
        return HIDDEN

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Confidential) and self._value == other._value

    def __hash__(self) -> int:
        return hash((Confidential, self._value))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        (inner,) = get_args(source) or (Any,)
        wrap = core_schema.no_info_after_validator_function(cls, handler(inner))
        return core_schema.json_or_python_schema(
            json_schema=wrap,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), wrap]),
            serialization=core_schema.plain_serializer_function_ser_schema(_serialise, info_arg=True),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        inner = handler(schema["json_schema"]["schema"])
        return {**inner, "x-confidential": True}


def _serialise(value: Confidential[Any], info: SerializationInfo) -> Any:
    seal: Seal | None = (info.context or {}).get("seal")
    return seal(value.reveal()) if seal else HIDDEN
