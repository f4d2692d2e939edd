"""Who comes again is found under a name that is written in another way."""

import pytest

from services.intake.domain.applicant import normalised


@pytest.mark.parametrize(
    "written",
    [
        "株式会社ミマモリ架空電機",
        "㈱ミマモリ架空電機",
        "（株）ミマモリ架空電機",
        "ミマモリ架空電機株式会社",
        "ﾐﾏﾓﾘ架空電機（株）",
        "株式会社　ミマモリ 架空電機",
        "株式会社ミマモリ・架空電機",
    ],
)
def test_one_name_in_many_forms(written: str) -> None:
    assert normalised(written) == "ミマモリ架空電機"


def test_old_and_new_characters_are_one() -> None:
    assert normalised("髙﨑渡邉商店") == normalised("高崎渡辺商店")


def test_different_names_stay_different() -> None:
    assert normalised("架空みらい土木株式会社") != normalised("架空あす土木株式会社")


def test_a_name_that_is_all_legal_form_is_itself() -> None:
    assert normalised("株式会社") == "株式会社"
