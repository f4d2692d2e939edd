"""The local stack's own keys: made once, kept privately, and named by the policy beside the published log."""

from pathlib import Path

from deploy.local.ports import Ports
from deploy.local.settings import Settings
from deploy.local.stack import environment
from deploy.local.trust import agree, log_key, witness_key
from services.audit.verifier.notes import key
from services.audit.verifier.policy import policy


def test_keys_are_made_once_and_the_policy_demands_the_witness(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", ports=Ports(20_000))
    settings.make_home()
    first = agree(settings).read_bytes()
    kept = [file.read_bytes() for file in (log_key(settings), witness_key(settings))]
    assert agree(settings).read_bytes() == first
    assert [file.read_bytes() for file in (log_key(settings), witness_key(settings))] == kept
    trust = policy(first)
    assert (trust.logs[0].name, trust.quorum, list(trust.witnesses)) == (
        "renkei.example/audit",
        "court",
        ["court"],
    )
    published = settings.published
    assert key((published / "log.vkey").read_text()) == trust.logs[0]
    assert key((published / "witness.vkey").read_text()) == trust.witnesses["court"]
    assert environment(settings, "audit")["RENKEI_AUDIT_LOG"] == str(published)


def test_nobody_else_reads_the_keys(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", ports=Ports(20_000))
    settings.make_home()
    agree(settings)
    assert [file.stat().st_mode & 0o077 for file in (log_key(settings), witness_key(settings))] == [0, 0]
    assert not [file for file in settings.published.iterdir() if b"PRIVATE" in file.read_bytes()]
