"""What the commitments of an entry are to: fields of its fact, and the salts that were drawn for them.

A commitment is SHA-256 over the salt and the canonical JSON (RFC 8785) of the field. Who is shown a field with its salt
sees that it is the one of the entry, and needs nothing else of the fact. Where field and salt were erased, the
commitment is left, and tells nothing.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from services.audit.verifier.verdict import refuse


def opened(said: dict[str, Any], fact: bytes, salts: bytes, index: int) -> int:
    """How many fields of a fact are those that its entry commits to, by `{"field": "salt, hexadecimal"}`."""
    held, drawn = _object(fact), _object(salts)
    commitments = said.get("commitments")
    for field, salt in drawn.items():
        promised = commitments.get(field) if isinstance(commitments, dict) else None
        if not promised or committed(salt, held.get(field)) != promised:
            refuse(
                "opening.commitment", f"the field {field!r}, with its salt, is not what it commits to", index
            )
    return len(drawn)


def committed(salt: object, value: object) -> str:
    """The commitment to a value, in hexadecimal; none for a salt that is not hexadecimal."""
    try:
        return hashlib.sha256(bytes.fromhex(str(salt)) + canonical(value).encode()).hexdigest()
    except ValueError:
        return ""


def canonical(value: object) -> str:
    """RFC 8785, section 3.2: names by their UTF-16 code units, numbers as ECMAScript writes them."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        return _number(value)
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    """ECMA-262, Number::toString: the shortest digits, with an exponent only below 1e-6 and from 1e21 on."""
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text, point = "".join(map(str, digits)), len(digits) + int(exponent)
    if 0 < point <= 21:
        written = f"{text[:point].ljust(point, '0')}.{text[point:]}".rstrip(".")
    elif -6 < point <= 0:
        written = f"0.{'0' * -point}{text}"
    else:
        written = f"{text[0]}.{text[1:]}".rstrip(".") + f"e{point - 1:+d}"
    return f"-{written}" if sign else written


def _object(data: bytes) -> dict[str, Any]:
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
