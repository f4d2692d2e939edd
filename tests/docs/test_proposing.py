"""What docs/proposing.md tells a proposer to send is taken, and what it says is answered is what is answered."""

import json
import re
from pathlib import Path

from chassis.http import ID
from chassis.openapi import kebab
from chassis.wording import in_japanese
from services.intake.domain.proposal import commands
from services.intake.domain.proposal.commands import SubmitProposal
from services.intake.policies import TermsNotAccepted

PAGE = (Path(__file__).parents[2] / "docs" / "proposing.md").read_text(encoding="utf-8")


def test_the_body_is_one_that_is_taken() -> None:
    (body,) = re.findall(r"-d '\n(\{.*?\n\})'", PAGE, re.DOTALL)
    sent = json.loads(body)
    fields = set(SubmitProposal.model_fields) - SubmitProposal.given()
    required = {name for name in fields if SubmitProposal.model_fields[name].is_required()}
    assert required <= sent.keys() <= fields
    for name, value in sent.items():
        SubmitProposal.__pydantic_validator__.validate_assignment(
            SubmitProposal.model_construct(), name, value
        )


def test_the_refusal_is_what_is_answered() -> None:
    (answer,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    said = json.loads(answer)
    assert said["type"].endswith(f":{TermsNotAccepted.__name__}")
    assert (said["status"], said["detail"]) == (TermsNotAccepted.status, str(TermsNotAccepted()))
    assert said["title"] == in_japanese(TermsNotAccepted)


def test_the_commands_are_there() -> None:
    named = set(re.findall(r"/intake/proposal/[^/]+/([a-z-]+)", PAGE))
    assert named <= {kebab(name) for name in vars(commands)}
    assert ID.match("my-case-1")
