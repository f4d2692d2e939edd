"""What other services told of a town's cases, and a case that is taken to the public (fictional)."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from contracts.agreements import AgreementSigned, OpenDataReleased
from contracts.confidential import Confidential
from contracts.intake import (
    Partner,
    ProposalReceived,
    ThemeClosed,
    ThemeCriterion,
    ThemePublished,
    criteria_version,
)
from tests.publication.hall import Hall
from tests.publication.sample import EDITION, FIRM, IDEA, SECRET_IDEA

SECRET = "0123456789abcdef"
WINDOW, PARTNER = "window:W-01:S01", "proposer:P-01"
PURPOSE = "%E5%86%85%E5%AE%B9%E3%81%AE%E7%A2%BA%E8%AA%8D"
PUBLIC = (
    "", "/cases", "/cases.csv", "/cases/C01", "/themes", "/themes.csv", "/datasets", "/statistics", "/statistics.csv",
    "/feed.atom", "/feed.json", "/procurements/releases", "/procurements/records", "/openapi.json",
)  # fmt: skip


def received(secret: str = SECRET) -> ProposalReceived:
    return ProposalReceived(
        edition=EDITION.id,
        municipality=EDITION.municipality,
        received_on=date(2023, 8, 21),
        receipt_number="R2023-0001",
        partner=Partner.model_validate(FIRM),
        title=Confidential(IDEA["title"]),
        body=Confidential(IDEA["content"]),
        proposers=("P-01",),
        secret_hash=hashlib.sha256(secret.encode()).hexdigest(),
    )


def signed() -> AgreementSigned:
    return AgreementSigned(
        form="individual_agreement",
        signed_on=date(2024, 6, 3),
        title=Confidential(IDEA["title"]),
        partner_signatory=Confidential("架空 一郎"),
        screening_as_of=date(2024, 5, 27),
        cost_class="none",
        term_from=date(2024, 6, 3),
        term_to=date(2025, 3, 31),
    )


def theme() -> ThemePublished:
    criteria = (ThemeCriterion(name="課題適合性", weight=60), ThemeCriterion(name="継続性", weight=40))
    return ThemePublished(
        section="S17",
        title="放課後のこどもの居場所づくり",
        criteria=criteria,
        min_total=60,
        criteria_version=criteria_version(((c.name, c.weight) for c in criteria), 60),
        opens=date(2024, 6, 3),
        closes=date(2024, 7, 31),
        published_on=date(2024, 6, 3),
    )


def dataset() -> OpenDataReleased:
    return OpenDataReleased(
        dataset="traffic-2024",
        title="駅東口 歩行者通行量",
        labels=1,
        columns=("時間帯", "通行量"),
        rows=(("09:00", 12), ("=1+1", None), ("09:30", None), ("09:45", 9)),
        totals=(None,),
        limit=5,
        released_on=date(2024, 5, 1),
    )


async def signed_case(hall: Hall, case: str = "C01") -> None:
    await hall.hear(received(), f"proposal/{case}")
    await hall.hear(signed(), f"partnership/{case}")


async def propose(hall: Hall, case: str = "C01", **changed: Any) -> dict[str, Any]:
    """The digests of what is proposed."""
    reply = await hall.post(f"publication/{case}/propose-publication", WINDOW, **{**IDEA, **changed})
    assert reply.status == 200, reply.text
    assert SECRET_IDEA not in reply.text
    made: dict[str, Any] = reply.json()["facts"][1]["data"]
    return made


async def publish(hall: Hall, case: str = "C01", *, with_idea: bool = True, **changed: Any) -> None:
    made = await propose(hall, case, **changed)
    digest = made["digest"] if with_idea else made["outcome_digest"]
    at = f"publication/{case}"
    for path, actor, body in (
        ("consent-to-publication", PARTNER, {"digest": digest, "with_idea": with_idea}),
        ("confirm-preview", WINDOW, {"digest": digest}),
        ("publish-outcome", WINDOW, {}),
    ):
        reply = await hall.post(f"{at}/{path}", actor, **body)
        assert reply.status == 200, reply.text


async def everything_public(hall: Hall) -> str:
    """All that anybody can read, in one text."""
    replies = [await hall.get(path) for path in PUBLIC]
    assert {reply.status for reply in replies} <= {200, 404}
    return "\n".join(reply.text for reply in replies)


def closed() -> ThemeClosed:
    return ThemeClosed()
