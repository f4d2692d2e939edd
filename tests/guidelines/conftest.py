"""Packs to spoil: copies of a shipped edition in a folder of their own."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import guidelines


@dataclass(frozen=True)
class Pack:
    """A pack that a test may change."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder.parent.parent

    def replace(self, file: str, before: str, after: str) -> None:
        """Change a text that stands in a file once or more."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert before in text, f"{file} does not hold {before}"
        path.write_text(text.replace(before, after), encoding="utf-8")

    def change(self, file: str, **fields: Any) -> None:
        """Give fields of an object other values."""
        path = self.folder / file
        value = json.loads(path.read_text(encoding="utf-8")) | fields
        path.write_text(json.dumps(value, ensure_ascii=False, indent=2), encoding="utf-8")

    def copy(self, edition: str, effective: str) -> Pack:
        """The same pack as another edition of its city."""
        folder = self.root / edition
        shutil.copytree(self.folder, folder)
        pack = Pack(folder)
        pack.change("edition.json", id=edition, effective=effective)
        return pack


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """A copy of the shipped edition, with nothing else beside it."""
    folder = tmp_path / "packs" / "tokorozawa" / "2023-07"
    shutil.copytree(guidelines.folder_of("tokorozawa/2023-07"), folder)
    return Pack(folder)
