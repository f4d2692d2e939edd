"""Notices (stream `notice/<case>`; the id of a consultation or a theme where there is no case yet)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from contracts.confidential import Confidential
from contracts.fact import Fact, Upcast
from contracts.text import CaseId, ClauseId, EditionId, Reference, SectionId, Text

NoticeKind = Literal[
    "submitted",  # 受付
    "consultation_opened",  # 相談の受付
    "consultation_answered",  # 相談への回答
    "correction",  # 補正の依頼
    "lapsed",  # 補正の期限切れ
    "accepted",  # 受理
    "eligible",  # 要件に該当
    "ineligible",  # 対象外
    "upheld",  # 再検討の結果、決定を維持
    "revoked",  # 再検討の結果、決定を取消し
    "stopped",  # 手続の停止
    "resumed",  # 手続の再開
    "matched",  # 担当課の決定
    "no_match",  # 担当課なし
    "not_established",  # 不成立
    "procurement",  # 調達の手続への移行
    "agreed",  # 協定・契約の締結
    "withdrawn",  # 取下げの確認
    "withdrawal_too_late",  # 取下げより前に協定が成立
    "turned_free",  # 自由提案への変更
    "migrated",  # 適用するガイドラインの変更
    "publication_proposed",  # 公表案の照会
    "opinion_asked",  # 開示請求に係る意見の照会
    "disclosure_decided",  # 開示請求に係る決定の通知
    "escalation",  # 期限超過の督促 (to the office)
    "undeliverable",  # 不達 (to the office)
]
Addressee = Literal["proposer", "office", "section"]


class NoticeIssued(Fact):
    """The city gives notice of a fact, once, in its official form and in plain words.

    Version 2 has more kinds of it, which readers of version 1 were promised not to meet.
    """

    version: ClassVar[int] = 2
    upcasts: ClassVar[dict[int, Upcast]] = {1: dict}  # what was said then is said the same way now

    number: Reference | None = None  # 文書番号; None: a reminder within the office
    kind: NoticeKind
    case: CaseId
    cites: tuple[ClauseId, ...] = ()  # what an adverse decision rests on (V07)
    edition: EditionId  # whose clauses are cited, and whose templates say it
    law_edition: EditionId | None = None  # where clauses stand that count as of the decision (V32)
    of: Reference  # id of the fact of which it gives notice
    to: Addressee
    way: Literal["mail", "post"] = "mail"  # post: no address of mail is known; the office sends it on paper
    issued_on: date
    until: date | None = None  # the last day for what it asks for, or for asking for reconsideration
    section: SectionId | None = None
    about: Reference | None = None  # what a reminder waits for; what was before; why a notice did not arrive
    words: tuple[Confidential[Text], ...] = ()  # what was decided or asked for, in the words of who did


class NoticeSent(Fact):
    """The mail server took the notice. After a crash the same mail may have gone twice, with this same id."""

    of: Reference
    message_id: Reference  # Message-ID


class NoticeUndeliverable(Fact):
    """The mail server refused the notice for good; it has to go another way."""

    of: Reference
    to: Addressee
    reason: Reference  # status codes of SMTP (RFC 5321, 3463), never the address
