"""How what is public is served: with an ETag, so that who has it already is only told so (RFC 9110, 9111).

The same rows give the same bytes, and so the same ETag, also after they were made anew (V36).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import Response

FIVE_MINUTES = "public, max-age=300"
FOR_EVER = "public, max-age=31536000, immutable"
JSON = "application/json"


def served(
    body: bytes,
    media_type: str,
    if_none_match: str | None,
    *,
    cache: str = FIVE_MINUTES,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The whole answer, or 304 where the asker has it."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    told = {"ETag": etag, "Cache-Control": cache, "Access-Control-Allow-Origin": "*", **(headers or {})}
    if if_none_match and _has(if_none_match, etag):
        return Response(status_code=304, headers=told)
    return Response(body, media_type=media_type, headers=told)


def json(
    value: Any, if_none_match: str | None, *, media_type: str = JSON, headers: Mapping[str, str] | None = None
) -> Response:
    return served(orjson.dumps(value, option=orjson.OPT_INDENT_2), media_type, if_none_match, headers=headers)


def _has(if_none_match: str, etag: str) -> bool:
    """RFC 9110, 13.1.2: any of a list, weak or strong, or `*`."""
    known = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    return "*" in known or etag in known
