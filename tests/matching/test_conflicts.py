"""Who is partial takes no part, and is known before anybody reads the idea (V19)."""

import pytest

from chassis.decider import NotYours
from contracts.actors import Actor
from contracts.matching import ConflictFound, MatchProposed, RematchRequested, SectionsRanked
from services.matching.domain import NoRunningCase
from services.matching.policies import (
    NobodyNamed,
    OfficerInConflict,
    OnlyForYourself,
    SectionInConflict,
    UnknownSection,
)
from tests.deciding import by
from tests.matching.sample import (
    CONTRACTS,
    DIGITAL,
    MATCHED,
    NOTED,
    OFFERED,
    PARTIAL,
    PROPOSER,
    RANKED,
    RANKING,
    S05,
    S12,
    S14,
    SAFETY,
    WINDOW,
    accept,
    case,
    close,
    conclude,
    declare,
    decline,
    free,
    interest,
    note_conflicts,
    offered,
    open_matching,
    propose,
    rank,
    reopen,
    settle,
    suspend,
    to_office,
)

ALL_OF_S14 = interest("S14")
OFFICER = interest("S14", "U-14")


def test_v19_a_partial_section_leaves_the_candidates_before_anybody_is_asked() -> None:
    stream = case.after(rank(*RANKING, conflicts=(ALL_OF_S14,)), open_matching())
    noted, found, ranked, _, proposed = stream.history
    assert (noted, found) == (NOTED, ALL_OF_S14)
    assert isinstance(ranked, SectionsRanked)
    assert [(each.section, each.reason) for each in ranked.left_out] == [("S14", "conflict")]
    assert isinstance(proposed, MatchProposed)
    assert (proposed.offered_to, proposed.candidates) == ("S12", (SAFETY, DIGITAL))
    assert [(each.section, each.reason) for each in proposed.left_out] == [("S14", "conflict")]


def test_v19_what_the_register_says_by_the_opening_counts_too() -> None:
    assert case.after(rank(*RANKING), open_matching(conflicts=(ALL_OF_S14,))).state.offered_to == "S12"


def test_v19_a_partial_person_is_found_at_once_and_the_section_is_asked_all_the_same() -> None:
    stream = case.after(rank(*RANKING, conflicts=(OFFICER,)), open_matching())
    assert OFFICER in stream.history
    assert stream.state.offered_to == "S14"


@pytest.mark.parametrize("now", ["before", "with the answer"])
def test_v19_a_partial_officer_answers_nothing_and_a_colleague_does(now: str) -> None:
    before = (OFFICER,) if now == "before" else ()
    later = {"conflicts": (OFFICER,)} if now != "before" else {}
    stream = case.after(rank(*RANKING, conflicts=before), open_matching())
    for answer in (accept(S14, **later), decline(S14, **later)):
        with pytest.raises(OfficerInConflict):
            stream.when(answer)
    assert stream.when(accept(by("section:U-15:S14")))


def test_v19_a_partial_officer_stays_partial_in_another_section() -> None:
    stream = case.after(rank(*RANKING, conflicts=(OFFICER,)), open_matching(), propose("S12"))
    with pytest.raises(OfficerInConflict):
        stream.when(accept(by("section:U-14:S12")))


def test_v19_a_partial_officer_of_the_window_names_nobody_and_concludes_nothing() -> None:
    stream = case.after(rank(), open_matching(), declare("S01", "W-01"), declare("S01", "H-01"))
    for command in (propose("S30"), conclude()):
        with pytest.raises(OfficerInConflict):
            stream.when(command)


def test_v19_nobody_names_or_brings_in_a_partial_section() -> None:
    stream = case.after(rank(*RANKING, conflicts=(interest("S05"),)), open_matching())
    with pytest.raises(SectionInConflict, match="S05"):
        stream.when(propose("S05"))
    with pytest.raises(SectionInConflict, match="S05"):
        stream.when(accept(S14, "S05"))
    with pytest.raises(SectionInConflict, match="S12"):
        stream.when(propose("S12", conflicts=(interest("S12"),)))


def test_v19_a_section_found_partial_after_it_was_asked_is_asked_no_more() -> None:
    assert OFFERED.when(note_conflicts(ALL_OF_S14))[0] == ALL_OF_S14
    for stream in (
        OFFERED.after(note_conflicts(ALL_OF_S14)),
        OFFERED.after(declare("S14")),
        OFFERED.after(declare("S14", actor=S14)),
    ):
        assert stream.state.offered_to == "S12"
    with pytest.raises(SectionInConflict):
        OFFERED.when(accept(S14, conflicts=(ALL_OF_S14,)))


