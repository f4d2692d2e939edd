"""The keys that the audit service starts with, and the sentences with which it refuses to."""

from pathlib import Path

import pytest

from chassis.settings import NotConfigured, Settings
from services.audit.tlog.notes import LOG, WITNESS, Signer
from services.audit.trust import KEY, POLICY, signer, standing

OF_LOG, COURT = Signer("city.example/audit", LOG, bytes(32)), Signer("court.example", WITNESS, b"\2" * 32)


def settings(folder: Path, environment: str = "production") -> Settings:
    return Settings.model_validate(
        {
            "environment": environment, "kafka": "k:1", "database": "d", "keys": folder,
            "audit_log": folder / "log",
        }
    )  # fmt: skip


def test_in_production_there_is_no_log_without_a_key(tmp_path: Path) -> None:
    with pytest.raises(
        NotConfigured, match=r"has no key: .*audit-log\.key is not there.*renkei audit keygen"
    ):
        signer(settings(tmp_path))
    assert signer(settings(tmp_path, "development")) is None


@pytest.mark.parametrize("environment", ["production", "development"])
@pytest.mark.parametrize("text", ["", "rubbish", OF_LOG.text[:-3], COURT.text])
def test_a_key_that_cannot_sign_a_log_is_refused_and_never_quoted(
    tmp_path: Path, environment: str, text: str
) -> None:
    (tmp_path / KEY).write_text(text)
    with pytest.raises(NotConfigured) as refused:
        signer(settings(tmp_path, environment))
    assert len(text) < 10 or text not in str(refused.value)


def test_the_key_of_the_log_is_read(tmp_path: Path) -> None:
    (tmp_path / KEY).write_text(f"{OF_LOG.text}\n")
    assert signer(settings(tmp_path)) == OF_LOG


def test_witnesses_are_those_of_the_policy_that_say_where_they_are_asked(tmp_path: Path) -> None:
    told = settings(tmp_path)
    assert standing(told).witnesses == ()
    (tmp_path / "log").mkdir()
    asked, silent = COURT.key.vkey, Signer("other.example", WITNESS, b"\3" * 32).key.vkey
    (tmp_path / "log" / POLICY).write_text(
        f"log {OF_LOG.key.vkey}\nwitness a {asked} http://court\nwitness b {silent}\ngroup both all a b\nquorum both\n"
    )
    assert [(w.key, w.url) for w in standing(told).witnesses] == [(COURT.key, "http://court")]


@pytest.mark.parametrize("vkey", ["rubbish", OF_LOG.key.vkey, COURT.key.vkey[:-2]])
def test_a_policy_that_cannot_be_read_stops_the_start(tmp_path: Path, vkey: str) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / POLICY).write_text(f"witness a {vkey} http://court\n")
    with pytest.raises(NotConfigured, match=r"policy"):
        standing(settings(tmp_path))
