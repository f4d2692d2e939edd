"""`python -m contracts.generate` on a copy of the contracts, in a repository of its own."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from contracts.generate import FOLDER, schemas, stale

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def run(*command: str, cwd: Path, code: int = 0) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def generate(repository: Path, *options: str, code: int = 0) -> str:
    return run(sys.executable, "-m", "contracts.generate", *options, cwd=repository, code=code)


def commit(repository: Path) -> None:
    run("git", "add", "--all", cwd=repository)
    run(
        "git",
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@example.org",
        "commit",
        "--quiet",
        "-m",
        "Test",
        cwd=repository,
    )


def edit(repository: Path, pattern: str, by: str) -> None:
    """Change the facts of intake as an author would."""
    module = repository / "contracts" / "intake" / "proposal.py"
    text, count = re.subn(pattern, by, module.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    assert count == 1
    module.write_text(text, encoding="utf-8")


LAPSED = r'(class ProposalLapsed\(Fact\):\n    """.*?"""\n)\n    due: date\n'


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contracts as they stand, generated and committed; once, for tests to copy."""
    folder = tmp_path_factory.mktemp("committed")
    shutil.copytree(FOLDER, folder / "contracts", ignore=shutil.ignore_patterns("__pycache__"))
    run("git", "init", "--quiet", cwd=folder)
    (folder / ".gitignore").write_text("__pycache__/\n")
    generate(folder)
    commit(folder)
    return folder


@pytest.fixture
def repository(committed: Path, tmp_path: Path) -> Path:
    """A repository of the contracts for one test alone."""
    return shutil.copytree(committed, tmp_path / "repository")


def test_what_is_committed_is_what_the_facts_say() -> None:
    assert stale(FOLDER, schemas(FOLDER)) == [], "run `python -m contracts.generate`"


def test_it_writes_the_same_bytes_again_and_finds_them_in_order(repository: Path) -> None:
    generate(repository)
    assert run("git", "status", "--porcelain", cwd=repository) == ""
    assert generate(repository, "--check") == ""


def test_a_stale_file_is_named_until_it_is_written(repository: Path) -> None:
    edit(repository, LAPSED, r"\1\n    due: date\n    reminded: bool = False\n")
    said = generate(repository, "--check", code=1)
    assert "renkei.intake.ProposalLapsed.v1.json: differs" in said
    assert "Run `python -m contracts.generate`" in said
    generate(repository)
    assert generate(repository, "--check") == ""  # a new optional field is compatible


def test_an_incompatible_change_is_refused_though_it_was_generated(repository: Path) -> None:
    edit(repository, LAPSED, r"\1\n    last_day: date\n")
    generate(repository)
    said = generate(repository, "--check", code=1)
    assert "renkei.intake.ProposalLapsed.v1: due: removed" in said
    assert "renkei.intake.ProposalLapsed.v1: last_day: newly required" in said
    assert "next version" in said


def test_committing_an_incompatible_change_does_not_help_once_it_was_released(repository: Path) -> None:
    run("git", "tag", "v1.0.0", cwd=repository)
    edit(repository, LAPSED, r"\1\n    due: date | None = None\n")
    generate(repository)
    commit(repository)
    assert "renkei.intake.ProposalLapsed.v1: due:" in generate(repository, "--check", code=1)


def test_a_clean_clone_of_an_incompatible_change_is_refused(repository: Path) -> None:
    edit(repository, LAPSED, r"\1\n    last_day: date\n")
    generate(repository)
    commit(repository)
    assert "due: removed" in generate(repository, "--check", code=1)


def test_a_commit_to_compare_with_can_be_named_and_must_exist(repository: Path) -> None:
    edit(repository, LAPSED, r"\1\n    last_day: date\n")
    generate(repository)
    commit(repository)
    edit(repository, r"    last_day: date\n", r"    last_day: date\n    reminded: bool = False\n")
    generate(repository)
    commit(repository)
    generate(repository, "--check")
    assert "due: removed" in generate(repository, "--check", "--since", "HEAD~2", code=1)
    assert "--since" in generate(repository, "--check", "--since", "nowhere", code=2)


def test_a_fact_cannot_go_once_it_was_released(repository: Path) -> None:
    edit(repository, LAPSED, "")
    said = generate(repository, "--check", code=1)
    assert "renkei.intake.ProposalLapsed.v1: deleted" in said
    assert "renkei.intake.ProposalLapsed.v1.json: belongs to no fact" in said


def test_a_new_version_keeps_the_schema_of_the_one_before(repository: Path) -> None:
    second = (
        r"\1\n    version = 2\n    upcasts = {1: lambda body: {'last_day': body['due']}}\n    last_day: date"
    )
    edit(repository, LAPSED, second)
    generate(repository)
    assert generate(repository, "--check") == ""
    schemas = repository / "contracts" / "schemas"
    assert "last_day" in (schemas / "renkei.intake.ProposalLapsed.v2.json").read_text()
    first = schemas / "renkei.intake.ProposalLapsed.v1.json"
    assert "last_day" not in first.read_text()
    assert "ProposalLapsed.v1" in (repository / "contracts" / "asyncapi.yaml").read_text()

    first.unlink()

    said = generate(repository, "--check", code=1)
    assert "renkei.intake.ProposalLapsed.v1.json: missing" in said
    assert "renkei.intake.ProposalLapsed.v1: deleted; git has it" in said


def test_without_a_history_it_checks_what_it_can_and_says_so(repository: Path) -> None:
    shutil.rmtree(repository / ".git")
    assert generate(repository, "--check").startswith("Only staleness is checked")
    (repository / "contracts" / "asyncapi.yaml").unlink()
    assert "asyncapi.yaml: missing" in generate(repository, "--check", code=1)
