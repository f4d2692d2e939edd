"""Where in the tests something is shown: read from their sources, so that nothing has to run for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Module:
    """A module of the tests: its functions, classes and constants by name, and where its other names come from."""

    path: Path
    defined: dict[str, ast.AST]
    imported: dict[str, tuple[str, str]]  # name → module, name there


@cache
def module(path: Path) -> Module:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined: dict[str, ast.AST] = {}
    imported: dict[str, tuple[str, str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            imported |= {alias.asname or alias.name: (node.module, alias.name) for alias in node.names}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            defined[node.name] = node
        elif isinstance(node, ast.Assign):
            defined |= {name.id: node.value for name in node.targets if isinstance(name, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            defined[node.target.id] = node.value
    return Module(path, defined, imported)


def names_of_tests(path: Path) -> Iterator[str]:
    """The names of the tests of a module, those of its classes too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.name


def said_by(test: str) -> frozenset[str]:
    """The names that a test speaks of, `tests/…/test_x.py::test_y`: its own, and those its helpers speak of.

    Raises LookupError where there is no such test.
    """
    path, _, name = test.partition("::")
    if not (ROOT / path).is_file() or name not in module(ROOT / path).defined:
        raise LookupError(f"there is no test {test}")
    return _names(ROOT / path, name, 2)


@cache
def _names(path: Path, name: str, further: int) -> frozenset[str]:
    here = module(path)
    if name not in here.defined:
        return _elsewhere(here, name, further)
    inside = list(ast.walk(here.defined[name]))
    own = {node.id for node in inside if isinstance(node, ast.Name)}
    said = own | {node.attr for node in inside if isinstance(node, ast.Attribute)}
    if further:
        for each in own - {name}:
            said |= _names(path, each, further - 1)
        for node in inside:  # sample.accept(), where a whole module was imported
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                whole = _file(".".join(here.imported.get(node.value.id, ())))
                said |= _names(whole, node.attr, further - 1) if whole else frozenset()
    return frozenset(said)


def _elsewhere(here: Module, name: str, further: int) -> frozenset[str]:
    source, original = here.imported.get(name, ("", ""))
    file = _file(source)
    if file is None:
        return frozenset({original} if original else ())
    return _names(file, original, further)


def _file(name: str) -> Path | None:
    """Of a module of the tests."""
    path = ROOT / f"{name.replace('.', '/')}.py"
    return path if name.startswith("tests.") and path.is_file() else None
