"""The standard's own checks of release packages (libcoveocds, behind the OCDS Data Review Tool), off the network.

It wants the repository of the standard as a zip. Here that is made of the schemas that are carried, and of the closed
codelists that stand in them. The schema of versioned releases, of which there are none here, is left empty.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig

from services.publication.ocds.record import SCHEMA

HERE = Path(__file__).parent / "ocds"
VERSIONED = {"$schema": "http://json-schema.org/draft-04/schema#"}
WRONG = ("validation_errors", "additional_fields", "additional_closed_codelist_values", "deprecated_fields")


def found_wrong(package: dict[str, Any]) -> dict[str, Any]:
    """By kind, what the checks find in a release package; empty where it is in order."""
    config = LibCoveOCDSConfig({"context": "api", "standard_zip": _standard()})
    told = ocds_json_output(json_data=package, lib_cove_ocds_config=config)
    return {name: told[name] for name in (*WRONG, "additional_checks") if told.get(name)}


@cache
def _standard() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as standard:
        standard.writestr("standard/", "")
        for file in (SCHEMA, HERE / "release-package-schema.json"):
            standard.writestr(f"standard/schema/{file.name}", file.read_bytes())
        standard.writestr("standard/schema/versioned-release-validation-schema.json", json.dumps(VERSIONED))
        for name, codes in dict(_closed(json.loads(SCHEMA.read_bytes()))).items():
            standard.writestr(f"standard/schema/codelists/{name}", "\n".join(["Code", *codes, ""]))
    return out.getvalue()


def _closed(node: object) -> Iterator[tuple[str, list[str]]]:
    """The closed codelists that the schema names, with their codes."""
    if isinstance(node, dict):
        codes = node.get("enum") or (isinstance(node.get("items"), dict) and node["items"].get("enum"))
        if "codelist" in node and codes:
            yield node["codelist"], [code for code in codes if code]
        for inner in node.values():
            yield from _closed(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _closed(inner)
