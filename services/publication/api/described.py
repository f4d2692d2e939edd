"""How queries are described to people and tools, and what they say when something is not there.

NotPublished                 404
NothingOnTheWay              404
DisclosureNotFound           404
PurposeMissing               422: nobody reads for no reason
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Header, Path, Query

from chassis.decider import Refused
from chassis.openapi import ProblemDocument

Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
Ocid = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,120}$", description="ocds-…")]
After = Annotated[
    str | None,
    Query(pattern=r"^[A-Za-z0-9-]{1,64}$", description="Where the page before ended: follow `next`."),
]
Limit = Annotated[int, Query(ge=1, le=1000, description="At most so many.")]
Status = Annotated[str | None, Query(pattern=r"^[a-z_]{1,40}$", description="Only those that stand so.")]
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
IfNoneMatch = Annotated[
    str | None, Header(alias="If-None-Match", description="The ETag of what is there already.")
]


class NotPublished(Refused):
    """Nothing of this name is published."""

    status = 404


class NothingOnTheWay(Refused):
    """This case is not known here, or the secret does not fit it."""

    status = 404


class DisclosureNotFound(Refused):
    """There is no request for disclosure of this id."""

    status = 404


class PurposeMissing(Refused):
    """Say for what you read it: send the header Renkei-Purpose."""

    status = 422


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
PUBLIC: dict[int | str, dict[str, Any]] = {
    304: {"description": "It is as you have it."},
    404: problem("Nothing of this name is published."),
    422: problem("Malformed."),
    503: problem("Try again."),
}
