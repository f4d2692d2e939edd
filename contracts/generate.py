"""Writes what subscribers read, `schemas/<ce_type>.json` and `asyncapi.yaml`, from the facts themselves.

    python -m contracts.generate            write them
    python -m contracts.generate --check    exit 1 when one is stale, or broke what was released

The schema of an earlier version stays as it is: its records are on the topics for ever.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml
from pydantic.json_schema import GenerateJsonSchema

from contracts import agreements, asyncapi, audit, intake, matching, publication, released, screening
from contracts.compatibility import Schema, incompatibilities
from contracts.fact import FACTS, Fact

FOLDER = Path(__file__).parent
PUBLISHERS = (intake, screening, matching, agreements, publication, audit)

IF_STALE = "Run `python -m contracts.generate`, commit what it writes, delete what was never released."
IF_INCOMPATIBLE = """\
Leave the released version as it was. A changed meaning is a new fact, or the next version of this one: raise
its `version`, add the upcast from the version before and a golden payload. A new field needs a default.
What no version tag holds yet may still change on purpose: generate it and commit both."""


class _Generate(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: object) -> bool:
        return False  # it would only repeat the field's name


def facts() -> list[type[Fact]]:
    """The current version of every published fact, by its type."""
    publishers = {publisher.__name__.split(".")[1] for publisher in PUBLISHERS}
    return sorted(
        (fact for fact in FACTS.values() if fact.publisher in publishers), key=lambda fact: fact.type
    )


def schema_of(fact: type[Fact]) -> Schema:
    """The JSON Schema of what is sent."""
    schema = fact.model_json_schema(mode="serialization", schema_generator=_Generate)
    head = {"$schema": GenerateJsonSchema.schema_dialect, "$id": f"urn:renkei:schema:{fact.type}"}
    for keyword in ("title", "description", "type", "properties", "required", "$defs"):
        if keyword in schema:
            head[keyword] = schema.pop(keyword)
    return head | schema


def earlier(fact: type[Fact]) -> list[str]:
    """The types of its versions before the current one."""
    return [f"{fact.type.rpartition('.v')[0]}.v{version}" for version in range(1, fact.version)]


def schemas(folder: Path) -> dict[str, Schema]:
    """By CloudEvents type: current versions as the facts say them, earlier ones as they stand in `folder`."""
    known = {fact.type: schema_of(fact) for fact in facts()}
    for type_ in (type_ for fact in facts() for type_ in earlier(fact)):
        path = _path(folder, type_)
        if path.exists():
            known[type_] = json.loads(path.read_text(encoding="utf-8"))
    return dict(sorted(known.items()))


def texts(folder: Path, known: Mapping[str, Schema]) -> dict[Path, str]:
    """Each generated file → what it must hold, when these schemas are known."""
    publishers = {module.__name__.rpartition(".")[2]: _first_line(module.__doc__) for module in PUBLISHERS}
    document = asyncapi.document(publishers, known)
    files = {_path(folder, type_): _json(schema) for type_, schema in known.items()}
    files[folder / "asyncapi.yaml"] = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)
    return files


def write(folder: Path) -> None:
    (folder / "schemas").mkdir(exist_ok=True)
    for path, text in texts(folder, schemas(folder)).items():
        path.write_text(text, encoding="utf-8")


def stale(folder: Path, known: Mapping[str, Schema]) -> list[str]:
    """What in `folder` is not what the facts say, one line for each file."""
    wanted = texts(folder, known)
    there = {path: path.read_text(encoding="utf-8") for path in (folder / "schemas").glob("*.json")}
    there |= {path: path.read_text(encoding="utf-8") for path in folder.glob("asyncapi.yaml")}
    published = {_path(folder, type_) for fact in facts() for type_ in earlier(fact)}
    missing, unknown = (published | wanted.keys()) - there.keys(), there.keys() - wanted.keys()
    differing = {path for path in there.keys() & wanted.keys() if there[path] != wanted[path]}
    reasons = ((missing, "missing"), (unknown, "belongs to no fact"), (differing, "differs"))
    return sorted(f"{path.name}: {reason}" for paths, reason in reasons for path in paths)


def broken(now: Mapping[str, Schema], promised: Mapping[str, Schema]) -> list[str]:
    """Where the schemas of `now` break those that were `promised`, one line for each reason."""
    return [
        f"{type_}: {reason}"
        for type_, schema in promised.items()
        for reason in (incompatibilities(schema, now[type_]) if type_ in now else ["deleted; git has it"])
    ]


def check(folder: Path, also: Sequence[str] = ()) -> int:
    """Say what is stale, and what breaks a promise of a released commit or of one of `also`. 0 if nothing."""
    try:
        commits = released.commits(folder)
    except released.NoHistory as reason:
        print(f"Only staleness is checked, not compatibility with what was released: {reason}")
        commits = []
    now = schemas(folder)
    outdated = stale(folder, now)
    promises = [released.schemas(folder, commit) for commit in [*commits, *also]]
    incompatible = dict.fromkeys(reason for promised in promises for reason in broken(now, promised))
    _say("Generated files are not what the facts say", outdated, IF_STALE)
    _say("Readers or stored facts would break on these contracts", incompatible, IF_INCOMPATIBLE)
    return 1 if outdated or incompatible else 0


def _path(folder: Path, type_: str) -> Path:
    return folder / "schemas" / f"{type_}.json"


def _say(title: str, problems: Iterable[str], remedy: str) -> None:
    if problems:
        print(f"{title}:", *(f"  {problem}" for problem in problems), remedy, "", sep="\n")


def _first_line(text: str | None) -> str:
    return (text or "").partition("\n")[0]


def _json(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m contracts.generate")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale or incompatible")
    parser.add_argument("--since", action="append", default=[], metavar="COMMIT", help="released then, too")
    options = parser.parse_args(arguments)
    if not options.check:
        write(FOLDER)
        return 0
    try:
        return check(FOLDER, options.since)
    except released.NoHistory as reason:
        parser.error(f"--since: {reason}")


if __name__ == "__main__":
    sys.exit(main())
