"""`renkei audit verify --from …`: what it says, what it remembers, how it ends."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from deploy import verification
from tests.audit.verifier.attacks import WHOLE, rewritten
from tests.audit.verifier.logs import COURT, LOG, POLICY, Signer, publish, some

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
APP = typer.Typer()
APP.command()(verification.verify_command)


def run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(APP, [str(word) for word in words], env={"COLUMNS": "200"})
    return result.exit_code, result.output


def test_a_log_is_verified_and_told_in_a_sentence_or_to_machines(tmp_path: Path) -> None:
    publish(tmp_path, WHOLE.entries)
    code, said = run("--from", tmp_path)
    assert (code, "合格 VERIFIED ppp.example/audit: 300 件の記録 entries, 7 案件 cases" in said) == (0, True)
    code, said = run("--from", tmp_path, "--json")
    assert (code, json.loads(said)["entries"]) == (0, 300)
    assert run("--from", GOLDEN, "--opaque")[0] == 0


def test_the_first_bad_entry_is_named_and_what_is_wrong(tmp_path: Path) -> None:
    publish(tmp_path, WHOLE.entries)
    bundle = tmp_path / "tile/entries/000"
    bundle.write_bytes(
        bundle.read_bytes().replace(b'"offset":77', b'"offset":78').replace(b'"offset":99', b'"offset":98')
    )
    code, said = run("--from", tmp_path, "--json")
    told = json.loads(said)
    assert (code, told["entry"], told["check"]) == (1, 77, "tile.leaf")
    assert "entry 77: its hash is not the one that tile/0/000 holds" in run("--from", tmp_path)[1]


def test_the_policy_of_the_reader_counts_not_that_of_the_log(tmp_path: Path) -> None:
    publish(tmp_path / "log", WHOLE.entries)
    mine = tmp_path / "policy"
    mine.write_bytes(
        POLICY.replace(b"quorum court", f"witness w {Signer(COURT, 4, bytes(32)).vkey}\nquorum w".encode())
    )
    code, said = run("--from", tmp_path / "log", "--policy", mine)
    assert (code, "policy.witnesses" in said) == (1, True)


def test_what_was_seen_before_is_extended_and_two_views_are_kept_as_evidence(tmp_path: Path) -> None:
    publish(tmp_path / "monday", WHOLE.entries[:290])
    publish(tmp_path / "tuesday", WHOLE.entries)
    rewritten(tmp_path / "other", 5, actor="window:W-99")
    seen = tmp_path / "seen"
    assert run("--from", tmp_path / "monday", "--remember", seen)[0] == 0
    code, said = run("--from", tmp_path / "tuesday", "--remember", seen)
    assert (code, "extends the 290 known before" in said) == (0, True)
    before = seen.read_bytes()
    assert run("--from", tmp_path / "monday", "--remember", seen)[0] == 1
    (tmp_path / "other/checkpoint").read_bytes()
    assert run("--from", tmp_path / "other", "--remember", seen)[0] == 1
    assert seen.read_bytes() == before
    evidence = (tmp_path / "seen.evidence").read_bytes()
    assert before in evidence
    assert (tmp_path / "other/checkpoint").read_bytes() in evidence


def test_in_several_processes_the_first_bad_entry_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "AT_ONCE", 0)
    monkeypatch.setattr(verification, "PROCESSES", 2)
    publish(tmp_path, some(20_000, 50).entries)
    assert run("--from", tmp_path)[0] == 0
    for number in (70, 40):
        bundle = tmp_path / f"tile/entries/{number:03d}"
        bundle.write_bytes(bundle.read_bytes().replace(b"W-01", b"W-02", 1))
    code, said = run("--from", tmp_path, "--json")
    assert (code, json.loads(said)["entry"]) == (1, 40 * 256)


def test_what_cannot_be_read_ends_with_two() -> None:
    assert run("--from", "http://127.0.0.1:1/")[0] == 2


def test_only_whom_the_log_itself_names_is_trusted_where_no_policy_came_with_it(tmp_path: Path) -> None:
    publish(tmp_path, WHOLE.entries, [LOG])
    (tmp_path / "policy").unlink()
    assert run("--from", tmp_path)[0] == 1
