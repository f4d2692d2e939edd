"""`verify.py` runs on the standard library alone, and says what the verifier it is made of says."""

import ast
import importlib.util
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from services.audit.verifier import ed25519
from services.audit.verifier.single_file import IN_ORDER, single_file
from tests.audit.verifier.attacks_on_bundles import bundled, log
from tests.audit.verifier.logs import POLICY, publish, some
from tests.audit.verifier.test_vectors import FILES, accepted

GOLDEN = Path(__file__).parents[1] / "data" / "golden"

# RFC 8032, section 7.1: public key, message, signature
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe"
        "24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302a"
        "eeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed2"
        "8dc027beceea1ec40a",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("single") / "verify.py"
    path.write_text(single_file(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def module(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_single", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["verify_single"] = module
    spec.loader.exec_module(module)
    return module


def run(file: Path, *words: str | Path) -> tuple[int, str]:
    """Without site packages, so that `cryptography` is not found."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(file), *map(str, words)], capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout + done.stderr


def test_the_golden_log_is_accepted(file: Path) -> None:
    code, said = run(file, GOLDEN, "--opaque")
    assert code == 0
    assert "8 件の記録 entries of ppp.example/audit" in said


def test_a_log_and_a_bundle_are_accepted_and_an_edited_one_is_not(file: Path, tmp_path: Path) -> None:
    trust = tmp_path / "policy"
    trust.write_bytes(POLICY)
    out = bundled(tmp_path, log())
    assert run(file, publish(tmp_path / "whole", some(300).entries), "--policy", trust)[0] == 0
    code, said = run(file, out)
    assert (code, "案件 case C1, 3 件の記録 entries, 1 件の規則" in said) == (0, True)
    (out / "facts/5.json").write_bytes(b"{}")
    code, said = run(file, out)
    assert (code, "entry 5: the fact is not the one that was received [bundle.fact]" in said) == (1, True)


def test_what_is_not_there_ends_with_two_or_one(file: Path, tmp_path: Path) -> None:
    assert run(file, tmp_path / "nowhere")[0] == 1
    assert run(file, "http://127.0.0.1:1/")[0] == 2


@pytest.mark.parametrize("vector", FILES, ids=lambda file: "/".join(file.parts[-3:]))
def test_it_takes_every_vector_as_the_verifier_does(
    vector: Path, module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = accepted(json.loads(vector.read_bytes()))
    for name in ("included", "extends", "Refusal"):
        monkeypatch.setattr(f"tests.audit.verifier.test_vectors.{name}", getattr(module, name))
    assert accepted(json.loads(vector.read_bytes())) is here


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
@pytest.mark.parametrize("way", [ed25519.signed, ed25519.signed_in_python])
def test_signatures_of_rfc_8032(way: object, public: str, message: str, signature: str) -> None:
    assert callable(way)
    key, text, signed = map(bytes.fromhex, (public, message, signature))
    assert way(key, text, signed)
    assert not way(key, text + b"x", signed)
    again = int.from_bytes(signed[32:], "little") + ed25519.ORDER
    assert not way(key, text, signed[:32] + again.to_bytes(32, "little"))
    assert not way(b"\xff" * 32, text, signed)
    assert not way(key[:31], text, signed[:63])


def test_its_modules_stand_in_one_file_without_meeting() -> None:
    """No name is given twice, so that none hides another."""
    names: Counter[str] = Counter()
    for statement in ast.parse(single_file()).body:
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names[name] += 1
            case ast.Assign(targets=targets):
                names.update(
                    each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)
                )
            case ast.AnnAssign(target=ast.Name(id=name)):
                names[name] += 1
    assert [name for name, count in names.items() if count > 1] == []


def test_it_takes_nothing_but_the_standard_library_and_holds_every_module() -> None:
    taken = {
        (each.module or "").split(".")[0]
        if isinstance(each, ast.ImportFrom)
        else each.names[0].name.split(".")[0]
        for each in ast.walk(ast.parse(single_file()))
        if isinstance(each, ast.Import | ast.ImportFrom)
    }
    assert taken - set(sys.stdlib_module_names) == {"cryptography"}
    folder = Path(ed25519.__file__).parent
    assert {path.stem for path in folder.glob("*.py")} == {*IN_ORDER, "__init__", "single_file"}
