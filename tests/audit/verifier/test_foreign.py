"""Verifiers that nobody here wrote accept our logs, and refuse what was tampered with."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.audit.verifier.attacks import WHOLE
from tests.audit.verifier.logs import WITNESS, publish

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
DRIVER = Path(__file__).parents[2] / "foreign" / "go"


def in_go(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        ["go", "run", ".", str(folder)], cwd=DRIVER, capture_output=True, text=True, timeout=170, check=False
    )
    if "dial tcp" in done.stderr or "no such host" in done.stderr:
        pytest.skip("the module golang.org/x/mod cannot be fetched here")
    return done.returncode, done.stdout + done.stderr


needs_go = pytest.mark.skipif(shutil.which("go") is None, reason="the Go toolchain is not installed here")


@needs_go
def test_go_accepts_the_golden_log() -> None:
    assert in_go(GOLDEN) == (0, "ok 8 XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n")


@needs_go
def test_go_accepts_a_log_of_ours_and_refuses_it_edited(tmp_path: Path) -> None:
    publish(tmp_path, WHOLE.entries)
    assert in_go(tmp_path)[0] == 0
    bundle = tmp_path / "tile/entries/001.p/44"
    bundle.write_bytes(bundle.read_bytes().replace(b"W-01", b"W-02", 1))
    assert "refused: entry 256" in in_go(tmp_path)[1]


@needs_go
def test_go_refuses_a_log_that_its_witness_did_not_see(tmp_path: Path) -> None:
    publish(tmp_path, WHOLE.entries, [WITNESS])
    assert in_go(tmp_path)[0] == 1


def test_tlog_scales_accepts_the_golden_log_and_one_of_ours(tmp_path: Path) -> None:
    assert by_tlog_scales(GOLDEN) == 8
    assert by_tlog_scales(publish(tmp_path, WHOLE.entries)) == 300
    bundle = tmp_path / "tile/entries/001.p/44"
    bundle.write_bytes(bundle.read_bytes().replace(b"W-01", b"W-02", 1))
    with pytest.raises(Exception):  # noqa: B017, PT011  # it has no errors of its own
        by_tlog_scales(tmp_path)


def by_tlog_scales(folder: Path) -> int:
    """The size of the log, once its root, its signatures and every inclusion proof are right."""
    pytest.importorskip("tlog_scales", reason="tlog-scales is not installed here")
    from tlog_scales import tiles
    from tlog_scales.backend import LocalBackend
    from tlog_scales.reader import TilesReader
    from tlog_scales.signing import Vkey, VkeySet

    reader = TilesReader(LocalBackend(folder))
    found = reader.get_checkpoint()
    assert reader.calculate_root_hash() == found.root_hash
    keys = [Vkey.from_string((folder / name).read_text().strip()) for name in ("log.vkey", "witness.vkey")]
    assert {key.name for key, _ in VkeySet(*keys).verify(found.signatures, found)} == {
        key.name for key in keys
    }
    for index in range(found.size):
        proof = reader.get_inclusion_proof(index, found.size)
        proof.check(tiles.leaf_hash(reader.get_entry(index)), found.root_hash)
    return int(found.size)
