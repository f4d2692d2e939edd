"""The log copied as static files: verified before, extended and never changed; and the keys that sign."""

from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from deploy.evidence import commands
from deploy.evidence.mirror import mirror
from services.audit.tlog.notes import LOG, WITNESS, Signer
from services.audit.verifier.log import verify
from services.audit.verifier.notes import key
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Folder
from services.audit.verifier.verdict import Refusal
from tests.audit.verifier.attacks import WHOLE
from tests.audit.verifier.logs import POLICY, publish, some
from tests.audit.verifier.test_foreign import in_go, needs_go

TRUST = policy(POLICY)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 600, 66_000])
def test_a_copy_holds_the_same_files(size: int, tmp_path: Path) -> None:
    log = Folder(publish(tmp_path / "log", some(size).entries))
    assert mirror(log, tmp_path / "copy", TRUST) == size
    assert files(tmp_path / "copy") == files(tmp_path / "log")


@needs_go
def test_go_accepts_a_copy(tmp_path: Path) -> None:
    mirror(Folder(publish(tmp_path / "log", WHOLE.entries)), tmp_path / "copy", TRUST)
    assert in_go(tmp_path / "copy")[0] == 0


def test_a_copy_is_extended(tmp_path: Path) -> None:
    for size in (100, 300, 300, 600):
        log = Folder(publish(tmp_path / "log", some(600).entries[:size]))
        assert mirror(log, tmp_path / "copy", TRUST) == size
        assert verify(Folder(tmp_path / "copy"), TRUST).checkpoint.size == size


def test_a_tile_that_is_full_by_now_is_copied_as_it_was(tmp_path: Path) -> None:
    """The log grew while it was being copied; the partial tile that a full one replaced is gone."""
    before = files(publish(tmp_path / "before", some(600).entries[:300]))
    publish(tmp_path / "log", some(600).entries)
    for name in ("checkpoint", "tile/1/000.p/1"):
        (tmp_path / "log" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "log" / name).write_bytes(before[name])
    assert mirror(Folder(tmp_path / "log"), tmp_path / "copy", TRUST) == 300
    assert files(tmp_path / "copy") == files(tmp_path / "before")


def test_another_past_or_a_log_that_does_not_hold_changes_nothing(tmp_path: Path) -> None:
    mirror(Folder(publish(tmp_path / "log", WHOLE.entries)), tmp_path / "copy", TRUST)
    before = files(tmp_path / "copy")
    for other in (some(300, cases=9), some(299)):
        with pytest.raises(Refusal, match=r"known\."):
            mirror(
                Folder(publish(tmp_path / f"other{len(other.entries)}", other.entries)),
                tmp_path / "copy",
                TRUST,
            )
    tile = tmp_path / "log/tile/0/000"
    tile.write_bytes(bytes(len(tile.read_bytes())))
    with pytest.raises(Refusal, match="tile"):
        mirror(Folder(tmp_path / "log"), tmp_path / "copy", TRUST)
    assert files(tmp_path / "copy") == before


APP = typer.Typer()
APP.command("keygen")(commands.keygen_command)
APP.command("export")(commands.export_command)


def run(*words: str | Path) -> Any:
    return CliRunner().invoke(APP, [str(word) for word in words], env={"COLUMNS": "160"})


def test_the_command_says_what_it_copied_or_why_not(tmp_path: Path) -> None:
    publish(tmp_path / "log", WHOLE.entries)
    done = run("export", tmp_path / "copy", "--from", tmp_path / "log")
    assert (done.exit_code, "300 件の記録 entries" in done.output) == (0, True)
    (tmp_path / "log/tile/0/000").unlink()
    assert "Nothing was copied" in str(run("export", tmp_path / "copy", "--from", tmp_path / "log").exception)


@pytest.mark.parametrize(("words", "type_"), [((), LOG), (("--witness",), WITNESS)])
def test_a_key_is_made_once_and_read_by_its_owner_only(
    words: tuple[str, ...], type_: int, tmp_path: Path
) -> None:
    file = tmp_path / "key"
    asked = ("keygen", "-o", file, "--name", "ppp.example/audit", *words)
    done = run(*asked)
    assert done.exit_code == 0, done.output
    signer = Signer.read(file.read_text())
    assert (signer.name, signer.type) == ("ppp.example/audit", type_)
    assert key(done.output.strip()).public == signer.key.public
    assert file.stat().st_mode & 0o077 == 0
    assert "never overwritten" in str(run(*asked).exception)
    assert "cannot be a name" in str(run("keygen", "-o", tmp_path / "other", "--name", "a b").exception)
