"""Matching firms: how right the flags are on labelled pairs, how long a comparison takes. Needs no engines.

`python -m bench.firms` sets other ways to decide beside ours; decision 12 has what came out.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from bench.engines import Bench
from bench.figures import percentile
from bench.table import Row, at_least, at_most
from contracts.text import check_digit
from services.screening.firms import (
    FirmIndex,
    FirmRecord,
    addresses,
    compare,
    naming,
    numbers,
    people,
)
from services.screening.firms.addresses import Place, address
from services.screening.firms.characters import key
from services.screening.firms.evaluation import Pair, evaluate, read
from services.screening.firms.likeness import THRESHOLD
from services.screening.firms.names import normalise
from services.screening.firms.numbers import Numbers, number
from services.screening.firms.people import Who

PAIRS = Path(__file__).parent.parent / "tests" / "screening" / "firms"
LABELLED, INVENTED = PAIRS / "firms_dev.jsonl", PAIRS / "invented.jsonl"
REGISTER = 100_000
ASKED, FOLDS = 200, 10

FIRST = (
    "架空 仮想 見本 模擬 夢 空 星 海 山 川 ソラ ユメ ミホン カソウ ダミー 東 西 大和 旭 光 翼 緑 北斗 "
    "ひまわり みらい SORA Dream Green"
)
LAST = (
    "建設 工業 商事 運輸 電機 食品 印刷 設計 システム サービス 不動産 警備 造園 塗装 産業 物産 製作所 工務店 "
    "エンジニアリング Works"
)
FORMS = "株式会社{} {}株式会社 ㈱{} 有限会社{} {}(有) 合同会社{}"
TOWNS = "本町 西町 緑町 桜台 並木 旭町 栄町 大手町 元町"
FAMILIES = "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 小林 加藤 吉田 山田 齋藤 濱田"
GIVEN = "太 一 郎 健 花 子 誠 明 光 洋 直 樹 恵 美 治 雄"


async def measure(bench: Bench) -> list[Row]:
    return await asyncio.to_thread(_measure, bench)


def _measure(bench: Bench) -> list[Row]:
    bench.say("firms: labelled pairs")
    figures = evaluate(LABELLED)
    found = figures.all
    luck = random.Random(7)
    strangers = [(firm(luck), firm(luck)) for _ in range(bench.scaled(2_000, 500))]
    once = _seconds(lambda: [compare(*pair) for pair in strangers]) / len(strangers)
    size = bench.scaled(REGISTER, REGISTER // 10)
    bench.say(f"firms: a register of {size:,} entries")
    entries = {number: firm(luck) for number in range(size)}
    index = FirmIndex(entries)
    applicants = luck.choices(list(entries.values()), k=ASKED // 2) + [firm(luck) for _ in range(ASKED // 2)]
    asked = [1_000 * _seconds(lambda one=applicant: index.candidates(one)) for applicant in applicants]  # type: ignore[misc]
    return [
        Row(
            "firms, those that are one are flagged",
            found.recall,
            "of those",
            target=at_least(0.97),
            note=f"{figures.n} labelled pairs",
        ),
        Row("firms, flags that are right", found.precision, "of flags", target=at_least(0.9)),
        Row(
            "firms, one comparison",
            1_000_000 * once,
            "µs",
            note="of records never met before",
        ),
        Row(
            f"firms, one applicant in {size:,} entries, p95", percentile(asked, 95), "ms", target=at_most(50)
        ),
    ]


def firm(luck: random.Random) -> FirmRecord:
    """Somebody of whom there may well be two."""

    def one_of(words: str) -> str:
        return luck.choice(words.split())

    number = str(luck.randrange(999_900_000_000, 1_000_000_000_000))
    name = one_of(FIRST) + one_of(FIRST) + str(luck.randrange(1, 300)) * luck.randrange(2) + one_of(LAST)
    town = f"{one_of('埼玉県 東京都 大阪府 福岡県')}{one_of('例 仮 夢 想')}市{one_of(TOWNS)}"
    return FirmRecord(
        one_of(FORMS).format(name),
        f"{check_digit(number)}{number}" if luck.randrange(2) else None,
        f"{town}{luck.randrange(1, 9)}-{luck.randrange(1, 40)}-{luck.randrange(1, 20)}",
        f"{one_of(FAMILIES)} {one_of(GIVEN)}{one_of(GIVEN)}",
    )


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


# Other ways to decide. Each scores a pair; a threshold is chosen on nine tenths of the pairs and tried on the tenth.

Score = Callable[[Pair], float]


def same_name(pair: Pair) -> bool:
    return (
        _equal_number(pair)
        or normalise(pair.applicant.name).own[0].key == normalise(pair.entry.name).own[0].key
    )


def alike_name(pair: Pair) -> float:
    if _equal_number(pair):
        return 1.0
    return fuzz.ratio(normalise(pair.applicant.name).own[0].key, normalise(pair.entry.name).own[0].key) / 100


def alike_all(pair: Pair) -> float:
    """The mean likeness of name, address and representative, as strings."""
    if _equal_number(pair):
        return 1.0
    sides = [
        (getattr(pair.applicant, field), getattr(pair.entry, field))
        for field in ("name", "address", "representative")
    ]
    return sum(fuzz.ratio(key(a or ""), key(b or "")) for a, b in sides) / 300


def ours(pair: Pair) -> float:
    return compare(pair.applicant, pair.entry).score


def _equal_number(pair: Pair) -> bool:
    return (
        numbers.compared(number(pair.applicant.corporate_number), number(pair.entry.corporate_number))
        is Numbers.SAME
    )


def features(pair: Pair) -> list[float]:
    """What our rule looks at, as numbers."""
    a, b = pair.applicant, pair.entry
    names = naming.compared(normalise(a.name), normalise(b.name))
    place = addresses.compared(address(a.address), address(b.address))
    who = people.compared(people.people(a.representative), people.people(b.representative))
    digits = numbers.compared(number(a.corporate_number), number(b.corporate_number))
    said = [place is each for each in (Place.SAME, Place.NEAR, Place.ELSEWHERE)]
    said += [who is each for each in (Who.SAME, Who.FAMILY, Who.DIFFERENT)]
    said += [digits is each for each in (Numbers.SAME, Numbers.SLIP, Numbers.DIFFERENT)]
    return [1.0, (names.points if names else 0) / 100, *map(float, said)]


def fitted(rows: NDArray[np.float64], same: NDArray[np.bool_], ridge: float = 0.1) -> NDArray[np.float64]:
    """Logistic regression by Newton's method."""
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (same - likely) - ridge * weights
        curve = (rows * (likely * (1 - likely))[:, None]).T @ rows + ridge * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return weights


