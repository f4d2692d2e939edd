"""The files of a log: their names and their bytes (C2SP tlog-tiles)."""

from __future__ import annotations

from collections.abc import Sequence

from services.audit.tlog.tree import WIDTH

LONGEST_ENTRY = 65_535  # bytes
ENTRIES = "entries"


def name(level: int | str, number: int, width: int = WIDTH) -> str:
    """1, 1234067 → `tile/1/x001/x234/067`; one that is not full ends in `.p/<width>`."""
    digits = f"{number:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    *above, last = (digits[n : n + 3] for n in range(0, len(digits), 3))
    partial = f".p/{width}" if width < WIDTH else ""
    return f"tile/{level}/{''.join(f'x{group}/' for group in above)}{last}{partial}"


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries one after another, each behind two bytes of its length."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
