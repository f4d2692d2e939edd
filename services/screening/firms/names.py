"""The name of a firm, taken apart: its own part, its legal form, its branch, and the other names that stand beside it.

`normalise` keeps nothing of how a name was written, so it is for comparison alone; the record keeps the name as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from services.screening.firms.characters import plain, squeezed
from services.screening.firms.forms import WRITTEN, without_form, written_out

BRANCHES = (
    "支店|支社|支部|支所|支局|営業所|営業部|事業所|事業部|出張所|事務所|工場|製造所|作業所|連絡所|駐在所|駐在員事務所|"
    "本社|本店|本部|分店|号店|統括部|事務局|センター|ステーション|オフィス|ブランチ|附属病院|付属病院|病院|学部|研究科|キャンパス"
)
ENDS_IN_BRANCH = re.compile(rf"(?:{BRANCHES})$")
_OPEN, _CLOSE = "([{【〔〈《「『", ")]}】〕〉》」』"
_QUOTED = re.compile(r"[「『\"“]([^「」『』\"”]+)[」』\"”]")
_ERA = re.compile(
    r"(?:令和|平成|昭和|大正|明治|西暦|[rhs])?\s*(?:元|\d+)\s*[年./-](?:\s*\d+\s*[月./-])?(?:\s*\d+\s*日?)?"
)
_NOUN = r"(?:の|は)?\s?(?:会社名|法人名|団体名|商号|社名|名称|名義|称号|称|表記|文名|名)"
_SAYS = (
    rf"(?:[旧現]旧?{_NOUN}?|(?:元|前|新|略|英|通|別|正式|登記)(?:{_NOUN}|(?=[\s:;・]))|屋号|商号|社名|名称|通称|略称|別称|別名|合併前|承継前"
    r"|formerly(?: known as)?|(?:fka|aka|dba|now)\b)"
)
_MARK = re.compile(rf"^\s*{_SAYS}[\s:;・、,/]*")
_TAIL = re.compile(
    r"(?:[\s・、,]*(?:から|より|を|に|へ|が|と)?[\s、,]*(?:商号|社名|名称|組織)?(?:を|の)?(?:変更|改称|改組|改名|改め|吸収合併|合併|事業承継|事業譲受)(?:前|後|済|済み)?)+[。.]?$"
)
_BESIDE = re.compile(rf"(?<=\S)[\s・、,/;:※→⇒]+(?={_SAYS})(?=[旧現元])|(?<=\S)(?=旧(?:{WRITTEN}))")
_OTHER_FORM = re.compile(r"^\S{1,10}?法人\s?(\S.{2,})$")
_SURELY = re.compile(rf".[\s旧]*(?:{_NOUN}|[:;]|.*(?:{WRITTEN}))")
_MOST_FORMS = 8
_RENAMED = re.compile(r"^(\S.*?)\s?改め\s?(\S.*)$")
_ALIAS = re.compile(r"^(\S.*?[^ぁ-ん\s])\s?こと\s?(?=[㐀-鿿ァ-ヺ])(\S.*)$")  # 架空塗装店こと仮野太郎
_HEADING = re.compile(r"^\s*(?:屋号|商号|名称|会社名|法人名|団体名)[\s:]+(?=\S)")
_RUN_BY = frozenset(
    {"学校法人", "社会福祉法人", "宗教法人", "医療法人", "医療法人社団", "医療法人財団", "社会医療法人"}
)
_HOUSE = re.compile(
    r"(?:大学|大学院|短期大学|専門学校|学院|学校|高校|幼稚園|保育園|保育所|こども園|クリニック|医院|診療所|苑|荘|ホーム)$"
)
_TRADE = re.compile(r"\S事業協同組合\s*$")
_PARTED = re.compile(r"[、;/→⇒]")


@dataclass(frozen=True, slots=True)
class Name:
    """One name. `key` is empty only where nothing but space and punctuation was written."""

    text: str  # plain, without form and branch; spaces part the words
    key: str
    form: str | None
    branch: bool = False  # a branch was written behind it, and is left out


@dataclass(frozen=True, slots=True)
class FirmName:
    """The name that was given, read in each way that it can be, and other names of the same firm (旧商号 …)."""

    own: tuple[Name, ...]
    others: tuple[Name, ...] = ()
    told: str = ""  # the key of all that is said beside the name

    @property
    def all(self) -> tuple[Name, ...]:
        return self.own + self.others


@lru_cache(maxsize=2_048)
def normalise(written: str) -> FirmName:
    """旧 ダミー(株)【…】 and the like taken apart. The same for each way of writing it; any text gives a name."""
    text = written_out(plain(written))
    main, asides = _asides(text)
    main = _HEADING.sub("", main)
    main, beside = _beside(main)
    first, *more = (
        _readings(main) or _readings(" ".join(asides)) or (Name(main.strip(), squeezed(main), None),)
    )
    own = (_settled(first), *more)
    others = tuple(
        name
        for aside in asides + beside
        for part in _PARTED.split(aside)
        for name in _readings(_cleared(part))
        if _worth(name, part) and (name.key, name.form) not in {(each.key, each.form) for each in own}
    )
    return FirmName(own, tuple(dict.fromkeys(others)), squeezed(" ".join(asides + beside)))


def _settled(name: Name) -> Name:
    """Without a form that shows only when another one, or the punctuation, is gone (株.式.会.社)."""
    for _ in range(_MOST_FORMS):
        main, _beside_it = _beside(name.key)
        again = next(iter(_readings(main)), name)
        if again.key == name.key:
            break
        name = replace(again, form=name.form or again.form)
    return name


def _readings(text: str) -> tuple[Name, ...]:
    """The name without its branch, and with it where the branch may be a part of the name."""
    left, right, form = without_form(text)
    if right:  # a form stood in the middle
        if ENDS_IN_BRANCH.search(right) or not left:
            return _named(Name(left or right, squeezed(left or right), form, branch=bool(left)))
        return _named(
            Name(left + right, squeezed(left + right), form), Name(left, squeezed(left), form, branch=True)
        )
    whole = Name(left, squeezed(left), form)
    if form is None and (other := _OTHER_FORM.match(left)):  # one that the table does not know
        return _named(whole, Name(other[1], squeezed(other[1]), None))
    head, _, tail = left.rpartition(" ")
    if head and ENDS_IN_BRANCH.search(tail):
        return _named(Name(head.strip(), squeezed(head), form, branch=True), whole)
    if head and form in _RUN_BY and _HOUSE.search(tail):  # 学校法人架空学園 架空大学
        return _named(whole, Name(head.strip(), squeezed(head), form, branch=True))
    if _TRADE.search(text):  # 管工事業 + 協同組合
        return _named(whole, Name(left + "事業", squeezed(left + "事業"), form))
    return _named(whole)


def _named(*names: Name) -> tuple[Name, ...]:
    return tuple(name for name in names if name.key)


def _asides(text: str) -> tuple[str, list[str]]:
    """What stands in brackets, taken out of the text; a bracket that is never closed reaches to the end."""
    main, asides, depth, start = [], [], 0, 0
    for at, char in enumerate(text):
        if char in _OPEN:
            if depth == 0:
                main.append(text[start:at])
                start = at + 1
            depth += 1
        elif char in _CLOSE and depth:
            depth -= 1
            if depth == 0:
                asides.append(text[start:at])
                start = at + 1
    (asides if depth else main).append(text[start:])
    return " ".join(filter(str.strip, main)), [aside for aside in asides if aside.strip()]


def _beside(main: str) -> tuple[str, list[str]]:
    """ユメカイ株式会社 旧夢貝商店: another name without brackets."""
    if renamed := _RENAMED.match(main):
        return renamed[2], [renamed[1]]
    if alias := _ALIAS.match(main):
        return alias[1], [alias[2]]
    found = _BESIDE.search(main)
    if found and not _SURELY.match(main, found.end()):
        return main, []  # 現代…, 旧軽井沢…
    return (main[: found.start()], [main[found.start() :].strip(" ・、,/;:※→⇒")]) if found else (main, [])


def _cleared(aside: str) -> str:
    """The name in an aside, without what is said about it and when."""
    quoted = _QUOTED.findall(aside)
    if quoted:
        return str(quoted[0])
    text = _TAIL.sub("", _MARK.sub("", _ERA.sub(" ", aside)).strip())
    return text.strip(" :;、,/.。")


def _worth(name: Name, aside: str) -> bool:
    """Whether an aside is a name: it says so, it bears a form, or it is longer than a place (本社, 東京)."""
    said = name.form is not None or _MARK.search(aside) or _TAIL.search(aside)
    return len(name.key) >= (2 if said else 4) and not ENDS_IN_BRANCH.fullmatch(name.text)
