"""Whatever is asked of the notices of a case, in whatever order: each fact is told of once, each mail ends once."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chassis.decider import Command
from contracts.fact import read
from contracts.intake import NoticeIssued, NoticeSent, NoticeUndeliverable
from services.intake.domain.notices import NOTICES, IssueNotice, NoteSent, NoteUndeliverable
from tests.deciding import Deciding, at, by
from tests.intake.test_notices import KINDS

SERVICE, NOW = by("service:intake"), at("2023-08-30 10:00")
CAUSES = st.sampled_from([f"E-{n}" for n in range(6)])
WORDS = st.lists(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1).filter(
        str.strip
    ),
    max_size=3,
)


class AnyNotices(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.case = Deciding(NOTICES)

    def ask(self, command: Command) -> None:
        facts = self.case.when(command)  # type: ignore[arg-type]  # one of the three
        for fact in facts:
            assert read(fact.type, fact.encoded()) == fact
        self.case = self.case.given(*facts)

    @rule(
        of=CAUSES,
        kind=st.sampled_from(KINDS),
        to=st.sampled_from(["proposer", "office", "section"]),
        words=WORDS,
    )
    def issue(self, of: str, kind: str, to: str, words: list[str]) -> None:
        fields = {
            "kind": kind,
            "case": "C01",
            "edition": "tokorozawa/2023-07",
            "issued_on": date(2023, 8, 30),
        }
        self.ask(
            IssueNotice.model_validate(
                {**fields, "actor": SERVICE, "at": NOW, "of": of, "to": to, "words": words}
            )
        )

    @rule(of=CAUSES)
    def sent(self, of: str) -> None:
        self.ask(NoteSent(actor=SERVICE, at=NOW, of=of, message_id="<n@example.jp>"))

    @rule(of=CAUSES)
    def undeliverable(self, of: str) -> None:
        self.ask(NoteUndeliverable(actor=SERVICE, at=NOW, of=of, reason="550 5.1.1"))

    @invariant()
    def each_fact_is_told_of_once_and_each_mail_ends_once_after_that(self) -> None:
        issued: Counter[str] = Counter()
        ended: Counter[str] = Counter()
        for fact in self.case.history:
            if isinstance(fact, NoticeIssued):
                issued[fact.of] += 1
            elif isinstance(fact, NoticeSent | NoticeUndeliverable):
                ended[fact.of] += 1
                assert issued[fact.of] == 1
        assert set(issued.values()) <= {1}
        assert set(ended.values()) <= {1}
        assert dict(self.case.state.waiting).keys() == issued.keys() - ended.keys()


TestAnyNotices = AnyNotices.TestCase
TestAnyNotices.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
