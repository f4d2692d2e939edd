"""Whatever is asked of a theme, and of who reads an idea, in whatever order: no invariant breaks."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from contracts.intake import (
    AccessClosed,
    IdeaRead,
    ThemeCancelled,
    ThemeConcluded,
    ThemePublished,
    ThemeQuestionAnswered,
    ThemeQuestionAsked,
    criteria_version,
)
from services.intake.domain.access import (
    ACCESS,
    AdmitReviewers,
    AdmitSections,
    BarFromIdea,
    CloseAccess,
    ReadIdea,
    ReopenAccess,
)
from services.intake.domain.theme import THEME
from services.intake.domain.wording import bare
from tests.deciding import by
from tests.intake.any_commands import BOUNDED, Machine
from tests.intake.sample import HEAD, MONDAY, SERVICE, WINDOW
from tests.intake.sample_theme import (
    ASKED_TEXT,
    OTHERS,
    RESTATED,
    YOUTH,
    answer_it,
    ask_about,
    cancel,
    close_theme,
    conclude,
    draft,
    publish,
    read_questions,
)

WEIGHTS = st.sampled_from([(40, 60), (50, 50), (10, 10)])
ACTORS = st.sampled_from([YOUTH, OTHERS, HEAD])
TEXTS = st.sampled_from([RESTATED, ASKED_TEXT, "締切は何時までですか。"])
NUMBERS = st.integers(1, 3)


class AnyTheme(Machine):
    decider = THEME

    @rule(weights=WEIGHTS, least=st.sampled_from([50, 60]), actor=st.sampled_from([YOUTH, OTHERS]))
    def draft(self, weights, least, actor) -> None:
        criteria = [{"name": name, "weight": weight} for name, weight in zip("質量", weights, strict=True)]
        self.ask(draft(actor, criteria=criteria, min_total=least))

    @rule()
    def publish(self) -> None:
        self.ask(publish())

    @rule()
    def close(self) -> None:
        self.ask(close_theme(self.now))

    @precondition(lambda self: len(self.stream.history) > 6)
    @rule(actor=ACTORS)
    def cancel(self, actor) -> None:
        self.ask(cancel(actor))

    @rule(actor=ACTORS, running=st.sampled_from([(), ("C07",)]))
    def conclude(self, actor, running) -> None:
        facts = self.ask(conclude(actor, running))
        assert not (facts and running)

    @rule(text=TEXTS)
    def ask_about(self, text) -> None:
        self.ask(ask_about(text))

    @rule(number=NUMBERS, text=TEXTS, told=TEXTS, actor=st.sampled_from([YOUTH, OTHERS, WINDOW]))
    def answer(self, number, text, told, actor) -> None:
        self.ask(answer_it(number, text, actor, answer=told))

    @rule(actor=st.sampled_from([YOUTH, OTHERS, WINDOW]))
    def read(self, actor) -> None:
        facts = self.ask(read_questions(actor))
        assert bool(facts) == (
            self.state.draft is not None and actor.section in (self.state.draft.section, "S01")
        )

    @rule(days=st.integers(1, 12))
    def wait(self, days) -> None:
        self.time_passes(days)

    @invariant()
    def v20_one_version_of_the_criteria_from_the_publication_on(self) -> None:
        for fact in self.happened(ThemePublished):
            kept = self.state.draft
            version = criteria_version(((each.name, each.weight) for each in kept.criteria), kept.min_total)
            assert fact.criteria_version == version
        assert len(self.happened(ThemePublished)) <= 1

    @invariant()
    def it_ends_once(self) -> None:
        assert len(self.happened(ThemeCancelled, ThemeConcluded)) <= 1

    @invariant()
    def v16_no_answer_tells_a_question_in_its_own_words(self) -> None:
        asked = {fact.number: bare(fact.question.reveal()) for fact in self.happened(ThemeQuestionAsked)}
        for fact in self.happened(ThemeQuestionAnswered):
            assert asked[fact.number] not in bare(f"{fact.question} {fact.answer}")

    @invariant()
    def questions_are_numbered_in_order_and_answered_once(self) -> None:
        numbers = [fact.number for fact in self.happened(ThemeQuestionAsked)]
        assert numbers == list(range(1, len(numbers) + 1))
        answered = [fact.number for fact in self.happened(ThemeQuestionAnswered)]
        assert len(set(answered)) == len(answered)
        assert set(answered) | set(self.state.waiting) == set(numbers)

    @invariant()
    def v22_a_question_that_waits_has_a_deadline_or_an_escalation(self) -> None:
        if self.state.status in ("open", "closed"):
            for number in self.state.waiting:
                assert f"question-{number}" in self.deadlines or number in self.state.escalated

    @invariant()
    def a_theme_that_is_open_closes_by_itself(self) -> None:
        assert (self.state.status == "open") == ("close" in self.deadlines)


class AnyAccess(Machine):
    decider = ACCESS

    @rule(sections=st.sets(st.sampled_from(["S07", "S14", "S17"]), min_size=1, max_size=2))
    def admit(self, sections) -> None:
        self.ask(AdmitSections(actor=SERVICE, at=MONDAY, sections=tuple(sorted(sections))))

    @rule(persons=st.sets(st.sampled_from(["REV-01", "REV-02"]), min_size=1))
    def review(self, persons) -> None:
        self.ask(AdmitReviewers(actor=SERVICE, at=MONDAY, persons=tuple(sorted(persons))))

    @rule(section=st.sampled_from([None, "S07", "S14"]), reason=st.sampled_from(["over", "withdrawn"]))
    def close(self, section, reason) -> None:
        self.ask(CloseAccess(actor=SERVICE, at=MONDAY, section=section, reason=reason))

    @rule()
    def reopen(self) -> None:
        self.ask(ReopenAccess(actor=SERVICE, at=MONDAY))

    @rule(who=st.sampled_from([("S07", None), (None, "REV-01"), (None, "U-1")]))
    def bar(self, who) -> None:
        self.ask(BarFromIdea(actor=SERVICE, at=MONDAY, section=who[0], person=who[1]))

    @rule(actor=st.sampled_from(["section:U-1:S14", "section:U-2:S14", "section:U-3:S07", "reviewer:REV-01"]))
    def read(self, actor) -> None:
        self.ask(ReadIdea(actor=by(actor), at=MONDAY, purpose="検討"))

    @invariant()
    def v19_nobody_who_is_partial_works_on_the_case(self) -> None:
        assert not self.state.working & self.state.partial
        assert not self.state.left & self.state.partial

    @invariant()
    def v19_nobody_reads_after_a_conflict_was_found(self) -> None:
        partial: set[str | None] = set()
        for fact in self.stream.history:
            if isinstance(fact, AccessClosed) and fact.reason == "conflict":
                partial |= {fact.person, fact.section} - {None}
            if isinstance(fact, IdeaRead):
                assert not partial & {fact.reader, fact.section}


TestAnyTheme = AnyTheme.TestCase
TestAnyTheme.settings = BOUNDED
TestAnyAccess = AnyAccess.TestCase
TestAnyAccess.settings = BOUNDED
