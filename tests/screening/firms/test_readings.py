"""How names are read: kana, kanji, romaji, English; and that nothing is loaded before the first reading."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.screening.firms import FirmRecord, compare, latin
from services.screening.firms.characters import plain
from services.screening.firms.sounds import can_be_read_alike, readings, shortened, sound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ヤマト技研", "大和技研"), ("みらい舎", "未来舎"), ("ソラのわ", "ソラの輪"),
        ("コンピューター", "コンピュータ"), ("ヴィジョン", "ビジョン"), ("おおば", "オーバ"), ("Tokyo", "東京"),
        ("Light Kasou", "ライトカソウ"), ("YUMEJI", "ゆめじ"), ("Ohba", "おおば"), ("kakuu design", "架空デザイン"),
        ("lighthouse", "ライトハウス"),
    ],
)  # fmt: skip
def test_names_that_sound_the_same(one: str, other: str) -> None:
    assert sound(plain(one)).kana == sound(plain(other)).kana


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("夢峰製鋼", "ユメミネ製鋼"), ("虚船海産", "虚舟海産"), ("翼", "ツバサ"), ("彩企画", "いろどり企画"),
        ("ABC", "エービーシー"), ("夢川", "ゆめがわ"), ("日向", "ヒュウガ"),
    ],
)  # fmt: skip
def test_names_that_can_be_read_alike(one: str, other: str) -> None:
    assert can_be_read_alike(plain(one), plain(other))
    assert can_be_read_alike(plain(other), plain(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [("夢峰製鋼", "ユメサキ製鋼"), ("東", "西"), ("ソラ", "ソラ"), ("", "ソラ"), ("見本", "見本建設")],
)
def test_names_that_cannot(one: str, other: str) -> None:
    assert not can_be_read_alike(plain(one), plain(other))


@pytest.mark.parametrize(
    ("word", "kana"),
    [
        ("sora", "ソラ"), ("shinjuku", "シンジユク"), ("sinzyuku", "シンジユク"), ("tokkyo", "トツキヨ"),
        ("kombu", "コンブ"), ("matchi", "マツチ"), ("ōba", "オバ"), ("kin'en", "キンエン"),
    ],
)  # fmt: skip
def test_romaji(word: str, kana: str) -> None:
    assert latin.kana(word) == kana


@pytest.mark.parametrize("word", ["dummy", "works", "q", "xyz"])
def test_what_is_no_romaji(word: str) -> None:
    assert latin.kana(word) is None


@pytest.mark.parametrize(
    ("word", "kana"),
    [
        ("imaginary", "イマジナリー"), ("engineering", "エンジニアリング"), ("nonreal", "ノンリアル"),
        ("dummy", "ダミー"), ("logistics", "ロジスティクス"), ("phantom", "ファントム"),
        ("knight", "ナイト"), ("factory", "ファクトリー"), ("station", "ステーション"), ("church", "チャーチ"),
        ("arche", "アルシェ"), ("echo", "エコー"), ("gear", "ギア"), ("thomas", "トーマス"),
    ],
)  # fmt: skip
def test_english_by_its_consonants(word: str, kana: str) -> None:
    assert set(latin.consonants(word)) & set(latin.consonants(kana))


def test_unlike_words_have_unlike_consonants() -> None:
    assert not set(latin.consonants("energy")) & set(latin.consonants("リサイクル"))


def test_the_dictionary_is_loaded_when_the_first_name_is_read() -> None:
    """A service that never compares firms does not pay for it."""
    asked = (
        "import sys; import services.screening.firms as f; assert 'sudachipy' not in sys.modules; "
        "f.compare(f.FirmRecord('㈱ソラ'), f.FirmRecord('株式会社ソラ')); assert 'sudachipy' not in sys.modules; "
        "f.compare(f.FirmRecord('大和'), f.FirmRecord('ヤマト')); assert 'sudachipy' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", asked], check=True, timeout=60)


def test_names_are_read_in_several_threads_at_once() -> None:
    names = [f"架空{number}虚構建設" for number in range(200)]
    with ThreadPoolExecutor(4) as threads:
        scores = list(
            threads.map(lambda name: compare(FirmRecord(name), FirmRecord(name + "x")).score, names * 2)
        )
    assert scores[:200] == scores[200:]


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec=None), max_size=30))
def test_any_text_can_be_read(text: str) -> None:
    assert readings(plain(text)) == readings(plain(text))
    read = sound(plain(text)).kana
    assert shortened(shortened(read)) is not None
