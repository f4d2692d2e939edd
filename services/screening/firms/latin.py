"""Words in Latin letters: romaji as kana, English by its consonants. Pure.

Hepburn and Kunrei are both read. The consonants are what katakana keeps of an English word: vowels, L and R, B and V
are too often written otherwise to be compared. Letters that are read in several ways give several results.
"""

from __future__ import annotations

import re
import unicodedata

_ROWS = """
_ ア イ ウ エ オ|k カ キ ク ケ コ|g ガ ギ グ ゲ ゴ|s サ シ ス セ ソ|z ザ ジ ズ ゼ ゾ|t タ チ ツ テ ト
d ダ ヂ ヅ デ ド|n ナ ニ ヌ ネ ノ|h ハ ヒ フ ヘ ホ|b バ ビ ブ ベ ボ|p パ ピ プ ペ ポ|m マ ミ ム メ モ
r ラ リ ル レ ロ|y ヤ イ ユ イエ ヨ|w ワ ウイ ウ ウエ ヲ|f フア フイ フ フエ フオ|v バ ビ ブ ベ ボ
sh シヤ シ シユ シエ シヨ|ch チヤ チ チユ チエ チヨ|ts ツア ツイ ツ ツエ ツオ|j ジヤ ジ ジユ ジエ ジヨ
ky キヤ キイ キユ キエ キヨ|gy ギヤ ギイ ギユ ギエ ギヨ|sy シヤ シイ シユ シエ シヨ
zy ジヤ ジイ ジユ ジエ ジヨ|jy ジヤ ジイ ジユ ジエ ジヨ|ty チヤ チイ チユ チエ チヨ
cy チヤ チイ チユ チエ チヨ|ny ニヤ ニイ ニユ ニエ ニヨ|hy ヒヤ ヒイ ヒユ ヒエ ヒヨ
by ビヤ ビイ ビユ ビエ ビヨ|py ピヤ ピイ ピユ ピエ ピヨ|my ミヤ ミイ ミユ ミエ ミヨ
ry リヤ リイ リユ リエ リヨ
"""
_SYLLABLES = {
    consonants.strip("_") + vowel: kana
    for row in re.split(r"[|\n]", _ROWS.strip())
    for consonants, *kanas in [row.split()]
    for vowel, kana in zip("aiueo", kanas, strict=True)
}
_NAMES_OF_LETTERS = """
エイ ビ シ デイ イ エフ ジ エイチ アイ ジエイ ケイ エル エム エヌ
オ ピ キユ アル エス テイ ユ ブイ ダブリユ エツクス ワイ ゼツト
"""
_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", _NAMES_OF_LETTERS.split(), strict=True))
_ENGLISH = [  # what is read first stands first; a capital is a consonant that stays
    (r"(.)\1", r"\1"), (r"^kn", "n"), (r"^wr", "r"), (r"^ps", "s"), (r"wh", "w"), (r"mb$", "m"), (r"tch", "T"),
    (r"sch", "SK"), (r"ch(?=[rl])", "K"), (r"ch", "C"), (r"ck", "K"), (r"ph", "H"), (r"gh", ""), (r"sh", "S"),
    (r"th", "D"), (r"(?<=.)[st]ion", "SN"), (r"[cs]ian", "SN"), (r"ture", "T"), (r"ts", "T"), (r"ds$", "S"),
    (r"qu", "K"), (r"x", "KS"), (r"dg(?=[eiy])", "S"), (r"g(?=[eiy])", "G"), (r"g", "K"), (r"c(?=[eiy])", "S"),
    (r"c", "K"), (r"[zsj]", "S"), (r"[dt]", "T"), (r"[bv]", "B"), (r"f", "H"), (r"(?<=[aeiou])h(?![aeiou])", ""),
    (r"h", "H"), (r"r(?![aeiouy])", "L"), (r"[lr]", "R"), (r"m(?=[pBH])", "N"), (r"n", "N"), (r"m", "M"), (r"p", "P"),
    (r"k", "K"), (r"[^A-Z]", ""),
]  # fmt: skip
_SEVERAL = {
    "C": "TSK",
    "D": "ST",
    "G": "SK",
    "L": ("", "R"),
}  # church, chef, echo · think, Thomas · gem, gear · car, Carmen
_MOST = 24
_STEPS = [(re.compile(pattern), into) for pattern, into in _ENGLISH]
_CLASSES = {
    "K": "カキクケコガギグゲゴ", "S": "サシスセソザジズゼゾヂヅ", "T": "タチツテトダデド", "N": "ナニヌネノン",
    "H": "ハヒフヘホ", "B": "バビブベボヴ", "P": "パピプペポ", "M": "マミムメモ", "R": "ラリルレロ",
}  # fmt: skip
_CONSONANT = {kana: sound for sound, kanas in _CLASSES.items() for kana in kanas}


def kana(word: str) -> str | None:
    """Romaji in large katakana, or None where it cannot be romaji. `word` is in lower case."""
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if "a" <= c <= "z" or c == "'")
    word = re.sub(r"(?<=o)h(?![aiueoy])", "", word)  # Ohba, Itoh
    read, at = [], 0
    while at < len(word):
        for length in (3, 2, 1):
            if syllable := _SYLLABLES.get(word[at : at + length]):
                read.append(syllable)
                at += length
                break
        else:
            here, after = word[at], word[at + 1 : at + 2]
            if here == "'":
                pass
            elif here == "n" or (here == "m" and after in ("b", "p", "m")):
                read.append("ン")
            elif (after == here and here not in "aiueo") or word[at : at + 3] == "tch":
                read.append("ツ")
            else:
                return None
            at += 1
    return "".join(read) or None


def spelled(word: str) -> str:
    """ABC, letter by letter."""
    return "".join(_LETTERS.get(letter, "") for letter in word)


def consonants(word: str) -> tuple[str, ...]:
    """Of a word in Latin letters, in each way that katakana may keep them; of kana with small letters, as they are."""
    if not word.isascii():
        return ("".join(_CONSONANT.get(letter, "") for letter in word),)
    for pattern, into in _STEPS:
        word = pattern.sub(into, word)
    found = [""]
    for letter in word:
        found = [head + option for head in found for option in _SEVERAL.get(letter, letter)][:_MOST]
    return tuple(dict.fromkeys(found))


def joined(heads: tuple[str, ...], tails: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(head + tail for head in heads for tail in tails))[:_MOST]