def test_v19_where_all_that_are_left_are_partial_the_office_is_told() -> None:
    last = OFFERED.after(decline(S14), decline(S12))
    [_, told] = last.when(declare("S05"))
    assert told.why == "nobody_left"  # type: ignore[union-attr]


def test_v19_a_lead_found_partial_during_the_talks_gives_the_case_to_another() -> None:
    [found, requested, next_] = MATCHED.when(declare("S14"))
    assert isinstance(found, ConflictFound)
    assert isinstance(requested, RematchRequested)
    assert (requested.section, next_.section) == ("S14", "S12")  # type: ignore[union-attr]


def test_past_the_dialogue_the_lead_stays_and_the_conflict_is_known() -> None:
    [found] = MATCHED.after(settle()).when(declare("S14"))
    assert isinstance(found, ConflictFound)
    assert MATCHED.after(settle(), declare("S14")).state.lead == "S14"


def test_a_lead_found_partial_while_the_case_is_stopped_is_changed_when_it_goes_on() -> None:
    stopped = MATCHED.after(suspend(), declare("S14"))
    assert stopped.state.lead == "S14"
    [_, requested, next_] = stopped.when(open_matching())
    assert isinstance(requested, RematchRequested)
    assert next_.section == "S12"  # type: ignore[union-attr]


def test_v19_a_supporting_section_found_partial_supports_no_more() -> None:
    stream = OFFERED.after(accept(S14, "S12", "S07"), declare("S12"))
    assert (stream.state.lead, stream.state.supporting) == ("S14", ("S07",))


def test_a_conflict_is_found_once() -> None:
    told_twice = OFFERED.after(note_conflicts(ALL_OF_S14, OFFICER))
    assert told_twice.when(note_conflicts(ALL_OF_S14, ALL_OF_S14, OFFICER)) == []
    assert told_twice.when(declare("S14")) == []


@pytest.mark.parametrize("actor", [WINDOW, CONTRACTS], ids=["the window", "the contract section"])
def test_the_office_declares_for_anybody(actor: Actor) -> None:
    assert OFFERED.when(declare("S12", "U-12", actor)) == [
        ConflictFound(section="S12", person="U-12", basis="declared", reason=PARTIAL)
    ]


def test_an_officer_declares_for_himself_or_his_section_and_for_nobody_else() -> None:
    assert OFFERED.when(declare("S12", "U-12", S12))
    assert OFFERED.when(declare("S12", actor=S12))
    for foreign in (declare("S14", "U-14", S12), declare("S12", "U-99", S12), declare("S14", actor=S12)):
        with pytest.raises(OnlyForYourself):
            OFFERED.when(foreign)
    with pytest.raises(OnlyForYourself):
        OFFERED.when(declare("S12", actor=by("section:U-12")))
    with pytest.raises(NotYours):
        OFFERED.when(declare("S14", actor=PROPOSER))


def test_a_declaration_names_somebody_of_the_city() -> None:
    with pytest.raises(NobodyNamed):
        OFFERED.when(declare("S14", whole_section=False))
    with pytest.raises(UnknownSection):
        OFFERED.when(declare("S99"))


def test_nobody_is_partial_in_a_case_that_is_not_there_or_over() -> None:
    for stream in (case, MATCHED.after(free()), OFFERED.after(close())):
        with pytest.raises(NoRunningCase):
            stream.when(declare("S14"))
        assert stream.when(note_conflicts(ALL_OF_S14)) == []


def test_a_conflict_may_be_declared_as_soon_as_the_case_is_known_here() -> None:
    assert case.given(NOTED, RANKED).when(declare("S14"))


def test_v19_whoever_is_partial_is_not_asked_after_the_talks_are_over_either() -> None:
    stream = OFFERED.after(declare("S12"), accept())
    assert stream.when(reopen("S14"))[1].section == "S05"  # type: ignore[union-attr]


def test_v23_who_is_partial_needs_not_answer_before_the_end() -> None:
    stream = case.after(rank(*RANKING), open_matching(), declare("S14"), decline(S12), decline(S05))
    [concluded] = stream.when(conclude())
    assert [(each.section, each.reason) for each in concluded.left_out] == [("S14", "conflict")]  # type: ignore[union-attr]


def test_where_all_candidates_are_partial_from_the_beginning_the_office_is_told() -> None:
    stream = case.after(rank(RANKING[0], conflicts=(ALL_OF_S14,)), open_matching())
    assert stream.history[-1].why == "nobody_left"  # type: ignore[union-attr]
    assert offered("S12") not in stream.history
    assert to_office("none_fits") not in stream.history
