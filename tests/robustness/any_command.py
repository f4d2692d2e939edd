"""Any command of any decider, made from its fields alone: what a stranger could send, and what services fill in.

Values come from small pools, so that one command often speaks of what another one named.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel, StringConstraints, ValidationError
from pydantic.fields import FieldInfo

import guidelines
from chassis.decider import Command
from contracts import text
from contracts.actors import Actor, Role
from contracts.confidential import Confidential
from contracts.days import JAPAN, OfficeCalendar

START = datetime(2024, 4, 1, 1, tzinfo=UTC)
DAYS = [date(2024, 4, 1) + timedelta(days=n) for n in (-400, -10, 0, 5, 30, 365)]
POOLS = {
    text.SectionId: ["S14", "S01"],
    text.ClauseId: ["GL7-A2", "GL7-B6", "GL4-5", "Z9"],
    text.CaseId: ["C-1", "C-2"],
    text.ThemeId: ["T-1", "T-2"],
    text.MeasureId: ["M-1", "M-2"],
    text.CorporateNumber: ["3999901000104", "6999901000101"],
    text.Municipality: ["112089"],
    text.Digest: ["0" * 64, "1" * 64],
    text.EditionId: list(guidelines.editions()),
    text.Name: ["所沢市", "髙﨑①\U000e0100", "x", "環境"],
    text.Reference: ["R-1", "R-2"],
    text.Reason: ["理由", "n" * 4_000],
    text.Text: ["本文", "n" * 65_535],
}
BY_NAME: Mapping[str, Sequence[Any]] = {"zone": ["Asia/Tokyo"]}


def _pattern(alias: Any) -> tuple[str | None, int | None]:
    limits = next(m for m in get_args(alias) if isinstance(m, StringConstraints))
    return str(limits.pattern), limits.max_length


BY_PATTERN = {_pattern(alias): values for alias, values in POOLS.items()}


@cache
def commands(kinds: tuple[type[Command], ...]) -> st.SearchStrategy[Command]:
    """Any of these, mostly by somebody who may."""
    return st.one_of([model(kind) for kind in kinds])


@cache
def model(kind: type[Any]) -> st.SearchStrategy[Any]:
    """A model, by its fields; combinations that its own validators refuse come up nowhere else either."""

    def made(values: Mapping[str, Any]) -> Any:
        try:
            return kind.model_validate(values)
        except ValidationError:
            return None

    fields = {_key(name, field): _field(kind, name, field) for name, field in kind.model_fields.items()}
    required = {key: one for key, one in fields.items() if _is_required(kind, key)}
    optional = {key: one for key, one in fields.items() if key not in required}
    return st.fixed_dictionaries(required, optional=optional).map(made).filter(lambda one: one is not None)


def _is_required(kind: type[BaseModel], key: str) -> bool:
    return next(f for name, f in kind.model_fields.items() if _key(name, f) == key).is_required()


def _key(name: str, field: FieldInfo) -> str:
    return field.validation_alias if isinstance(field.validation_alias, str) else name


def _field(kind: type[Any], name: str, field: FieldInfo) -> st.SearchStrategy[Any]:
    if name in BY_NAME:
        return st.sampled_from(BY_NAME[name])
    if name == "actor" and issubclass(kind, Command):
        roles = sorted(kind.by) * 4 + [Role.CITIZEN]
        return st.builds(_actor, st.sampled_from(roles), st.sampled_from(["A-1", "A-2"]))
    if name == "at":
        return st.integers(0, 40).map(lambda days: START + timedelta(days=days))
    return value(field.annotation, tuple(field.metadata))


def _actor(role: Role, id_: str) -> Actor:
    return Actor(role=role, id=id_, section="S14" if role == Role.SECTION else "S01")


def value(of: Any, limits: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """A value of a type, within its limits."""
    origin, parts = get_origin(of), get_args(of)
    if origin is Annotated:
        return value(parts[0], (*parts[1:], *limits))
    if origin in (Union, types.UnionType):
        return st.one_of([value(part, limits) for part in parts])
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is Confidential:
        return value(parts[0], limits).map(Confidential)
    if origin in (tuple, frozenset) or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return _several(origin, parts, limits)
    if of is type(None):
        return st.none()
    return _single(of, limits)


def _several(origin: Any, parts: tuple[Any, ...], limits: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    least = next((m.min_length for m in _flat(limits) if isinstance(m, MinLen)), 0)
    most = next((m.max_length for m in _flat(limits) if isinstance(m, MaxLen)), 3)
    if origin is frozenset:
        return st.frozensets(value(parts[0]), max_size=2)
    if origin is not tuple:
        return st.dictionaries(value(parts[0]), value(parts[1]), max_size=2)
    if parts[-1] is Ellipsis:
        return st.lists(value(parts[0]), min_size=least, max_size=min(most, max(least, 2))).map(tuple)
    return st.tuples(*map(value, parts))


def _single(of: Any, limits: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if of is str:
        return _text(limits)
    if of is bool:
        return st.booleans()
    if of in (int, float):
        return st.sampled_from([of(n) for n in (0, 1, 2, 3, 60, 100) if _within(n, limits)])
    if of is date:
        return st.sampled_from(DAYS)
    if of in (datetime, AwareDatetime):
        return st.integers(0, 40).map(lambda days: START + timedelta(days=days))
    if of is Any:
        return st.sampled_from([None, 1, "x", {"a": [1]}])
    if of is OfficeCalendar:
        return st.just(JAPAN)
    if of is Actor:
        return st.sampled_from(Role).map(lambda role: _actor(role, "A-1"))
    if isinstance(of, type) and issubclass(of, Enum):
        return st.sampled_from(of)
    if isinstance(of, type) and issubclass(of, BaseModel):
        return model(of)
    if dataclasses.is_dataclass(of):
        hints = get_type_hints(of, include_extras=True)
        return st.builds(of, **{f.name: value(hints[f.name]) for f in dataclasses.fields(of)})
    raise NotImplementedError(f"nobody has said how to make any {of}")


def _text(limits: tuple[Any, ...]) -> st.SearchStrategy[str]:
    for limit in limits:
        if isinstance(limit, StringConstraints) and limit.pattern:
            pool = BY_PATTERN.get((str(limit.pattern), limit.max_length))
            return st.sampled_from(pool) if pool else st.from_regex(str(limit.pattern), fullmatch=True)
    return st.sampled_from(["A-1", "A-2", "S14"])


def _flat(limits: tuple[Any, ...]) -> list[Any]:
    return [
        each for limit in limits for each in (limit.metadata if isinstance(limit, FieldInfo) else (limit,))
    ]


def _within(number: int, limits: tuple[Any, ...]) -> bool:
    return all(
        not (
            (isinstance(limit, Ge) and number < limit.ge)  # type: ignore[operator]
            or (isinstance(limit, Gt) and number <= limit.gt)  # type: ignore[operator]
            or (isinstance(limit, Le) and number > limit.le)  # type: ignore[operator]
            or (isinstance(limit, Lt) and number >= limit.lt)  # type: ignore[operator]
        )
        for limit in _flat(limits)
    )
