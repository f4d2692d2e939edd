"""Whatever is sent to any operation that a service describes: no error of ours, and no answer it does not describe.

Lengths are capped where requests are made up, which is what takes the time; whole fields are sent in test_text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from contracts.actors import Role
from deploy.local import SERVICES
from tests.stack import RunningStack

pytestmark = pytest.mark.timeout(240)

EXAMPLES = {GenerationMode.POSITIVE: 4, GenerationMode.NEGATIVE: 3}  # of each operation
LONGEST, MOST = 40, 3  # characters, items
PEOPLE = [role for role in Role if role not in (Role.TIMER, Role.SERVICE)]
DESCRIBED = [not_a_server_error, status_code_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


def address(stack: RunningStack, service: str) -> str:
    """Of the service itself: what is tested is not the front."""
    return f"http://{stack.settings.ports.address(service)}"


def capped(node: Any) -> Any:
    if isinstance(node, list):
        return [capped(each) for each in node]
    if not isinstance(node, dict):
        return node
    limits = {"maxLength": LONGEST, "maxItems": MOST}
    return {
        name: min(value, limits[name]) if name in limits and isinstance(value, int) else capped(value)
        for name, value in node.items()
    }


def those_who_may(operation: Any) -> list[str]:
    """The roles that a command is for, as it is described; of a query, all of them."""
    roles = operation.definition.raw.get("x-roles", PEOPLE)
    return [f"{role}:R-1:S14" for role in roles if role in PEOPLE]


def is_a_problem(response: requests.Response | schemathesis.Response) -> None:
    """RFC 9457, with a sentence that a person can act on."""
    problem = response.json()
    assert "application/problem+json" in str(response.headers["content-type"]), problem
    assert problem["status"] == response.status_code
    assert problem["title"]
    assert problem["detail"].endswith((".", "`."))


def ask_anything(operation: Any, mode: GenerationMode, there: str, session: requests.Session) -> list[str]:
    """Sends made-up requests to one operation; a line for each answer that is not as described."""
    wrong: list[str] = []

    @settings(
        max_examples=EXAMPLES[mode],
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), actor=st.sampled_from(those_who_may(operation)))
    def ask(case: schemathesis.Case, actor: str) -> None:
        if mode is GenerationMode.POSITIVE:
            case.headers["Renkei-Actor"] = actor
        response = case.call(base_url=there, session=session, timeout=30)
        try:
            case.validate_response(response, checks=DESCRIBED)
            if response.status_code >= 400:
                is_a_problem(response)
        except (FailureGroup, AssertionError) as error:
            reasons = getattr(error, "exceptions", [error])
            wrong.append(f"{operation.label}: {'; '.join(str(each) for each in reasons)}")

    ask()
    return wrong


@pytest.mark.parametrize("service", SERVICES)
def test_whatever_is_asked_is_answered_as_described(
    stack: RunningStack, session: requests.Session, service: str
) -> None:
    there = address(stack, service)
    described = session.get(f"{there}/{service}/openapi.json").json()
    schema = schemathesis.openapi.from_dict(capped(described))
    wrong = [
        line
        for found in schema.get_all_operations()
        for operation in [found.ok()]
        for mode in EXAMPLES
        if mode is GenerationMode.POSITIVE or _has_a_body(operation)
        for line in ask_anything(operation, mode, there, session)
    ]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def _has_a_body(operation: Any) -> bool:
    return str(operation.method).upper() == "POST"


def test_what_nobody_described_is_a_problem_too(stack: RunningStack, session: requests.Session) -> None:
    for service in SERVICES:
        there = address(stack, service)
        for response in (
            session.get(f"{there}/{service}/no-such-thing"),
            session.post(f"{there}/{service}/proposal/x/no-such-command"),
            session.delete(f"{there}/{service}/openapi.json"),
        ):
            assert response.status_code in (404, 405)
            is_a_problem(response)
