"""Every attack is seen, by the check that is there for it; and without that check it would not be."""

import ast
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from services.audit.verifier import (
    bundle,
    command,
    entries,
    log,
    merkle,
    notes,
    openings,
    policy,
    proofs,
    sources,
    verdict,
)  # fmt: skip
from services.audit.verifier.verdict import Refusal
from tests.audit.verifier import attacks_on_bundles, attacks_on_texts  # noqa: F401  # they fill the table
from tests.audit.verifier.attacks import ATTACKS, WHOLE, read
from tests.audit.verifier.logs import publish, some

MODULES: list[ModuleType] = [bundle, command, entries, log, merkle, notes, openings, policy, proofs, sources]

# What is missing is missed by another check, too, which would not say so well what is wrong.
SEEN_TWICE = {"files.there"}


def checks() -> set[str]:
    """The names that `refuse` is called with, or that are handed down to it."""
    found = set()
    for module in MODULES:
        for each in ast.walk(ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))):
            if isinstance(each, ast.Call) and getattr(each.func, "id", "") in ("refuse", "base64_of"):
                name = each.args[each.func.id == "base64_of"]  # type: ignore[attr-defined]
                if isinstance(name, ast.Constant):
                    found.add(name.value)
    return found


def outcome(attack: Callable[[Path], object], folder: Path) -> str | None:
    """The check that refused; None: it was accepted."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        attack(folder)
    except Refusal as refusal:
        return refusal.check
    return None


def test_what_nobody_touched_is_accepted(tmp_path: Path) -> None:
    found = read(publish(tmp_path, WHOLE.entries))
    assert (found.checkpoint.size, found.cases, found.streams) == (300, 7, 7)
    assert found.witnessed == {"court": 1_700_000_000}


def test_a_second_body_under_an_id_is_told_and_is_no_fact_of_its_stream(tmp_path: Path) -> None:
    written = some(3, cases=1)
    written.add("C0", "proposal/C0", 2, conflict={"index": 1}, value=b'{"n":"other"}')
    written.add("C0", "proposal/C0", 4)
    assert read(publish(tmp_path, written.entries)).conflicts == (3,)


def test_the_entry_where_a_fact_stands_again_is_named(tmp_path: Path) -> None:
    written = some(300)
    written.add("C0", "proposal/C0", 2, conflict=1, value=b'{"n":"other"}')
    written.add("C0", "proposal/C0", 44)
    written.add("C1", "proposal/C1", 44, id="proposal/C1-3")
    with pytest.raises(Refusal, match="entry 302: a fact that stands there before") as refused:
        read(publish(tmp_path, written.entries))
    assert (refused.value.check, refused.value.entry) == ("facts.once", 302)


@pytest.mark.parametrize(
    ("versions", "what"), [((1, 3, 4), "number 2 is missing"), ((1, 2, 2, 3), "number 2 is one too many")]
)
def test_which_fact_of_a_stream_is_missing_or_too_many_is_told(
    tmp_path: Path, versions: tuple[int, ...], what: str
) -> None:
    written = some(0)
    for at, version in enumerate(versions):
        written.add("C1", "proposal/C1", version, id=f"fact-{at}")
    with pytest.raises(Refusal, match=f"/intake proposal/C1 .*: {what}"):
        read(publish(tmp_path, written.entries))


def test_a_bundle_that_nobody_touched_is_accepted(tmp_path: Path) -> None:
    out = attacks_on_bundles.bundled(tmp_path, attacks_on_bundles.log())
    found = attacks_on_bundles.read(out)
    assert (found.case, found.entries, found.size, found.rules, found.fields) == ("C1", 3, 6, 1, 1)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_seen(name: str, tmp_path: Path) -> None:
    check, attack = ATTACKS[name]
    assert outcome(attack, tmp_path) == check


def test_every_check_has_its_attack() -> None:
    assert checks() == {check for check, _ in ATTACKS.values()}


@pytest.mark.parametrize("check", sorted(checks()))
def test_without_a_check_an_attack_goes_through(
    check: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(name: str, what: str, entry: int | None = None) -> None:
        if name != check:
            verdict.refuse(name, what, entry)

    for module in MODULES:
        if hasattr(module, "refuse"):
            monkeypatch.setattr(module, "refuse", forgetful)
    came = {
        name: outcome(attack, tmp_path / name) for name, (seen, attack) in ATTACKS.items() if seen == check
    }
    if check in SEEN_TWICE:
        assert check not in came.values()
    else:
        assert None in came.values(), f"{check} takes nothing in that others do not see: {came}"
