"""The shape of a file of rules (JSON Decision Model), as far as tables are told from it.

What an editor keeps beside it, such as where a node is drawn, is left alone; what a node does is the engine's to judge.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

TABLE = "decisionTableNode"


class _Tolerant(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ColumnOf(_Tolerant):
    """A column of a table: `field` is what it looks at, or what it fills in."""

    id: str = Field(min_length=1)
    name: str | None = None
    field: str = Field(min_length=1)


class TableContent(_Tolerant):
    hit_policy: Literal["first", "collect"] = Field("first", alias="hitPolicy")
    input_field: str | None = Field(None, alias="inputField")
    mode: Literal["single", "loop"] | None = Field(None, alias="executionMode")
    inputs: tuple[ColumnOf, ...]
    outputs: tuple[ColumnOf, ...]
    rules: tuple[dict[str, str], ...]  # by the ids of columns; `_id` names the row, `_description` tells it


class TableNode(_Tolerant):
    id: str = Field(min_length=1)
    name: str | None = None
    type: Literal["decisionTableNode"]
    content: TableContent


class OtherNode(_Tolerant):
    id: str = Field(min_length=1)
    type: str
    content: dict[str, Any] | None = None


def _kind(node: Any) -> str:
    kind = node.get("type") if isinstance(node, dict) else getattr(node, "type", None)
    return "table" if kind == TABLE else "other"


Node = Annotated[
    Annotated[TableNode, Tag("table")] | Annotated[OtherNode, Tag("other")], Discriminator(_kind)
]


class Jdm(_Tolerant):
    """A file of rules."""

    nodes: tuple[Node, ...]

    @property
    def tables(self) -> tuple[TableNode, ...]:
        return tuple(node for node in self.nodes if isinstance(node, TableNode))
