"""Puts the verifier into one file that runs on the standard library alone, by setting its modules one after another."""

from __future__ import annotations

import ast
from pathlib import Path

HERE = Path(__file__).parent
IN_ORDER = (
    "verdict", "ed25519", "notes", "policy", "merkle", "sources", "entries", "log", "proofs", "openings", "bundle",
    "command",
)  # fmt: skip

HEAD = '''\
#!/usr/bin/env python3
"""Verifies an evidence bundle or a published log. Needs Python 3.10 or newer and nothing else.

    python verify.py [PLACE] [--policy FILE]

PLACE is a bundle (.zip), a folder or an address; without it, the folder of this file. Exit codes: 0 all holds;
1 something does not, and is named; 2 nothing could be verified.
"""

from __future__ import annotations

'''


def single_file() -> str:
    """The text of `verify.py`."""
    return HEAD + "\n\n".join(_module(name) for name in IN_ORDER)


def _module(name: str) -> str:
    """The text of a module without what it takes from the others, which stand above it."""
    text = (HERE / f"{name}.py").read_text(encoding="utf-8")
    lines = text.splitlines()
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.ImportFrom) and (
            statement.module == "__future__" or str(statement.module).startswith("services.audit.verifier")
        ):
            for number in range(statement.lineno - 1, statement.end_lineno or statement.lineno):
                lines[number] = ""
    return f"# ---- {name} " + "-" * (100 - len(name)) + "\n\n" + "\n".join(lines).strip() + "\n"
