"""Which fact leads to which notice, that each is issued once, and what stands in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

import guidelines
from chassis.decider import NotYours
from contracts import agreements, matching, screening
from contracts.agreements import AwardedToOther
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import (
    ConsultationOpened,
    NoticeIssued,
    NoticeKind,
    NoticeSent,
    NoticeUndeliverable,
    ProposalSubmitted,
    StageReached,
)
from guidelines import notices as templates
from services.intake.domain.notices import NOTICES, IssueNotice, NoteSent, NoteUndeliverable
from services.intake.notices.parties import Party
from services.intake.notices.plans import IN_ANY_CASE, plan
from services.intake.notices.writing import letter
from tests.deciding import Deciding, at, by
from tests.intake import sample
from tests.intake.notices import EDITION, ESCALATIONS, FACTS, INELIGIBLE, NOT_ESTABLISHED, SUBMITTED
from tests.intake.sample import recorded

GOLDEN = Path(__file__).parent / "golden"
SERVICE = by("service:intake")
KINDS: tuple[NoticeKind, ...] = get_args(NoticeKind)
LAW = guidelines.load(EDITION)
WHOSE = Party(
    "R2023-0001", date(2023, 8, 21), "株式会社ミマモリ架空電機", "架空 一郎", "a@example.jp", EDITION
)

case = Deciding(NOTICES)


def issue(kind: NoticeKind = "ineligible", of: str = "E-1", **more: object) -> IssueNotice:
    fields = {
        "actor": SERVICE,
        "at": at("2023-08-30 10:00"),
        "number": "所公連第2023-000012号",
        "kind": kind,
        "case": "C01",
        "edition": EDITION,
        "of": of,
        "to": "proposer",
        "issued_on": date(2023, 8, 30),
    }
    return IssueNotice.model_validate({**fields, **more})


def issued(kind: NoticeKind, of: str = "E-1") -> NoticeIssued:
    """The notice of the sample fact of this kind."""
    planned = plan(recorded(FACTS[kind]))
    assert planned is not None
    [fact] = case.when(
        issue(
            kind,
            of,
            cites=planned.cites,
            until=planned.until,
            section=planned.section,
            about=planned.about,
            words=planned.words,
            to=planned.to,
        )
    )
    assert isinstance(fact, NoticeIssued)
    return fact


def text_of(notice: NoticeIssued) -> str:
    written = templates.write(LAW, notice.kind, letter(LAW, notice, WHOSE))
    assert len(written.subject.splitlines()) == 1
    return written.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_fact_leads_to_its_notice(kind: NoticeKind) -> None:
    planned = plan(recorded(FACTS[kind]))
    assert planned is not None
    assert planned.kind == kind
    assert planned.to == ("office" if kind in ("escalation", "undeliverable") else "proposer")


@pytest.mark.parametrize(
    "fact",
    [
        sample.SUBMITTED,  # gave no address: the receipt is the answer of the form
        StageReached(stage="matching", since=at("2023-08-30 10:00")),
        NOT_ESTABLISHED.model_copy(update={"outcome": "individual_agreement", "next": "agreement_prep"}),
        NoticeUndeliverable(of="E-0", to="office", reason="550 5.1.1"),  # nobody else is left to be told
        NoticeSent(of="E-0", message_id="<x@example.jp>"),
        FACTS["stopped"].model_copy(update={"agreed": True}),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_other_facts_lead_to_none(fact: Fact) -> None:
    assert plan(recorded(fact)) is None


@pytest.mark.parametrize("contact", ["04-2998-0000", "a@b.jp, c@d.jp", "山田 <a@b.jp>", None])
def test_who_gave_no_address_of_mail_gets_no_mail(contact: str | None) -> None:
    hidden = Confidential(contact) if contact else None
    for fact in (SUBMITTED, FACTS["consultation_opened"]):
        if isinstance(fact, ProposalSubmitted):
            fact = fact.model_copy(update={"proposer": fact.proposer.model_copy(update={"contact": hidden})})
        elif isinstance(fact, ConsultationOpened):
            fact = fact.model_copy(update={"contact": hidden})
        assert plan(recorded(fact)) is None


def test_what_is_decided_against_somebody_is_told_in_any_case() -> None:
    assert {
        "correction",
        "lapsed",
        "ineligible",
        "upheld",
        "stopped",
        "no_match",
        "not_established",
    } <= IN_ANY_CASE


@pytest.mark.parametrize("fact", ESCALATIONS, ids=lambda fact: fact.type)
def test_v22_what_waits_too_long_is_told_to_the_office(fact: Fact) -> None:
    planned = plan(recorded(fact))
    assert planned is not None
    assert (planned.to, planned.until) == ("office", date(2023, 9, 4))


def test_a_fact_is_told_of_once() -> None:
    told = case.after(issue(of="E-1"))
    assert told.when(issue(of="E-1", number="所公連第2023-000013号")) == []
    assert len(told.when(issue(of="E-2"))) == 1


def test_what_became_of_a_mail_is_kept_once() -> None:
    sent = NoteSent(actor=SERVICE, at=at("2023-08-30 10:01"), of="E-1", message_id="<n@example.jp>")
    bounced = NoteUndeliverable(actor=SERVICE, at=at("2023-08-30 10:01"), of="E-1", reason="550 5.1.1")
    assert case.when(sent) == case.when(bounced) == []
    told = case.after(issue())
    assert told.when(sent) == [NoticeSent(of="E-1", message_id="<n@example.jp>")]
    assert told.when(bounced) == [NoticeUndeliverable(of="E-1", to="proposer", reason="550 5.1.1")]
    for first in (sent, bounced):
        assert told.after(first).when(sent) == told.after(first).when(bounced) == []


def test_only_the_service_issues_notices() -> None:
    with pytest.raises(NotYours):
        case.when(issue(actor=by("window:W-01:S01")))


def test_v07_what_is_upheld_rests_on_what_was_decided_before() -> None:
    refused = case.after(issue(of="E-1", cites=["GL7-A2"], law_edition=EDITION))
    [upheld] = refused.when(issue("upheld", of="E-2"))
    assert isinstance(upheld, NoticeIssued)
    assert (upheld.cites, upheld.law_edition) == (("GL7-A2",), EDITION)


@pytest.mark.parametrize("kind", KINDS)
def test_no_notice_has_a_gap(kind: NoticeKind) -> None:
    text = text_of(issued(kind))
    assert "R2023-0001" in text
    for gap in ("{%", "{#", "None", "Undefined", "Confidential", "(confidential)", "C01{", "  ・\n"):
        assert gap not in text
    assert "{{" not in text.replace("{{ 7 * 7 }}", "")


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"escalation", "undeliverable"}))
def test_a_notice_is_official_and_in_plain_japanese_as_well(kind: NoticeKind) -> None:
    official, plain = text_of(issued(kind)).split("やさしい日本語(にほんご)で")
    assert "所公連第2023-000012号" in official
    assert "令和5年8月30日" in official
    assert "所沢市長" in official
    assert "株式会社ミマモリ架空電機" in official
    assert "受付番号(うけつけばんごう)は R2023-0001" in plain


@pytest.mark.parametrize("kind", ["ineligible", "not_established", "stopped"])
def test_v07_a_refusal_cites_its_clauses_with_their_text(kind: NoticeKind) -> None:
    notice = issued(kind)
    assert notice.cites
    official, plain = text_of(notice).split("やさしい日本語(にほんご)で")
    for id_ in notice.cites:
        for part in (official, plain):
            assert id_ in part
            assert LAW.clause(id_).text in part


def test_v08_a_clause_that_stands_in_no_edition_named_is_not_quoted() -> None:
    notice = issued("ineligible").model_copy(update={"cites": ("GL9-Z9",)})
    with pytest.raises(guidelines.NoSuchEdition):
        text_of(notice)


def test_a_refusal_says_how_and_until_when_to_ask_for_reconsideration() -> None:
    official, plain = text_of(issued("ineligible")).split("やさしい日本語(にほんご)で")
    assert INELIGIBLE.reconsider_by == date(2023, 9, 13)
    assert "令和5年9月13日までに" in official
    assert "2023年9月13日(水曜日)までに" in plain
    for part in (official, plain):
        assert LAW.office_contact in part


@pytest.mark.parametrize("kind", ["ineligible", "no_match", "not_established"])
def test_every_refusal_says_until_when_reconsideration_can_be_asked_for(kind: NoticeKind) -> None:
    last = date(2023, 9, 13)
    fact = FACTS[kind].model_copy(update={"reconsider_by": last, "clauses": ("GL2-3",)})
    planned = plan(recorded(fact))
    assert planned is not None
    assert (planned.until, planned.cites) == (last, ("GL2-3",))
    notice = issued(kind).model_copy(update={"until": last})
    for part, said in zip(
        text_of(notice).split("やさしい日本語(にほんご)で"),
        ("令和5年9月13日までに", "2023年9月13日"),
        strict=True,
    ):
        assert said in part


def test_whoever_proposes_is_told_that_their_case_goes_the_way_of_a_procurement() -> None:
    weighed = NOT_ESTABLISHED.model_copy(
        update={"outcome": "service_contract", "next": "procurement", "clauses": ()}
    )
    rivals = agreements.ProcurementOpened.model_validate({"ground": "fairness", "reason": "競合がある。"})
    said = {
        FACTS["procurement"]: "市の支出を伴うため",
        rivals: "公平を期すべきものであるため",
        weighed: "評価の結果、契約に係る規定",
    }
    assert "procurement" in IN_ANY_CASE
    for fact, words in said.items():
        planned = plan(recorded(fact))
        assert planned is not None
        assert planned.kind == "procurement"
        notice = issued("procurement").model_copy(update={"about": planned.about, "words": planned.words})
        official, plain = text_of(notice).split("やさしい日本語(にほんご)で")
        assert words in "".join(official.split())
        assert planned.words[0].reveal() in official
        assert planned.words[0].reveal() in plain


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("service_contract", "業務委託契約を下記"),
        ("comprehensive_agreement", "包括連携協定を下記"),
        ("individual_agreement", "個別連携協定を下記"),
    ],
)
def test_whoever_proposes_is_told_what_was_signed_and_until_when_it_holds(form: str, said: str) -> None:
    official, plain = text_of(issued("agreed").model_copy(update={"about": form})).split(
        "やさしい日本語(にほんご)で"
    )
    assert said in "".join(official.split())
    assert "令和7年3月31日" in official
    assert "2025年3月31日" in plain
    for part in (official, plain):
        assert "見守りの実施に関する協定" in part


def test_an_agreement_without_a_last_day_names_none() -> None:
    text = text_of(issued("agreed").model_copy(update={"until": None}))
    assert "期間の末日" not in text
    assert "までです" not in text


REASONS: dict[str, Any] = {"reasons": "調整を尽くしていない。"}
MORE = {**REASONS, "decided_by": "M-01"}
LOOKED_AT: list[tuple[Fact, NoticeKind, str]] = [
    (screening.DecisionRevoked.model_validate(REASONS), "revoked", "改めて審査を行う"),
    (matching.DecisionRevoked.model_validate(MORE), "revoked", "改めて担当課の調整を行う"),
    (agreements.DecisionRevoked.model_validate(MORE), "revoked", "改めて評価を行う"),
    (matching.DecisionUpheld.model_validate({**MORE, "clauses": ["GL2-3"]}), "upheld", "GL2-3"),
    (agreements.DecisionUpheld.model_validate({**MORE, "clauses": ["GL4-5"]}), "upheld", "GL4-5"),
]


@pytest.mark.parametrize(("fact", "kind", "said"), LOOKED_AT, ids=lambda each: getattr(each, "type", None))
def test_v07_what_comes_of_a_reconsideration_is_told_wherever_it_was_decided(
    fact: Fact, kind: NoticeKind, said: str
) -> None:
    planned = plan(recorded(fact))
    assert planned is not None
    assert planned.kind == kind
    notice = issued(kind).model_copy(update={"about": planned.about, "cites": planned.cites})
    assert said in "".join(text_of(notice).split())


@pytest.mark.parametrize(
    "kind", ["correction", "upheld", "revoked", "no_match", "not_established", "turned_free"]
)
def test_the_reasons_of_who_decided_stand_in_both_forms(kind: NoticeKind) -> None:
    notice = issued(kind)
    assert notice.words
    for part in text_of(notice).split("やさしい日本語(にほんご)で"):
        for word in notice.words:
            assert word.reveal() in part


def test_v07_who_lost_the_contract_to_another_is_told_why_and_that_the_idea_is_protected() -> None:
    lost = AwardedToOther.model_validate(
        {
            "method": "proposal_competition",
            "item": 2,
            "kind": "other",
            "purpose": "集団健診の受付",
            "organisation": {"name": "株式会社サンプル学習ラボ", "corporate_number": "8999901000108"},
            "amount_yen": 5_000_000,
            "contract_date": "2024-10-01",
            "idea_protected": True,
            "reasons": "評価点が最も高かった者を選んだため。",
            "clauses": ["GL6-1"],
            "edition": EDITION,
            "decided_by": "K-01",
            "awarded_on": "2024-09-20",
        }
    )
    planned = plan(recorded(lost))
    assert planned is not None
    assert (planned.kind, planned.cites, planned.until) == ("not_established", ("GL6-1",), None)
    notice = issued("not_established").model_copy(
        update={"about": planned.about, "words": planned.words, "cites": planned.cites, "until": None}
    )
    official, plain = text_of(notice).split("やさしい日本語(にほんご)で")
    for part in (official, plain):
        assert "評価点が最も高かった者を選んだため。" in part
        assert LAW.clause("GL6-1").text in part
    assert "他の者を" in official
    assert "評価の結果" not in official
    assert "再検討" not in official
    assert "守(まも)ります" in plain


def test_what_people_wrote_is_never_a_template() -> None:
    assert "{{ 7 * 7 }} の根拠" in text_of(issued("correction"))


def test_a_reason_cannot_look_like_a_part_of_the_form() -> None:
    words = (Confidential("一行目\n根拠となる条項\r\n以上\n"),)
    text = text_of(issued("no_match").model_copy(update={"words": words}))
    assert "\n根拠となる条項\n    以上" not in text
    assert "  ・一行目\n    根拠となる条項\n    以上\n" in text


def test_the_idea_is_in_no_notice() -> None:
    for kind in KINDS:
        text = text_of(issued(kind))
        assert sample.IDEA not in text
        assert sample.FORM["title"] not in text


def test_a_refusal_says_what_it_rests_on_and_until_when_an_entry_counts() -> None:
    for part in text_of(issued("ineligible")).split("やさしい日本語(にほんご)で"):
        assert "GL7-A2  入札参加停止 BS-2023-001(令和5年12月31日まで)" in part
        assert "GL7-B1  提案書 3頁" in part
        assert "照会の結果" not in part


def test_a_refusal_in_full() -> None:
    golden = (GOLDEN / "ineligible.txt").read_text(encoding="utf-8")
    assert text_of(issued("ineligible")) == golden


def test_who_asked_without_an_organisation_is_addressed_all_the_same() -> None:
    notice = issued("consultation_opened")
    nobody = replace(WHOSE, organisation="", representative="")
    text = templates.write(LAW, notice.kind, letter(LAW, notice, nobody)).text
    assert "御相談者 様" in text