def best_threshold(scores: NDArray[np.float64], same: NDArray[np.bool_]) -> float:
    """The middle of the widest gap among those that give the best F1."""
    steps = np.unique(scores)
    cuts = np.concatenate([steps[:1], (steps[1:] + steps[:-1]) / 2])
    gaps = np.concatenate([[0], np.diff(steps)])
    hits = [(scores >= cut) & same for cut in cuts]
    found = [
        2 * hit.sum() / max(1, (scores >= cut).sum() + same.sum())
        for hit, cut in zip(hits, cuts, strict=True)
    ]
    return float(max(zip(found, gaps, cuts, strict=True))[2])


def main(files: Sequence[Path]) -> None:
    pairs = [pair for file in files for pair in read(file)]
    same, folds = (
        np.array([pair.same for pair in pairs]),
        np.random.default_rng(12).permutation(len(pairs)) % FOLDS,
    )
    _say("same name", np.array([same_name(pair) for pair in pairs]), same)
    for name, score in FITTED.items():
        scores, flags = np.array([score(pair) for pair in pairs]), np.zeros(len(pairs), bool)
        for fold in range(FOLDS):
            here = folds == fold
            flags[here] = scores[here] >= best_threshold(scores[~here], same[~here])
        _say(f"{name}, threshold fitted", flags, same)
    rows, flags = np.array([features(pair) for pair in pairs]), np.zeros(len(pairs), bool)
    for fold in range(FOLDS):
        here = folds == fold
        flags[here] = rows[here] @ fitted(rows[~here], same[~here]) >= 0
    _say("logistic regression on what ours looks at", flags, same)
    _say(f"ours, threshold {THRESHOLD}", np.array([ours(pair) >= THRESHOLD for pair in pairs]), same)


FITTED: dict[str, Score] = {"alike name": alike_name, "alike name, address and head": alike_all, "ours": ours}


def _say(name: str, flags: NDArray[np.bool_], same: NDArray[np.bool_]) -> None:
    hits = (flags & same).sum()
    print(f"{name:48} recall {hits / same.sum():.3f}  precision {hits / max(1, flags.sum()):.3f}")


if __name__ == "__main__":
    import sys

    main([Path(name) for name in sys.argv[1:]] or [LABELLED, INVENTED])
