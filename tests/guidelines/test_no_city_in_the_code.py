"""Nothing outside the packs names a city or decides by the number of a clause."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import guidelines

ROOT = Path(__file__).parents[2]
EDITIONS = [guidelines.load(name) for name in guidelines.editions()]
CLAUSES = "|".join(sorted({clause.id for edition in EDITIONS for clause in edition.clauses}))
CITIES = "|".join(sorted({edition.id.partition("/")[0] for edition in EDITIONS} | {"所沢", "架空みなと"}))
CODES = "|".join(sorted({edition.municipality for edition in EDITIONS}))
NAMED = re.compile(rf"\b({CLAUSES})\b|{CITIES}|{CODES}")

ALLOWED = {
    ("chassis/settings.py", "112089"),  # the default of a setting; another city sets its own
    ("contracts/asyncapi.py", "Code of the local government, e.g. 112089."),  # an example for readers
}


def texts(path: Path) -> Iterator[str]:
    """Every text of a module but its documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and _doc(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def _doc(node: ast.AST) -> bool:
    return bool(node.body) and isinstance(node.body[0], ast.Expr)


def test_no_service_names_a_city_or_a_clause() -> None:
    modules = [
        path
        for folder in ("contracts", "chassis", "services", "guidelines")
        for path in (ROOT / folder).rglob("*.py")
    ]
    assert len(modules) > 50
    found = {
        (path.relative_to(ROOT).as_posix(), text)
        for path in modules
        for text in texts(path)
        if NAMED.search(text)
    }
    assert found - ALLOWED == set()
