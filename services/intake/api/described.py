"""How queries are described to people and tools, and what they say when something is not there.

ConsultationNotFound         404
NoSuchCase                   404
ThemeNotFound                404
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Header, Path, Query

from chassis.decider import Refused
from chassis.openapi import ProblemDocument

Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
Receipt = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,100}$", description="As on the receipt: 2024-000101")]
Status = Annotated[str | None, Query(pattern=r"^[a-z_]{1,40}$", description="Only those that stand so.")]
Theme = Annotated[
    str | None, Query(pattern=r"^[A-Za-z0-9-]{1,40}$", description="Only those that answer it.")
]
Limit = Annotated[int, Query(ge=1, le=1000, description="At most so many.")]
Asking = Annotated[
    str | None, Header(alias="Renkei-Actor", description="role:id[:section]", examples=["window:W-01:S01"])
]
Purpose = Annotated[
    str | None,
    Header(
        alias="Renkei-Purpose",
        description="For what it is read, in a line; percent-encoded UTF-8. It is kept.",
        examples=["%E5%86%85%E5%AE%B9%E3%81%AE%E7%A2%BA%E8%AA%8D"],
    ),
]
Secret = Annotated[str | None, Header(alias="Renkei-Secret", description="Of the receipt: whose own it is.")]


class NoSuchCase(Refused):
    """There is no case of this receipt number, or the secret does not fit it; check both on your receipt."""

    status = 404


class ConsultationNotFound(Refused):
    """There is no such question at the window, or the secret does not fit it; check both on your receipt."""

    status = 404


class ThemeNotFound(Refused):
    """No theme of this name is published; look at the list of themes."""

    status = 404


def problem(sentence: str) -> dict[str, Any]:
    """An answer that is a problem document, as an OpenAPI response."""
    content = {"application/problem+json": {"schema": ProblemDocument.model_json_schema()}}
    return {"description": sentence, "content": content}


PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: problem("Nobody known is asking."),
    403: problem("This role may not see this."),
    404: problem("There is nothing of this name."),
    409: problem("Not now; `title` names the rule."),
    422: problem("Malformed."),
    503: problem("Try again."),
}
