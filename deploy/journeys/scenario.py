"""The format of a scenario file, as models: what is not in here is an error. For people: docs/journeys.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    StringConstraints,
    Tag,
    ValidationError,
    model_validator,
)

from contracts.actors import Actor, Role
from deploy.journeys.moments import Instant, Later, Moment

ClassName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z]*$")]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
REFERENCE = re.compile(r"\$\{([^}]*)\}")
WITHIN = 20.0  # seconds


def seconds(text: Any) -> Any:
    """`20s` → 20.0"""
    if isinstance(text, str) and re.fullmatch(r"[1-9][0-9]{0,2}s", text):
        return float(text[:-1])
    raise ValueError("write seconds like 20s")


def actor(text: Any) -> Any:
    """Raises ValueError unless it is `role:id` or `role:id:section` of a role there is."""
    try:
        Actor.parse(str(text))
    except ValidationError:
        raise ValueError(f"write role:id or role:id:section; roles are {', '.join(Role)}") from None
    return text


SomebodyActing = Annotated[str, BeforeValidator(actor)]


def one_or_more(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(Part):
    """A fact by its name, and some of its fields: `proposer.name`, `candidates.0.section`."""

    fact: ClassName
    with_: dict[str, JsonValue] = Field(default={}, alias="with")


class Step(Part):
    at: Moment | None = None  # None: the clock just goes on
    note: str | None = None  # for readers


class Ask(Step):
    """Somebody asks a service for something; then exactly these facts follow, or it is refused."""

    actor: SomebodyActing
    service: Word
    stream: Word
    id: str
    command: Annotated[str, StringConstraints(pattern=r"^([A-Z][A-Za-z]*|[a-z]+(-[a-z]+)*)$")]
    data: dict[str, JsonValue] = {}
    secret_of: str | None = None  # whoever asks has the secret of this case's receipt, and sends it
    expect: Annotated[tuple[Fact, ...], BeforeValidator(one_or_more)] | None = None
    refused: ClassName | None = None
    detail: str | None = None  # words that the refusal contains

    @model_validator(mode="after")
    def _says_what_must_happen(self) -> Ask:
        if (self.expect is None) == (self.refused is None):
            raise ValueError("say what must happen: either `expect` or `refused`")
        if self.detail is not None and self.refused is None:
            raise ValueError("`detail` belongs to `refused`")
        return self


class Wait(Step):
    """Until the case's history holds such a fact; what other services do about a fact takes a moment."""

    wait: ClassName
    case: str
    with_: dict[str, JsonValue] = Field(default={}, alias="with")
    times: int = Field(default=1, ge=1, le=100)  # for what happens again: so many of them
    within: Annotated[float, BeforeValidator(seconds)] = WITHIN


class Look(Step):
    """Somebody looks something up, and finds it: what services tell each other takes a moment here, too."""

    look: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9$][^\s?#]*$")]  # a path below the front
    actor: SomebodyActing | None = None
    purpose: str | None = None  # what it is read for, where it is an idea
    secret_of: str | None = None  # whoever has the secret of this case
    shows: dict[str, JsonValue] = {}
    hides: tuple[str, ...] = ()  # words that stand nowhere in the answer
    refused: ClassName | None = None
    within: Annotated[float, BeforeValidator(seconds)] = WITHIN

    @model_validator(mode="after")
    def _says_what_must_be_seen(self) -> Look:
        if (self.refused is None) == (not self.shows and not self.hides):
            raise ValueError("say what must be seen: `shows` or `hides`, or else `refused`")
        return self


class End(Part):
    """How a case stands in the end: what its proposer is told, and facts that stand in its history in this order."""

    case: str
    status: Word | None = None
    history: tuple[ClassName, ...] = ()
    within: Annotated[float, BeforeValidator(seconds)] = WITHIN


def sort_of(step: Any) -> str:
    match step:
        case Wait() | {"wait": _}:
            return "a wait"
        case Look() | {"look": _}:
            return "a look"
        case _:
            return "an ask"


TAGS = ("a wait", "a look", "an ask")  # what pydantic puts into the place of an error
AnyStep = Annotated[
    Annotated[Wait, Tag(TAGS[0])] | Annotated[Look, Tag(TAGS[1])] | Annotated[Ask, Tag(TAGS[2])],
    Discriminator(sort_of),
]


class Scenario(Part):
    """One file. `cases`, and consultations and themes among them, get a new id in each run; `variables` stay."""

    name: str
    title: str
    about: str | None = None
    start: Instant | None = None
    cases: dict[Word, str] = Field(min_length=1)
    variables: dict[Word, str] = {}
    steps: tuple[AnyStep, ...]
    end: tuple[End, ...]

    @model_validator(mode="after")
    def _goes_somewhere(self) -> Scenario:
        if not self.steps or not self.end:
            raise ValueError("a scenario has at least one step, and an end")
        if twice := sorted(self.cases.keys() & self.variables.keys()):
            raise ValueError(f"both a case and a variable: {', '.join(twice)}")
        return self


class WrongMoment(ValueError):
    """The clock of a scenario cannot go there. `step` counts from 0."""

    def __init__(self, step: int, why: str) -> None:
        self.step = step
        super().__init__(why)


def timeline(scenario: Scenario) -> Iterator[datetime | None]:
    """For each step the instant to which the clock jumps, if it does. Raises WrongMoment."""
    now = scenario.start
    for number, step in enumerate(scenario.steps):
        if step.at is None:
            yield None
            continue
        if isinstance(step.at, Later):
            if now is None:
                raise WrongMoment(number, "the first moment is an instant, or the file has a `start`")
            then = step.at.after(now)
        else:
            then = step.at
        if now is not None and then < now:
            raise WrongMoment(number, f"the clock does not go back: it was {now.isoformat()} before")
        now = then
        yield then


def filled_in(value: Any, variables: Mapping[str, str]) -> Any:
    """The same with each `${name}` replaced. Raises KeyError for a name that is not there."""
    match value:
        case str():
            return REFERENCE.sub(lambda reference: variables[reference[1]], value)
        case Mapping():
            return {name: filled_in(each, variables) for name, each in value.items()}
        case Sequence():
            return [filled_in(each, variables) for each in value]
        case _:
            return value
