"""The words that registers are written in: names of columns and of what stands in them, as offices write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

Register = str
REGISTERS = ("bid_suspension", "gang_exclusion", "art167_4", "employment_links")
# Names of the lists in a JSON file → the register.
SECTIONS = {
    **{name: name for name in REGISTERS},
    "art167_4_findings": "art167_4",
    "art167_4_2_findings": "art167_4",
}

COLUMNS = {
    "id": ("id", "番号", "措置番号", "台帳番号", "整理番号"),
    "corporate_number": ("corporate_number", "法人番号"),
    "name": ("name", "名称", "商号", "商号又は名称", "商号または名称", "業者名"),
    "aliases": ("aliases", "別名", "旧商号", "旧名称", "通称"),
    "subject": ("subject", "区分", "個人法人"),
    "address": ("address", "所在地", "住所"),
    "representative": ("representative", "代表者", "代表者名"),
    "ground": ("ground", "fact", "理由", "措置理由", "事由", "事実"),
    "item": ("item", "号", "該当号"),
    "decided_on": ("decided_on", "finding_on", "決定日", "認定日"),
    "valid_from": ("valid_from", "開始日", "始期"),
    "valid_to": ("valid_to", "終了日", "終期"),
    "extends_to": ("extends_to", "及ぶ範囲", "対象の拡張"),
    "extends_to_users": ("extends_to_users", "使用する者に及ぶ"),
    "finding": ("finding", "police_reference", "認定書番号", "根拠文書"),
    "release_rule": ("release_rule", "解除の条件"),
    "person": ("person", "氏名"),
    "role": ("role", "役職", "立場"),
    "from": ("from", "使用開始日"),
    "to": ("to", "使用終了日"),
}
_TITLES = {title: name for name, titles in COLUMNS.items() for title in titles}

REACHES = {
    "下請負人": "subcontractor",
    "共同企業体構成員": "joint_venture_member",
    "共同企業体の構成員": "joint_venture_member",
    "使用する者": "user",
}
ROLES = {"代理人": "agent", "支配人": "manager", "使用人": "employee", "従業員": "employee"}
SUBJECTS = {"法人": "organisation", "団体": "organisation", "個人": "person"}
NO_END = ("無期限", "期限なし", "未定", "-", "‐", "―")

_ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
_ERA = re.compile(
    r"^(令和|平成|昭和|[RHS])\s*(元|\d{1,2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$"
)
_WESTERN = re.compile(r"^(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$|^(\d{4})(\d{2})(\d{2})$")


def column(title: str) -> str | None:
    """法人番号 → corporate_number; None for a column that is not known."""
    return _TITLES.get(folded(title).lower().replace(" ", ""))


def folded(text: str) -> str:
    """One width for digits, letters and signs; no blanks around."""
    return unicodedata.normalize("NFKC", text).strip()


def number(text: str) -> str:
    """3999-9010-00104, ３９９９９０１０００１０４ → 3999901000104; what it is, is checked elsewhere."""
    return re.sub(r"[\s‐‑–—−ー-]", "", folded(text))


def day(text: str) -> date:
    """2024-02-01, 2024/2/1, 20240201, 令和6年2月1日, R6.2.1. Raises ValueError."""
    plain = folded(text)
    if era := _ERA.match(plain.upper()):
        years = 1 if era[2] == "元" else int(era[2])
        return date(_ERAS[era[1]] + years, int(era[3]), int(era[4]))
    if western := _WESTERN.match(plain):
        year, month, of_month = [part for part in western.groups() if part]
        return date(int(year), int(month), int(of_month))
    raise ValueError(f"{text!r} is no day")
