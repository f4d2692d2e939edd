"""Pairs of our own invention, of every kind in the labelled set and some more: written before the rule met them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zlib import crc32

from contracts.text import check_digit

FILE = Path(__file__).with_name("invented.txt")


def pairs() -> list[dict[str, Any]]:
    """In the format of the labelled set."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [_pair(f"I{number:03}", line) for number, line in enumerate(lines, 1)]


def _pair(id_: str, line: str) -> dict[str, Any]:
    kind, same, *fields = (field.strip() for field in line.split(" | "))
    sides = [dict(zip(("name", "corporate_number", "address", "representative"), fields[at : at + 4], strict=True)) for at in (0, 4)]
    for side in sides:
        for field, value in side.items():
            side[field] = None if value == "-" else _number(line, value) if field == "corporate_number" else value
    return {"id": id_, "applicant": sides[0], "register": sides[1], "same": same == "yes", "kind": kind}


def _number(line: str, sign: str) -> str:
    which, _, fault = sign.partition("-")
    body = f"9999{crc32((which + line).encode()) % 10**8:08}"
    number = f"{check_digit(body)}{body}"
    match fault:
        case "":
            return number
        case "x":
            return number[:8] + str((int(number[8]) + 1) % 9) + number[9:]
        case "2":
            at = next(at for at in range(5, 12) if number[at] != number[at + 1])
            return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        case "12":
            return number[1:]
        case _:
            raise ValueError(sign)
