"""Registers as files: what offices hand over (fictional)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from contracts.text import check_digit

# The shape in which the city keeps its registers.
REGISTERS: dict[str, Any] = {
    "meta": {"fictional": True, "note": "全て架空。期間は両端を含む(valid_to当日は措置中)。"},
    "bid_suspension": [
        {
            "id": "BS-2024-003",
            "corporate_number": "3999901000104",
            "name": "架空みらい土木株式会社",
            "ground": "過失による粗雑工事(別表第1相当)",
            "decided_on": "2024-01-31",
            "valid_from": "2024-02-01",
            "valid_to": "2024-07-31",
            "city": "架空データ",
            "extends_to": ["下請負人", "共同企業体構成員"],
        },
        {
            "id": "BS-2023-011",
            "corporate_number": "1999901000114",
            "name": "架空クリーンサービス株式会社",
            "ground": "契約違反",
            "decided_on": "2022-12-20",
            "valid_from": "2023-01-01",
            "valid_to": "2023-03-31",
            "city": "架空データ",
            "extends_to": [],
        },
    ],
    "gang_exclusion": [
        {
            "id": "GE-2025-001",
            "corporate_number": "3999905000109",
            "name": "ダミー生命保険相互会社",
            "ground": "役員等が暴力団員と社会的に非難される関係を有すると認められる(架空)",
            "decided_on": "2025-12-09",
            "valid_from": "2025-12-10",
            "valid_to": None,
            "release_rule": "認定日から12か月を経過し、かつ改善されたと認められるまで",
            "police_reference": "架空",
        }
    ],
    "art167_4_2_findings": [
        {
            "id": "F-2023-002",
            "subject": {"kind": "person", "name": "架空 次郎"},
            "item": "2(5)",
            "fact": "正当な理由がなく契約を履行しなかった(架空)",
            "finding_on": "2023-09-25",
            "valid_from": "2023-10-01",
            "valid_to": "2025-09-30",
            "extends_to_users": True,
        }
    ],
    "employment_links": [
        {
            "corporate_number": "1999901000114",
            "person": "架空 次郎",
            "role": "支配人",
            "from": "2024-04-01",
            "to": None,
        }
    ],
    "small_contract_limits": [],
}

HEADER = "措置番号,法人番号,商号又は名称,措置理由,決定日,開始日,終了日,及ぶ範囲,備考"
LINES = (
    "BS-1,3999901000104,架空みらい土木株式会社,過失による粗雑工事,令和6年1月31日,R6.2.1,2024/7/31,下請負人;共同企業体構成員,",
    "BS-2,１９９９９０１０００１１４,㈱髙﨑①商店,契約違反,20240131,2024-02-01,無期限,,内密",
)


def numbered(body: int) -> str:
    """A corporate number of its own, with its check digit."""
    digits = f"{body:012d}"
    return f"{check_digit(digits)}{digits}"


def as_json(folder: Path, value: Any, name: str = "registers.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def as_csv(folder: Path, *lines: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = folder / "register.csv"
    path.write_bytes("\r\n".join([header, *lines, ""]).encode(encoding))
    return path
