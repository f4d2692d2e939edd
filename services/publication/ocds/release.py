"""A release: what it tells, of which procurement, under which tags. The same inputs give the same bytes (V36).

Source: https://standard.open-contracting.org/1.1/en/schema/release/ (1.1.5), and its codelist releaseTag.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Literal

import orjson

Stage = Literal["planning", "tender", "award", "contract", "cancelled"]

AGAIN = {
    "planning": "planningUpdate",
    "tender": "tenderUpdate",
    "award": "awardUpdate",
    "contract": "contractUpdate",
}


def process(ocid: str, turn: int) -> str:
    """A case that is procured anew, after a procurement was abandoned, is another contracting process."""
    return ocid if turn == 1 else f"{ocid}-{turn}"


def tags(stage: Stage, before: Collection[str]) -> tuple[str, ...]:
    """What the release is about, given the tags of those before it; empty where there is nothing to tell."""
    if stage == "cancelled":
        ended = tuple(f"{each}Cancellation" for each in ("award", "tender") if each in before)
        return ended or (("planningUpdate",) if "planning" in before else ())
    if stage == "contract" and "award" not in before:
        return ()  # a contract of a case that was not procured
    return (AGAIN[stage],) if stage in before else (stage,)


def release(ocid: str, id_: str, date: datetime, tags_: Collection[str], content: Mapping[str, Any]) -> str:
    """JSON, with members in the order of their names."""
    said = {
        "ocid": ocid,
        "id": id_,
        "date": date,
        "tag": list(tags_),
        "initiationType": "tender",
        "language": "ja",
        **_ended(tags_, content),
    }
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z).decode()


def _ended(tags_: Collection[str], content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was awarded, tendered or only planned when the procurement was given up."""
    if "awardCancellation" in tags_:
        return {**content, "awards": [{"id": "award", "status": "cancelled"}]}
    if "tender" in content and content["tender"].get("status") == "cancelled" and "planningUpdate" in tags_:
        return {**content, "tender": {**content["tender"], "status": "withdrawn"}}
    return content
