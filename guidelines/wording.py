"""How notices put days and lines: the filters that templates may use."""

from __future__ import annotations

import unicodedata
from datetime import date

WIDTH = 72  # columns; a full-width character takes two
ERAS = ((date(2019, 5, 1), "令和"), (date(1989, 1, 8), "平成"), (date(1926, 12, 25), "昭和"))
WEEKDAYS = "月火水木金土日"


def wareki(day: date) -> str:
    """令和5年8月21日; the first year of an era is 元年."""
    for first, era in ERAS:
        if day >= first:
            year = day.year - first.year + 1
            return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"


def plain_day(day: date) -> str:
    """2023年8月21日(月曜日)"""
    return f"{day.year}年{day.month}月{day.day}日({WEEKDAYS[day.weekday()]}曜日)"


def right(line: str) -> str:
    """A line that ends at the right margin."""
    return " " * max(0, WIDTH - columns(line)) + line


def centre(line: str) -> str:
    """A line in the middle."""
    return " " * ((WIDTH - columns(line)) // 2) + line


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line)


def listed(texts: tuple[str, ...]) -> str:
    """Texts that people wrote, each under a dot, their further lines indented: none looks like a part of the form."""
    return "\n".join("  ・" + "\n    ".join(text.strip().splitlines()) for text in texts)


FILTERS = {"wareki": wareki, "day": plain_day, "right": right, "centre": centre, "listed": listed}
