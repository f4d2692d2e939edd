"""Texts and numbers as people write them, with the limits that every contract and every command keeps.

Lengths count characters, not bytes. No text holds NUL (PostgreSQL cannot keep it), none is blank: a reason of
spaces gives no reason. A name, and whatever else stands on one line, has no control characters either.
"""

from __future__ import annotations

import unicodedata
from itertools import cycle
from operator import mul
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

_FREE = r"^[^\x00]*[^\s\x00][^\x00]*$"
_LINE = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"

Text = Annotated[
    str, StringConstraints(min_length=1, max_length=65_535, pattern=_FREE)
]  # an idea, minutes, a report
Reason = Annotated[
    str, StringConstraints(min_length=1, max_length=4_000, pattern=_FREE)
]  # why, in a paragraph
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=_LINE)
]  # of a person, body, KPI, permit
Reference = Annotated[
    str, StringConstraints(min_length=1, max_length=100, pattern=_LINE)
]  # where it can be looked up

ClauseId = Annotated[
    str, StringConstraints(pattern=r"^[A-Z][0-9A-Za-z-]{1,20}$")
]  # GL7-A2; every city numbers its own
SectionId = Annotated[str, StringConstraints(pattern=r"^S[0-9]{2}$")]  # S14, 担当課
ThemeId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,40}$")]  # T-2024-01
CaseId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]  # the client's UUID
ConsultationId = CaseId  # of a question at the window, which may become a case (GL2-1)
MeasureId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]  # BS-2024-003
EditionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[0-9]{4}-[0-9]{2}$")]  # tokorozawa/2023-07
Municipality = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{6}$")
]  # code of the local government with check digit
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]  # SHA-256, hexadecimal


def folded(text: str) -> str:
    """Names, purposes, criteria as they are compared: width, case and blanks do not tell them apart."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _number(value: object) -> object:
    """JSON has numbers; neither true nor the text "1" is one."""
    if isinstance(value, bool | str | bytes):
        raise ValueError("write it as a number")
    return value


A_NUMBER = BeforeValidator(_number)  # 5.0 is 5, as in JSON Schema
Yen = Annotated[int, Field(ge=0, le=10**15), A_NUMBER]  # tax included
Payment = Annotated[int, Field(ge=1, le=10**15), A_NUMBER]


def check_digit(body: str) -> int:
    """The digit that leads a corporate number, from the 12 digits of its body: 9 − (Σ Pn·Qn mod 9).

    Pn is the n-th digit from the right, Qn is 1 for odd n and 2 for even n.
    Source: 法人番号の指定等に関する省令 2条.
    """
    weighed: int = sum(map(mul, map(int, reversed(body)), cycle((1, 2))))
    return 9 - weighed % 9


def _checked(number: str) -> str:
    if int(number[0]) != check_digit(number[1:]):
        raise ValueError("the check digit of this corporate number is wrong")
    return number


CorporateNumber = Annotated[
    str, StringConstraints(pattern=r"^[1-9][0-9]{12}$"), AfterValidator(_checked)
]  # 法人番号
