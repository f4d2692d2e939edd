"""What `renkei audit compare` notices, on journals and logs made here."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.account import Account, Entry, account
from services.audit.journal import Asked, Journal, NotAJournal, Told, read

NOON = datetime(2024, 8, 1, 3, 0, tzinfo=UTC)
CASES = 4
SERVICES = {"intake": "proposal", "screening": "screening"}


def entry(case: int, service: str, version: int, *, cause: str | None, type_: str = "Noted") -> Entry:
    """A fact of a stream of a case; its id says which."""
    return Entry(
        id=f"{service}-{case}-{version}",
        type=f"renkei.{service}.{type_}.v1",
        source=f"/{service}",
        subject=f"{SERVICES[service]}/case-{case}",
        version=version,
        time=NOON + timedelta(minutes=version),
        cause=cause,
    )


def http(case: int, key: int, service: str = "intake") -> str:
    return f"http:{SERVICES[service]}/case-{case}:key-{key}"


def asked(case: int, accepted: list[Entry] | None = None, refused: str | None = None) -> Asked:
    answers = [tuple(fact.told for fact in accepted)] if accepted is not None else []
    return Asked(
        "intake", f"proposal/case-{case}", "note", f"case-{case}", answers, [refused] if refused else []
    )


def agreeing() -> tuple[Journal, list[Entry]]:
    """For each case: an accepted request with two facts, a refused one, a cut one that is there and one that
    is not, a reaction of another service, and a deadline."""
    journal: Journal = {}
    log: list[Entry] = []
    for case in range(CASES):
        two = [
            entry(case, "intake", 1, cause=http(case, 1), type_="Submitted"),
            entry(case, "intake", 2, cause=http(case, 1)),
        ]
        two[1] = replace(two[1], time=two[0].time)
        there = entry(case, "intake", 3, cause=http(case, 3))
        journal[http(case, 1)] = asked(case, accepted=two)
        journal[http(case, 2)] = asked(case, refused="ScreeningNotOpen")
        journal[http(case, 3)] = asked(case)
        journal[http(case, 4)] = asked(case)
        log += [*two, there, entry(case, "intake", 4, cause=f"deadline:proposal/case-{case}#lapse:x")]
        log.append(entry(case, "screening", 1, cause=two[0].id))
    return journal, log


def found(result: Account) -> set[str]:
    return {kind for kind, sentences in result.findings.items() if sentences}


def test_a_log_that_holds_what_was_told_agrees() -> None:
    result = account(*agreeing())

    assert result.agrees
    assert (result.requests, result.accepted, result.refused) == (4 * CASES, CASES, CASES)
    assert (result.cut, result.cut_and_there) == (2 * CASES, CASES)
    assert (result.entries, result.streams) == (5 * CASES, 2 * CASES)


@given(st.data())
def test_an_accepted_fact_that_is_dropped_is_missing(data: st.DataObject) -> None:
    journal, log = agreeing()
    told = [e for e in log if e.cause and e.cause.endswith("key-1")]
    log.remove(data.draw(st.sampled_from(told)))

    assert "accepted and missing" in found(account(journal, log))


@given(st.data())
def test_a_fact_that_is_dropped_before_others_leaves_a_gap(data: st.DataObject) -> None:
    journal, log = agreeing()
    last = {e.subject: e.version for e in log}
    log.remove(data.draw(st.sampled_from([e for e in log if e.version < last[e.subject]])))

    assert "gaps" in found(account(journal, log))


@given(st.data(), st.booleans())
def test_a_fact_that_is_there_a_second_time_is_noticed(data: st.DataObject, further: bool) -> None:
    """Whether it pushes the stream further, as a command done twice does, or takes the same version."""
    journal, log = agreeing()
    one = data.draw(st.sampled_from([e for e in log if e.cause and e.cause.startswith("http:")]))
    version = 1 + max(e.version for e in log if e.subject == one.subject) if further else one.version
    log.insert(data.draw(st.integers(0, len(log))), replace(one, id="again", version=version))

    assert "accepted twice" in found(account(journal, log))


@given(st.sampled_from([http(0, 99), http(99, 1), "an-unknown-fact", None]), st.integers(0, CASES - 1))
def test_a_fact_that_nobody_asked_for_is_noticed(cause: str | None, case: int) -> None:
    journal, log = agreeing()
    log.append(replace(entry(case, "intake", 5, cause=cause), id="inserted"))

    assert found(account(journal, log)) == {"nobody was told of"}


@given(st.integers(0, CASES - 1))
def test_a_fact_of_a_refused_request_is_noticed(case: int) -> None:
    journal, log = agreeing()
    log.append(entry(case, "intake", 5, cause=http(case, 2)))

    assert found(account(journal, log)) == {"refused and yet there"}


@pytest.mark.parametrize(
    "otherwise",
    [
        lambda e: replace(e, subject="proposal/another"),
        lambda e: replace(e, version=77),
        lambda e: replace(e, type="renkei.intake.Withdrawn.v1"),
    ],
)
@given(data=st.data())
def test_a_fact_that_the_answer_described_otherwise_is_noticed(
    otherwise: Callable[[Entry], Entry], data: st.DataObject
) -> None:
    journal, log = agreeing()
    one = data.draw(st.sampled_from([e for e in log if e.cause and e.cause.endswith("key-1")]))
    log.remove(one)
    log.append(otherwise(one))

    assert "nobody was told of" in found(account(journal, log))


def test_a_fact_of_a_request_whose_answer_named_none_is_noticed() -> None:
    journal, log = agreeing()
    journal[http(0, 5)] = asked(0, accepted=[])
    log.append(entry(0, "intake", 5, cause=http(0, 5)))

    assert found(account(journal, log)) == {"nobody was told of"}


def test_a_request_with_two_different_answers_was_done_twice() -> None:
    journal, log = agreeing()
    second = entry(0, "intake", 5, cause=http(0, 1))
    journal[http(0, 1)].accepted.append((second.told,))
    log.append(second)

    assert found(account(journal, log)) == {"accepted twice"}


def test_the_same_answer_twice_is_the_same_request_done_once() -> None:
    journal, log = agreeing()
    journal[http(0, 1)].accepted *= 2

    assert account(journal, log).agrees


TYPE = "renkei.intake.ProposalSubmitted.v1"
SENT = {"service": "intake", "subject": "proposal/c", "command": "submit-proposal", "key": "k", "case": "c"}
LINES = [
    {"n": 0, "due": 1.0, "sent": 1.0, **SENT},
    {"n": 0, "cut": "ServerDisconnectedError"},
    {"n": 1, "due": 2.0, "sent": 2.0, **SENT},
    {"n": 1, "answered": 2.1, "status": 200, "refused": None,
     "facts": [{"id": "f", "subject": "proposal/c", "version": 1, "type": TYPE}]},
]  # fmt: skip


def journal_of(*lines: object) -> io.BytesIO:
    return io.BytesIO(b"".join(orjson.dumps(line) + b"\n" for line in lines))


def test_what_was_sent_again_under_the_same_key_is_one_request() -> None:
    told = Told("f", "proposal/c", 1, TYPE)

    assert read(journal_of(*LINES)) == {
        "http:proposal/c:k": Asked("intake", "proposal/c", "submit-proposal", "c", [(told,)], [])
    }


def test_a_line_torn_by_a_kill_is_left_out() -> None:
    torn = io.BytesIO(journal_of(*LINES).getvalue()[:-9])

    assert read(torn)["http:proposal/c:k"].accepted == []


@pytest.mark.parametrize("line", [b"[]\n", b"not json\n", b'{"n": 9, "cut": "x"}\n', b'{"sent": 1}\n'])
def test_another_file_is_refused_with_the_line_that_is_wrong(line: bytes) -> None:
    with pytest.raises(NotAJournal, match="line 5 "):
        read(io.BytesIO(journal_of(*LINES).getvalue() + line))
