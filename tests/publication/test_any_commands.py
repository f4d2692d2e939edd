"""Whatever is asked in whatever order: facts that can be kept follow, or a refusal by name (V15, V18)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.publication import (
    Disclosed,
    DisclosureDecided,
    ObjectionLodged,
    ObjectionResolved,
    OpinionGiven,
    OutcomePublished,
    PreviewMade,
    PublicationConsented,
    SignatureNoted,
    ThirdPartyAsked,
)
from services.publication.domain import DISCLOSURE, PUBLICATION
from services.publication.domain.publication import digest
from tests.deciding import survives
from tests.publication import sample
from tests.publication.sample import BARE, CITIZEN, FULL, INFORMATION, JULY_1, MAYOR, TIMER

ON_THE_WAY: list[Any] = [
    sample.note_case(), sample.note_signature(), sample.note_result("withdrawn"), sample.note_result("running"),
    sample.propose(), sample.propose(content="別の内容"), sample.consent(FULL), sample.consent(BARE, with_idea=False),
    sample.refuse(), sample.revoke(), sample.confirm(FULL), sample.confirm(BARE), sample.publish(),
    sample.read_preview(),
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(ON_THE_WAY), max_size=30))
def test_v15_nothing_is_published_but_what_was_signed_consented_to_and_confirmed(commands: list[Any]) -> None:
    history = survives(PUBLICATION, [*ON_THE_WAY[:2], *commands] if len(commands) % 2 else commands).history
    for place, fact in enumerate(history):
        if isinstance(fact, OutcomePublished):
            before = history[:place]
            assert any(isinstance(each, SignatureNoted) for each in before)
            previews = [each for each in before if isinstance(each, PreviewMade)]
            assert fact.digest in (previews[-1].digest, previews[-1].outcome_digest)
            assert digest(fact.outcome, fact.idea) == fact.digest
            consents = [each for each in before if isinstance(each, PublicationConsented)]
            assert consents[-1].digest == fact.digest
            assert consents[-1].with_idea == (fact.idea is not None)


def asked(day: int, which: int) -> Any:
    on = JULY_1 + timedelta(days=day)
    return [
        sample.receive(on=on),
        sample.ask("C01", on=on),
        sample.ask("C01", "C02", on=on),
        sample.opinion("C01", True, on=on),
        sample.opinion("C01", False, on=on),
        sample.opinion("C02", True, on=on),
        sample.decide("grant", "C01", on=on),
        sample.decide("partial", "C01", "C02", on=on),
        sample.decide("refuse", "C01", on=on),
        sample.decide("grant", on=on),
        sample.object_to("C01", on),
        sample.object_to(None, on, CITIZEN),
        sample.resolve(1, "dismissed", on, MAYOR),
        sample.resolve(2, "upheld", on, MAYOR),
        sample.disclose(on, TIMER),
        sample.disclose(on, INFORMATION),
        sample.withdraw(on=on),
        sample.read_request(on=on),
        sample.escalate(on),
    ][which]


def in_time(steps: list[tuple[int, int]]) -> list[Any]:
    """The clock goes on."""
    day, commands = 0, []
    for later, which in steps:
        day += later
        commands.append(asked(day, which))
    return commands


STEPS = st.lists(st.tuples(st.integers(0, 16), st.integers(0, 18)), max_size=40)


@settings(max_examples=400, deadline=None)
@given(STEPS, st.booleans())
def test_v18_every_proposer_is_asked_and_days_lie_between_where_one_objects(
    steps: list[tuple[int, int]], opens: bool
) -> None:
    first = [(0, 0), (0, 2), (1, 3)] if opens else []
    history = survives(DISCLOSURE, in_time([*first, *steps])).history
    since, stopped = None, set()
    for place, fact in enumerate(history):
        before = history[:place]
        match fact:
            case DisclosureDecided():
                assert set(fact.cases) == {each.case for each in before if isinstance(each, ThirdPartyAsked)}
                last = {each.case: each.objects for each in before if isinstance(each, OpinionGiven)}
                assert fact.objected == any(last.values())
                since = fact.decided_on if fact.objected else None
                stopped = set()
            case ObjectionLodged(by="third_party"):
                stopped.add(fact.number)
            case ObjectionResolved():
                since = fact.resolved_on if fact.number in stopped else since
                stopped.discard(fact.number)
            case Disclosed():
                assert not stopped
                if since is not None:
                    assert (fact.disclosed_on - since).days > 14
