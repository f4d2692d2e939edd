"""A published case in the items of DS-451-3, the case model (事例) of the Digital Agency's GIF.

Source: デジタル社会推進実践ガイドブック DS-451-3「実装データモデル(行政) 事例」(2022-03-31), 表2. Items that do not fit
a case may be left empty there (2.2): of a bare outcome, all that would tell of the idea are. Those after 最終更新日
are ours.
"""

from __future__ import annotations

from typing import Any

ROLES = {"city": "市", "partner": "事業者"}
FORMS = {
    "service_contract": "業務委託契約",
    "comprehensive_agreement": "包括連携協定",
    "individual_agreement": "個別連携協定",
}
ITEMS = (
    "タイトル", "事例実施年", "事例の場所", "対象組織", "キーワード", "取り組みの概要", "取り組み理由", "目的",
    "取り組み内容", "成果", "連絡先情報", "ID", "公開日", "最終更新日", "連携の形", "締結日", "期間の終わり", "URL",
)  # fmt: skip


def item(row: dict[str, Any], address: str) -> dict[str, Any]:
    """A row of `public_cases` → its items, in the order of the model. What is left empty is None."""
    outcome: dict[str, Any] = row["outcome"]
    idea: dict[str, Any] = row["idea"] or {}
    return {
        "タイトル": idea.get("title") or outcome["title"],
        "事例実施年": int(outcome["signed_on"][:4]),
        "事例の場所": outcome["place"],
        "対象組織": [_organisation(each) for each in outcome["organisations"]],
        "キーワード": ";".join(idea.get("keywords", ())) or None,
        "取り組みの概要": idea.get("summary"),
        "取り組み理由": idea.get("reason"),
        "目的": idea.get("purpose"),
        "取り組み内容": idea.get("content"),
        "成果": idea.get("achieved"),
        "連絡先情報": outcome["contact"],
        "ID": row["key"],
        "公開日": row["first_published_on"],
        "最終更新日": row["published_on"],
        "連携の形": FORMS[outcome["form"]],
        "締結日": outcome["signed_on"],
        "期間の終わり": outcome["term_to"],
        "URL": f"{address}/publication/cases/{row['key']}",
    }


def line(row: dict[str, Any], address: str) -> list[Any]:
    """The same as a row of a table: organisations by name, and their corporate numbers beside."""
    items = item(row, address)
    organisations = items["対象組織"]
    items["対象組織"] = ";".join(each["法人名"] for each in organisations)
    numbers = ";".join(each["法人番号"] or "" for each in organisations)
    return [*items.values(), numbers]


LINE = (*ITEMS, "対象組織の法人番号")


def _organisation(organisation: dict[str, Any]) -> dict[str, Any]:
    return {
        "法人名": organisation["name"],
        "法人番号": organisation["corporate_number"],
        "役割": ROLES[organisation["role"]],
    }
