"""A signed case, a request for disclosure, and the people of both (fictional)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import guidelines
from chassis.decider import Recorded
from contracts.cloudevents import Envelope
from contracts.fact import Fact
from services.publication.domain import DISCLOSURE, LISTING, PUBLICATION
from services.publication.domain.disclosure import (
    AskThirdParty,
    DecideDisclosure,
    Disclose,
    EscalateDisclosure,
    GiveOpinion,
    LodgeObjection,
    ReadRequest,
    ReceiveRequest,
    ResolveObjection,
    WithdrawRequest,
)
from services.publication.domain.publication import (
    ConfirmPreview,
    ConsentToPublication,
    NoteCase,
    NoteProposer,
    NoteResult,
    NoteSignature,
    ProposePublication,
    PublishOutcome,
    ReadPreview,
    RefusePublication,
    RevokeConsent,
)
from tests.deciding import Deciding, at, by

EDITION = guidelines.load("tokorozawa/2023-07")
GROUNDS = frozenset(ground.id for ground in EDITION.publication.grounds)
SERVICE, TIMER = by("service:publication"), by("timer:publication")
WINDOW, HEAD = by("window:W-01:S01"), by("window_head:H-01:S01")
PARTNER, RIVAL = by("proposer:P-01"), by("proposer:P-02")
CITIZEN = by("citizen:Z-01")
INFORMATION = by("information_section:J-01:S07")
MAYOR = by("mayor:M-01")
JUNE = at("2024-06-20 10:00")
JULY_1 = at("2024-07-01 10:00")  # a Monday

SECRET_IDEA = "点灯状況から異変を検知する秘密のしくみ"
IDEA: dict[str, Any] = {
    "title": f"見守り {SECRET_IDEA}",
    "summary": f"概要 {SECRET_IDEA}",
    "reason": f"理由 {SECRET_IDEA}",
    "purpose": f"目的 {SECRET_IDEA}",
    "content": f"内容 {SECRET_IDEA}",
    "keywords": [f"鍵 {SECRET_IDEA}"],
    "achieved": f"成果 {SECRET_IDEA}",
}
FIRM = {"name": "株式会社ミマモリ架空電機", "corporate_number": "6999901000101"}


def asked(type_: Any, by: Any, moment: datetime, **fields: Any) -> Any:
    return type_.model_validate({"actor": by, "at": moment, **fields})


# A publication

case = Deciding(PUBLICATION)
listing = Deciding(LISTING)


def note_case(**changed: Any) -> NoteCase:
    fields = {
        "partner": FIRM,
        "kind": "free_proposal",
        "edition": EDITION.id,
        "municipality": EDITION.municipality,
        "received_on": "2023-08-21",
        "proposers": ["P-01"],
    }
    return asked(NoteCase, SERVICE, JUNE, **{**fields, **changed})


def note_proposer(person: str) -> NoteProposer:
    return asked(NoteProposer, SERVICE, JUNE, person=person)


def note_result(result: str, on: str = "2024-06-03") -> NoteResult:
    return asked(NoteResult, SERVICE, JUNE, result=result, on=on)


def note_signature(form: str = "individual_agreement", on: str = "2024-06-03") -> NoteSignature:
    return asked(NoteSignature, SERVICE, JUNE, form=form, signed_on=on, term_from=on, term_to="2025-03-31")


def propose(actor: Any = WINDOW, **changed: Any) -> ProposePublication:
    rules = EDITION.publication
    given = {
        "place": rules.place,
        "city": rules.name,
        "city_number": rules.corporate_number,
        "contact": EDITION.office_contact,
    }
    return asked(ProposePublication, actor, JUNE, **{**IDEA, **given, **changed})


def consent(digest: str, with_idea: bool = True, actor: Any = PARTNER) -> ConsentToPublication:
    return asked(ConsentToPublication, actor, JUNE, digest=digest, with_idea=with_idea)


def refuse(reason: str | None = None, actor: Any = PARTNER) -> RefusePublication:
    return asked(RefusePublication, actor, JUNE, reason=reason)


def revoke(actor: Any = PARTNER) -> RevokeConsent:
    return asked(RevokeConsent, actor, JUNE)


def confirm(digest: str, actor: Any = WINDOW) -> ConfirmPreview:
    return asked(ConfirmPreview, actor, JUNE, digest=digest)


def publish(actor: Any = WINDOW) -> PublishOutcome:
    return asked(PublishOutcome, actor, JUNE)


def read_preview(actor: Any = WINDOW, **more: Any) -> ReadPreview:
    return asked(ReadPreview, actor, JUNE, purpose="公表内容の確認", **more)


SIGNED = case.after(note_case(), note_signature())
PROPOSED = SIGNED.after(propose())
PREVIEW = PROPOSED.state.preview
assert PREVIEW is not None
FULL, BARE = PREVIEW.digest, PREVIEW.outcome_digest

# A request for disclosure

request = Deciding(DISCLOSURE)
TWO = frozenset({"C01", "C02"})


def receive(actor: Any = CITIZEN, on: datetime = JULY_1, **changed: Any) -> ReceiveRequest:
    fields = {
        "channel": "counter",
        "requester": "架空 市民",
        "request": "高齢者見守り実証に関する文書",
        "decide_by": "2024-07-16",
        "edition": EDITION.id,
        "municipality": EDITION.municipality,
        "zone": EDITION.zone,
        "calendar": EDITION.calendar,
        "opinion_days": EDITION.periods.opinion,
        "wait_days": EDITION.periods.disclosure_wait_days,
    }
    return asked(ReceiveRequest, actor, on, **{**fields, **changed})


def ask(*cases: str, on: datetime = JULY_1, known: frozenset[str] = TWO) -> AskThirdParty:
    return asked(AskThirdParty, INFORMATION, on, cases=cases, known=known)


def opinion(case_id: str, objects: bool, on: datetime = JULY_1, actor: Any = PARTNER) -> GiveOpinion:
    said = {"case": case_id, "objects": objects, "reasons": "製造の方法が含まれる"}
    return asked(GiveOpinion, actor, on, proposers=("P-01",), **said)


def decide(decision: str, *cases: str, on: datetime, **changed: Any) -> DecideDisclosure:
    adverse: dict[str, Any] = {"grounds": ["JK-2"]} if decision != "grant" else {}
    if decision == "partial":
        adverse["redactions"] = [{"what": "検知の方法", "ground": "JK-2"}]
    given = {"cases": cases, "known_grounds": GROUNDS, **adverse}
    return asked(DecideDisclosure, INFORMATION, on, decision=decision, **{**given, **changed})


def object_to(case_id: str | None, on: datetime, actor: Any = PARTNER) -> LodgeObjection:
    who = "third_party" if case_id else "requester"
    said = {"on_behalf_of": who, "case": case_id, "reasons": "方法が知られてしまう"}
    return asked(LodgeObjection, actor, on, proposers=("P-01",), **said)


def resolve(number: int, resolution: str, on: datetime, actor: Any = MAYOR) -> ResolveObjection:
    return asked(
        ResolveObjection, actor, on, number=number, resolution=resolution, reasons="書面を見て判断した"
    )


def disclose(on: datetime, actor: Any = TIMER) -> Disclose:
    return asked(Disclose, actor, on)


def withdraw(actor: Any = CITIZEN, on: datetime = JULY_1) -> WithdrawRequest:
    return asked(WithdrawRequest, actor, on)


def read_request(actor: Any = INFORMATION, on: datetime = JULY_1) -> ReadRequest:
    return asked(ReadRequest, actor, on, purpose="対象文書の特定")


def escalate(on: datetime, due: str = "2024-07-16") -> EscalateDisclosure:
    return asked(EscalateDisclosure, TIMER, on, due=due)


OPENED = request.after(receive())
WAITING = OPENED.after(ask("C01", "C02"))


def recorded(
    fact: Fact, subject: str = "publication/C01", id_: str = "E-1", on: datetime = JUNE, version: int = 1
) -> Recorded:
    """The fact as a consumer or a read model meets it."""
    envelope = Envelope(
        id=id_,
        type=fact.type,
        source=f"/{fact.publisher}",
        subject=subject,
        version=version,
        time=on,
        case=subject.partition("/")[2],
        actor=str(SERVICE),
        municipality=EDITION.municipality,
        cause=None,
        traceparent=None,
        body=fact.encoded(),
    )
    return Recorded(fact, envelope)
