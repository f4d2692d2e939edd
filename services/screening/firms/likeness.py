"""Whether two records may be one firm: how alike the names are, times how well the rest bears it out.

The weights are few and were set by what each fact can mean in law and in an office, not fitted; decision 12 has what
was tried. More likeness in any one field never lowers the score.
"""

from __future__ import annotations

from services.screening.firms import addresses, naming, numbers, people
from services.screening.firms.addresses import Place, address
from services.screening.firms.forms import Change
from services.screening.firms.names import normalise
from services.screening.firms.naming import Naming
from services.screening.firms.numbers import Numbers, number
from services.screening.firms.people import Who
from services.screening.firms.records import FirmRecord, Likeness

THRESHOLD = 0.5  # from here on a person looks
NOTHING_ELSE_KNOWN = 50
PLACE = {Place.SAME: 30, Place.NEAR: 15, Place.UNKNOWN: 0, Place.ELSEWHERE: -20}
WHO = {Who.SAME: 30, Who.FAMILY: 5, Who.UNKNOWN: 0, Who.DIFFERENT: -15}
NUMBERS = {Numbers.SLIP: 40, Numbers.UNKNOWN: 0, Numbers.DIFFERENT: -60}

_PLACE_SAYS = {
    Place.SAME: "所在地が同じ(丁目・番地・号の書き方、建物名の有無を除く)",
    Place.NEAR: "所在地の市区町村は同じだが、町名か番地が異なる",
    Place.ELSEWHERE: "所在地が異なる",
}
_WHO_SAYS = {
    Who.SAME: "代表者が同じ(字体や読みの書き方を除く)",
    Who.FAMILY: "代表者は姓が同じで、名が異なる",
    Who.DIFFERENT: "代表者が異なる",
}
_NUMBERS_SAY = {
    Numbers.SAME: "法人番号が同じ",
    Numbers.SLIP: "法人番号が1桁だけ違い、一方は検査数字が合わない(誤記の可能性)",
    Numbers.DIFFERENT: "法人番号が異なる(いずれも検査数字は正しい)",
}


def compare(applicant: FirmRecord, entry: FirmRecord) -> Likeness:
    """The same score and flag whichever comes first. An equal and valid number is one firm, whatever else differs."""
    digits = numbers.compared(number(applicant.corporate_number), number(entry.corporate_number))
    names = naming.compared(normalise(applicant.name), normalise(entry.name))
    place = addresses.compared(address(applicant.address), address(entry.address))
    who = people.compared(people.people(applicant.representative), people.people(entry.representative))
    score = 1.0 if digits is Numbers.SAME else _score(digits, names, place, who)
    alike, differ = _said(digits, names, place, who)
    return Likeness(score, digits is Numbers.SAME, alike, differ, score >= THRESHOLD)


def _score(digits: Numbers, names: Naming | None, place: Place, who: Who) -> float:
    if names is None:
        return 0.0
    beside = PLACE[place]
    if names.branch and place is Place.ELSEWHERE:
        beside = 0  # a branch has an address of its own
    borne_out = NOTHING_ELSE_KNOWN + beside + WHO[who] + NUMBERS[digits]
    return names.points * max(0, min(100, borne_out)) / 10_000


def _said(
    digits: Numbers, names: Naming | None, place: Place, who: Who
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    alike: list[str] = []
    differ: list[str] = []
    if digits in _NUMBERS_SAY:
        (differ if digits is Numbers.DIFFERENT else alike).append(_NUMBERS_SAY[digits])
    if names is None:
        differ.append("比べられる名称がない")
    else:
        (alike if names.how else differ).append(names.how or "名称が異なる")
        if names.form in (Change.POSSIBLE, Change.IMPOSSIBLE):
            never = "。互いに組織変更できない種類" if names.form is Change.IMPOSSIBLE else ""
            differ.append(f"法人格が異なる({names.forms[0]}と{names.forms[1]}{never})")
        if names.branch and "支店" not in names.how:
            alike.append("支店・営業所などの名を除いて比べた")
    if place in _PLACE_SAYS:
        (alike if place is Place.SAME else differ).append(_PLACE_SAYS[place])
    if who in _WHO_SAYS:
        (alike if who is Who.SAME else differ).append(_WHO_SAYS[who])
    return tuple(alike), tuple(differ)
