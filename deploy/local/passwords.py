"""The passwords of this stack's database roles: made once, kept in one private file."""

import json
import os
import secrets
from pathlib import Path

AUDITOR = "auditor"
"""Role that may read the audit service's database and change nothing."""


def write_secret(path: Path, text: str) -> None:
    """Replace a file's text; nobody else can read it at any moment."""
    part = path.with_name(path.name + ".new")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    part.replace(path)


def password(home: Path, role: str) -> str:
    """The password of a role, made at first use."""
    path = home / "passwords.json"
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    if role not in known:
        known[role] = secrets.token_urlsafe(24)
        write_secret(path, json.dumps(known, indent=1))
    return known[role]
