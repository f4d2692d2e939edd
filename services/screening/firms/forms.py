"""Legal forms (法人格): as they are written, and which of them one organisation can have one after the other.

A form can stand before the name, after it, or between it and a branch. Abbreviations: 商業登記 and 全国銀行協会
(カ) before, (カ after). Sources of what can turn into what: 会社法 743条以下 (company into company), 整備法 45条
(有限会社 into 株式会社), 公益認定法 4条 (一般 into 公益), 中小企業団体組織法 100条の3 (企業組合 into 協業組合 …).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from rapidfuzz.distance import Hamming

from services.screening.firms.characters import plain

# family: form = written out … | abbreviations, as in (株)
FAMILIES = {
    "company": """
        株式会社 = かぶしきがいしゃ かぶしきがいしや カブシキガイシャ カブシキガイシヤ カブシキカイシャ | 株 カ
        有限会社 = 特例有限会社 ゆうげんがいしゃ ゆうげんがいしや ユウゲンガイシャ ユウゲンガイシヤ | 有 ユ
        合同会社 = ごうどうがいしゃ ごうどうがいしや ゴウドウガイシャ ゴウドウガイシヤ | 同 合 ド
        合資会社 = | 資 シ
        合名会社 = | 名 メ
        相互会社 = | 相 ソ
        会社 = | """,
    "association": """
        一般社団法人 = | 一社 一般社団
        公益社団法人 = | 公社 公益社団
        社団法人 = 有限責任中間法人 | 社 シヤ シャ""",
    "foundation": """
        一般財団法人 = | 一財 一般財団
        公益財団法人 = | 公財 公益財団
        財団法人 = | 財 ザイ""",
    "non-profit": """
        特定非営利活動法人 = 特非法人 特定非営利法人 認定特定非営利活動法人 特例認定特定非営利活動法人
            認定npo法人 npo法人 エヌピーオー法人 | 特非 npo npo法人 認定npo 非 トクヒ""",
    "medical": """
        医療法人社団 = | 医社
        医療法人財団 = | 医財
        社会医療法人 = 社会医療法人社団 社会医療法人財団 | 社医
        特定医療法人 = 特定医療法人社団 特定医療法人財団 | 特医
        医療法人 = | 医 イ""",
    "welfare": "社会福祉法人 = | 福 社福 フク",
    "school": "学校法人 = 準学校法人 | 学 ガク",
    "religious": "宗教法人 = | 宗 シユウ シュウ",
    "national university": "国立大学法人 = | 国大 大 ダイ",
    "public university": "公立大学法人 = | 公大",
    "agency": """
        独立行政法人 = | 独 独行 ドク
        国立研究開発法人 = | 国研""",
    "local agency": "地方独立行政法人 = | 地独 チドク",
    "cooperative": """
        事業協同組合 = 協同組合 | 協 事協 協組 キヨウクミ
        企業組合 = | 企
        協業組合 = | 業
        商工組合 =""",
    "farmers' cooperative": "農業協同組合 =",
    "fishers' cooperative": "漁業協同組合 =",
    "consumers' cooperative": "生活協同組合 = 消費生活協同組合 |",
    "workers' cooperative": "労働者協同組合 = | 労協",
    "joint venture": "共同企業体 = 特定建設工事共同企業体 建設工事共同企業体 建設共同企業体 |",
    "farm": "農事組合法人 = | 農 ノウ",
    "partnership": "有限責任事業組合 = | 責 llp セキ",
    "lawyers": "弁護士法人 = | 弁 ベン",
    "accountants": "監査法人 = 有限責任監査法人 | 監",
    "tax advisers": "税理士法人 = | 税 ゼイ",
    "scriveners": "司法書士法人 = | 司 シホウ",
    "administrative scriveners": "行政書士法人 = | 行 ギヨ",
    "labour advisers": "社会保険労務士法人 = | 労 社労 ロウム",
    "patent attorneys": "弁理士法人 = 特許業務法人 |",
    "surveyors": "土地家屋調査士法人 = |",
}
GENERIC = frozenset({"会社", "医療法人"})  # no more is said than the family
_LATIN = {
    "株式会社": r"kabushiki[ -]?(?:kaisha|gaisha)|k\.? ?k\.?",
    "有限会社": r"y(?:ugen|uugen)[ -]?(?:kaisha|gaisha)|y\.? ?k\.?",
    "合同会社": r"g(?:odo|oudou)[ -]?(?:kaisha|gaisha)|g\.? ?k\.?|l\.? ?l\.? ?c\.?",
    "会社": r"co(?:mpany|rporation|rp)?\.?[, ]*(?:ltd|limited|inc)\.?"
    r"|(?:company|corporation|corp|incorporated|inc|limited|ltd|co)\.?",
    "有限責任事業組合": r"l\.? ?l\.? ?p\.?",
}
_CALLED = {  # what people say for a form; before the name and after it are two things (農協観光 is a company's name)
    "農業協同組合": (r"ja(?![a-z])", "農協"),
    "漁業協同組合": (r"jf(?![a-z])", "漁協"),
    "生活協同組合": (None, "生協"),
    "共同企業体": (None, r"(?<![a-z])j\.?v\.?"),
}


class Change(Enum):
    """What two forms say about whether their bearers can be one organisation."""

    SAME = "same"
    UNKNOWN = "unknown"  # one of them is not written, or only in general (Co., Ltd.)
    POSSIBLE = "possible"  # 株式会社, 合同会社: one can become the other, and two can stand side by side
    IMPOSSIBLE = "impossible"  # 医療法人, 社会福祉法人: no law turns one into the other


@dataclass(frozen=True, slots=True)
class _Spellings:
    written: dict[str, str]
    short: dict[str, str]
    family: dict[str, str]


def _read() -> _Spellings:
    written, short, families = {}, {}, {}
    for family, lines in FAMILIES.items():
        for line in re.sub(r"\n\s+(?=\S+ [^=]*$)", " ", lines, flags=re.M).strip().splitlines():
            form, _, rest = (part.strip() for part in line.partition("="))
            longer, _, shorter = rest.partition("|")
            families[form] = family
            if form not in GENERIC or form == "医療法人":
                written[plain(form)] = form
            written.update({plain(spelling): form for spelling in longer.split()})
            short.update({plain(spelling): form for spelling in shorter.split()})
    return _Spellings(written, short, families)


SPELLINGS = _read()


def _either(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_COMPANIES = ("株式会社", "有限会社", "合同会社")
_GAP = r"[\s・]{0,2}"
_SHORT = _either(SPELLINGS.short)
_BRACKETED = re.compile(rf"\(\s*({_SHORT})\s*\)|^\s*({_SHORT})\)|\(({_SHORT})\s*$")
WRITTEN = _either(SPELLINGS.written)
_TORN = re.compile(
    rf"({'|'.join(_GAP.join(form) for form in sorted(SPELLINGS.written, key=len, reverse=True))})"
)
_BEFORE = re.compile(rf"^[\s,・]*({WRITTEN})")
_AFTER = re.compile(rf"({WRITTEN})[\s,・]*$")
_WITHIN = re.compile(rf"({WRITTEN})")
_LATIN_BEFORE = {form: re.compile(rf"^[\s,]*(?:{words})(?![a-z])") for form, words in _LATIN.items()}
_LATIN_AFTER = {
    form: re.compile(rf"(?:(?<=[^a-z])|^)[\s,]*(?<![a-z&])(?:{words})[\s,]*$")
    for form, words in _LATIN.items()
}
_CALLED_BEFORE = {form: re.compile(rf"^[\s,]*{said}") for form, (said, _) in _CALLED.items() if said}
_CALLED_AFTER = {form: re.compile(rf"(?<=\S){said}[\s,]*$") for form, (_, said) in _CALLED.items()}


def written_out(text: str) -> str:
    """(株)ソラ, カ)ソラ and 株式 会社ソラ as 株式会社ソラ. `text` is plain."""
    text = _TORN.sub(lambda found: re.sub(_GAP, "", found[1]), text)
    return _BRACKETED.sub(lambda found: SPELLINGS.short[next(filter(None, found.groups()))], text)


def without_form(text: str) -> tuple[str, str, str | None]:
    """The name, what follows a form in the middle (a branch, mostly), and the form. `text` is plain and written out."""
    form: str | None = None
    while text.strip():
        found, rest = _at_an_end(text)
        if found is None or not rest.strip(" ,・"):
            break
        form, text = _nearer(form, found), rest
    if form is None and (middle := _WITHIN.search(text)):
        return text[: middle.start()].strip(), text[middle.end() :].strip(), SPELLINGS.written[middle[1]]
    if form is None:
        form, text = _misspelt(text.strip())
    return text.strip(), "", form


def _misspelt(text: str) -> tuple[str | None, str]:
    """株式合社: one letter is wrong in a form of company at either end."""
    for form in _COMPANIES:
        length = len(form)
        for end, rest in ((text[:length], text[length:]), (text[-length:], text[:-length])):
            if rest.strip() and Hamming.distance(end, form, pad=True) == 1:
                return form, rest.strip()
    return None, text


def change(one: str | None, other: str | None) -> Change:
    if one is None or other is None:
        return Change.UNKNOWN
    if one == other:
        return Change.SAME
    if SPELLINGS.family[one] != SPELLINGS.family[other]:
        return Change.IMPOSSIBLE
    return Change.UNKNOWN if {one, other} & GENERIC else Change.POSSIBLE


def _nearer(form: str | None, found: str) -> str:
    """The one that says more, where both ends bear a form (株式会社ソラ Co., Ltd.)."""
    return found if form is None or form in GENERIC else form


def _at_an_end(text: str) -> tuple[str | None, str]:
    if found := _BEFORE.search(text):
        return SPELLINGS.written[found[1]], text[found.end() :]
    if found := _AFTER.search(text):
        return SPELLINGS.written[found[1]], text[: found.start()]
    for form, pattern in (_LATIN_AFTER | _CALLED_AFTER).items():
        if found := pattern.search(text):
            return form, text[: found.start()]
    for form, pattern in (_LATIN_BEFORE | _CALLED_BEFORE).items():
        if found := pattern.search(text):
            return form, text[found.end() :]
    return None, text
