"""What was ever sent stays readable: by us, and by whoever holds the published schema."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from contracts.fact import FACTS, read
from contracts.generate import facts
from tests.contracts.samples import GOLDEN, SCHEMAS, TYPES, golden


def validator(type_: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{type_}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("type_", TYPES)
def test_every_version_of_every_fact_has_a_payload_that_is_read_as_the_current_version(type_: str) -> None:
    fact = read(type_, golden(type_))
    assert type(fact) is FACTS[f"{fact.publisher}.{type(fact).__name__}"]


@pytest.mark.parametrize("type_", TYPES)
def test_every_payload_is_of_the_published_schema(type_: str) -> None:
    validator(type_).validate(json.loads(golden(type_)))


@pytest.mark.parametrize("type_", TYPES)
def test_what_is_sent_today_is_of_the_published_schema_and_reads_as_the_same(type_: str) -> None:
    fact = read(type_, golden(type_))
    sent = fact.encoded()
    validator(fact.type).validate(json.loads(sent))
    assert read(fact.type, sent) == fact


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.type)
def test_every_fact_says_what_happened(fact: type) -> None:
    assert fact.__doc__


def test_no_payload_is_of_a_fact_that_nobody_publishes() -> None:
    assert {Path(path).stem for path in GOLDEN.glob("*")} <= set(TYPES)
