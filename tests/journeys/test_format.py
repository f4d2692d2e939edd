"""A scenario file says everything, and nothing that is not understood passes in silence."""

from pathlib import Path

import pytest

from deploy.journeys.reading import UnreadableScenario, parse, read
from deploy.journeys.scenario import Ask, Scenario, Wait, filled_in, timeline

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.yaml"))

HEAD = """\
name: T01
title: ためし
cases:
  case: 一件
variables:
  measure: BS-1
steps:
"""
END = """\
end:
  - case: ${case}
    status: agreed
"""
ASK = """\
  - at: 2024-07-31T10:00+09:00
    actor: window:W-01:S01
    service: intake
    stream: proposal
    id: ${case}
    command: AcceptProposal
    expect: {fact: ProposalReceived, with: {received_on: 2024-07-31}}
"""


def scenario(steps: str = ASK, head: str = HEAD, end: str = END) -> Scenario:
    return parse(head + steps + end, "t.yaml")


def moments(*at: str, start: str = "") -> list[str]:
    steps = "".join(f"  - {{at: {each}, wait: Matched, case: '${{case}}'}}\n" for each in at)
    head = HEAD.replace("steps:", f"start: {start}\nsteps:") if start else HEAD
    return [moment.isoformat()[:16] for moment in timeline(scenario(steps, head)) if moment]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_sample_cases_can_be_read(file: Path) -> None:
    assert read(file).name == file.stem


def test_dates_and_numbers_stay_as_they_are_written() -> None:
    data = "{a: 2024-07-31, b: yes, c: 10:30, d: 12}"
    step = scenario(ASK.replace("AcceptProposal", f"AcceptProposal\n    data: {data}")).steps[0]

    assert isinstance(step, Ask)
    assert step.data == {"a": "2024-07-31", "b": "yes", "c": "10:30", "d": 12}


def test_a_wait_has_a_bound_of_its_own() -> None:
    bounded, usual = scenario(
        "  - {wait: Matched, case: '${case}', within: 5s}\n  - {wait: Matched, case: '${case}'}\n"
    ).steps

    assert isinstance(bounded, Wait)
    assert isinstance(usual, Wait)
    assert (bounded.within, usual.within) == (5.0, 20.0)


@pytest.mark.parametrize(
    ("steps", "line", "what"),
    [
        (ASK.replace("command:", "comand:"), 13, "step 1, comand: unknown key"),
        (ASK.replace("with:", "whit:"), 14, "step 1, expect.0.whit: unknown key"),
        (ASK.replace("    service: intake\n", ""), 8, "step 1, service: Field required"),
        (ASK.replace("window:", "clerk:"), 9, "step 1, actor: write role:id or role:id:section; roles are"),
        (ASK.replace("    expect", "    refused: NotYours\n    expect"), 8, "either `expect` or `refused`"),
        (ASK.replace("    expect", "    detail: words\n    expect"), 8, "`detail` belongs to `refused`"),
        (ASK.replace("${case}", "${other}"), 12, "${other} is neither a case nor a variable"),
        (ASK + ASK.replace("id:", "id: x\n    id:"), 20, "`id` stands here a second time"),
        (ASK.replace("+09:00", ""), 8, "needs its offset from UTC"),
        (ASK.replace("2024-07-31T10:00+09:00", "+3 days"), 8, "write +3d, +2h, +45m"),
        (ASK.replace("2024-07-31T10:00+09:00", "+3d"), 8, "the first moment is an instant"),
        (ASK + ASK.replace("07-31T", "07-30T"), 15, "step 2: the clock does not go back"),
        ("  - {wait: Matched, case: '${case}', within: 5}\n", 8, "write seconds like 20s"),
        ("  - {wait: Matched, case: '${case}', actor: x}\n", 8, "step 1, actor: unknown key"),
        ("  - {look: a/b, actor: 'window:W-1'}\n", 8, "step 1: say what must be seen: `shows` or `hides`"),
        ("  - {look: 'a b', shows: {c: d}}\n", 8, "step 1, look: String should match pattern"),
        ("  - {look: 'a/${other}', hides: [x]}\n", 8, "${other} is neither a case nor a variable"),
        ("  []\n", 1, "at least one step, and an end"),
        ("  - [\n", 10, "expected the node content"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(steps: str, line: int, what: str) -> None:
    with pytest.raises(UnreadableScenario) as told:
        scenario(steps)

    assert any(one.startswith(f"t.yaml:{line}: ") and what in one for one in str(told.value).splitlines()), (
        told.value
    )


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(UnreadableScenario) as told:
        scenario(ASK.replace("command:", "comand:"), end=END.replace("status", "stage"))

    assert [line.split(": ", 1)[0] for line in str(told.value).splitlines()] == [
        "t.yaml:8",
        "t.yaml:13",
        "t.yaml:17",
    ]


def test_a_file_that_is_not_there_is_said_to_be() -> None:
    with pytest.raises(UnreadableScenario, match="cannot be read"):
        read(HERE / "C99.yaml")


def test_time_runs_by_days_hours_and_office_days() -> None:
    assert moments("2024-08-09T10:00+09:00", "+2h", "+45m", "next office day", "+3 office days", "+1d") == [
        "2024-08-09T10:00",
        "2024-08-09T12:00",
        "2024-08-09T12:45",
        "2024-08-13T12:45",  # after a weekend and a holiday moved to Monday
        "2024-08-16T12:45",
        "2024-08-17T12:45",
    ]


def test_office_days_are_those_of_the_city_wherever_the_instant_is_written() -> None:
    assert moments("2024-08-01T22:00+00:00", "next office day") == ["2024-08-01T22:00", "2024-08-05T07:00"]


def test_a_start_is_what_the_first_moment_counts_from() -> None:
    assert moments("+1d", start="2024-07-31T10:00+09:00") == ["2024-08-01T10:00"]


def test_names_are_filled_in_wherever_they_stand() -> None:
    filled = filled_in({"a": ["${case}", 1], "b": {"c": "case ${case}."}, "d": None}, {"case": "X"})

    assert filled == {"a": ["X", 1], "b": {"c": "case X."}, "d": None}
