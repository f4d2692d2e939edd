"""Whether two contracts are for one purpose, however they are called (V04). Pure.

A split order is one purpose under several titles: その1 and その2, 前期 and 後期, a word more or less. What is found
alike is only asked about: somebody says why it is no split order. So rather too much is alike than too little.
"""

from __future__ import annotations

import re

from contracts.text import folded

ALIKE = 0.5  # of the pairs of letters that both have together

NUMBER = r"(?:[0-9]+|[一二三四五六七八九十]+|[ivx]+)"
COUNTED = r"(?:年度|四半期|半期|箇所|か所|工区|地区|年|月|期|回|次|号|部|区|件目|つ目|分)"
PARTS = re.compile(
    rf"(?:その|第|no\.?|part|パート){NUMBER}{COUNTED}*"  # その1, 第2期
    rf"|(?:令和|平成)?(?:[0-9]+|元|[一二三四五六七八九十]+){COUNTED}+"  # 令和6年度, 4月分, 三回
    r"|[0-9]+"  # ①, (2)
    rf"|\({NUMBER}\)|{NUMBER}$"  # (二), Ⅱ at the end
    r"|[前後上下](?:半期|期|半|編)|(?:追加|増額|残)分?"  # 前期, 追加分
)
ANY_CONTRACT = re.compile(
    r"業務|委託|契約|一式|に関する|に係る|について|のための|及び|ならびに|並びに|[のをとやへ等]"
)
SIGNS = re.compile(r"[\W_ー・]+")


def core(purpose: str) -> str:
    """What is left of a purpose without numbers of its parts, and words that any contract has."""
    named = PARTS.sub("", folded(purpose))
    return SIGNS.sub("", ANY_CONTRACT.sub("", named))


def alike(one: str, other: str) -> bool:
    """The same core, one within the other, or half of their letters in the same pairs. What has no core is like any."""
    first, second = core(one), core(other)
    if first in second or second in first:
        return True
    pairs, others = _pairs(first), _pairs(second)
    common = pairs & others
    return bool(common) and 2 * len(common) >= ALIKE * (len(pairs) + len(others))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
