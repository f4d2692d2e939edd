"""Registers come in by file, and stop what runs: on the whole stack, over HTTP and Kafka."""

from __future__ import annotations

import asyncio
import json
import random
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner

from contracts.days import day
from deploy.registers import import_register
from tests.robustness.asking import CONTRACT, WINDOW, Asking
from tests.screening.registers_sample import as_json, numbered
from tests.screening.sample import about_partner, about_project
from tests.stack import RunningStack
from tests.waiting import until

HEAD, OTHER = "window_head:H-01:S01", "window_head:H-02:S01"
MAYOR, STRANGER = "mayor:M-01", "delegate:D-77"

app = typer.Typer()
app.command()(import_register)


def today() -> date:
    return day(datetime.now(UTC))


def number() -> str:
    return numbered(random.randrange(10**11, 10**12))


def suspension(of: str, **changed: Any) -> dict[str, Any]:
    start = today() - timedelta(days=3)
    said = {
        "id": f"BS-{uuid.uuid4()}",
        "corporate_number": of,
        "name": "架空頑丈株式会社",
        "ground": "契約違反(架空)",
        "decided_on": start.isoformat(),
        "valid_from": start.isoformat(),
        "valid_to": (start + timedelta(days=90)).isoformat(),
    }
    return said | changed


def run(stack: RunningStack, file: Path, *options: str) -> tuple[int, str]:
    told = CliRunner().invoke(app, [str(file), "--address", stack.address, *options], env={"COLUMNS": "200"})
    return told.exit_code, told.output


async def imported(stack: RunningStack, file: Path, *options: str) -> tuple[int, Any]:
    code, output = await asyncio.to_thread(run, stack, file, "--yes", "--json", *options)
    return code, json.loads(output)


async def asked(office: Asking, path: str, actor: str, body: dict[str, Any] | None = None) -> list[str]:
    """The facts that followed."""
    reply = await office.ask(path, actor, body or {})
    assert reply.status == 200, reply.body
    return [fact["type"].split(".")[2] for fact in reply.body["facts"]]


async def shown(office: Asking, case: str) -> dict[str, Any]:
    return (await office.look(f"screening/screening/{case}", WINDOW)).body


async def received(office: Asking, of: str, **changed: Any) -> str:
    """A proposal that is being screened."""
    proposer = {
        "name": "架空頑丈株式会社",
        "corporate_number": of,
        "type": "株式会社",
        "address": "埼玉県架空市頑丈一丁目1番1号",
        "representative": "架空 丈",
    }
    case, reply = await office.submit(proposer=proposer, **changed)
    assert reply.status == 200, reply.body
    await asked(office, f"intake/proposal/{case}/accept-proposal", WINDOW)

    async def known() -> bool:
        return (await office.look(f"screening/screening/{case}", WINDOW)).status == 200

    assert await until(known), "no screening was opened"
    return case


def partner(*applying: str) -> dict[str, Any]:
    answers = about_partner(*applying, as_of=today())
    return {"answers": [answer.model_dump(mode="json", exclude_none=True) for answer in answers]}


def project() -> dict[str, Any]:
    return {"answers": [answer.model_dump(mode="json", exclude_none=True) for answer in about_project()]}


async def eligible(office: Asking, of: str, **changed: Any) -> str:
    case = await received(office, of, **changed)
    await asked(office, f"screening/screening/{case}/record-partner-screening", CONTRACT, partner())
    await asked(office, f"screening/screening/{case}/record-project-screening", WINDOW, project())
    await asked(office, f"screening/screening/{case}/confirm-eligible", HEAD)
    return case


async def becomes(office: Asking, case: str, **wanted: Any) -> bool:
    async def so() -> bool:
        there = await shown(office, case)
        return all(there.get(name) == value for name, value in wanted.items())

    return await until(so)


async def test_a_register_that_is_imported_stops_a_running_case_which_goes_on_when_it_is_released(
    stack: RunningStack, office: Asking, tmp_path: Path
) -> None:
    firm = number()
    case = await eligible(office, firm)
    entry = suspension(firm)
    code, told = await imported(stack, as_json(tmp_path, {"bid_suspension": [entry]}))
    assert (code, told["recorded"]) == (0, [entry["id"]])
    assert await becomes(office, case, status="open", stopped=True)
    assert (await shown(office, case))["stop"]["measure"] == entry["id"]
    stop = await office.kept(case, "RescreenRequired")
    assert (stop["clause"], stop["measure"]) == ("GL7-A2", entry["id"])

    answering = f"screening/screening/{case}/record-partner-screening"
    assert (await office.ask(answering, CONTRACT, partner())).refused == "MeasureInForce"
    # the city releases the firm: the file has an earlier last day
    yesterday = (today() - timedelta(days=1)).isoformat()
    code, told = await imported(
        stack, as_json(tmp_path, {"bid_suspension": [{**entry, "valid_to": yesterday}]})
    )
    [register] = told["registers"]
    assert [each["id"] for each in register["ended"]] == [entry["id"]]
    assert await asked(office, answering, CONTRACT, partner()) == ["PartnerScreened"]
    reply = await office.ask(f"screening/screening/{case}/confirm-eligible", HEAD, {})
    decided = reply.body["facts"][0]["data"]
    assert (decided["decision"], decided["resumes"]) == ("eligible", True)
    assert decided["basis"]["rule"] == "eligibility"


async def test_or_it_ends_and_somebody_else_looks_at_it_again(
    stack: RunningStack, office: Asking, tmp_path: Path
) -> None:
    firm = number()
    case = await eligible(office, firm)
    entry = suspension(firm)
    await imported(stack, as_json(tmp_path, {"bid_suspension": [entry]}))
    assert await becomes(office, case, status="open", stopped=True)
    there = f"screening/screening/{case}"
    await asked(office, f"{there}/record-partner-screening", CONTRACT, partner("GL7-A2"))
    assert (await shown(office, case))["partner_answers"][1]["until"] == entry["valid_to"]
    assert (await office.ask(f"{there}/declare-ineligible", STRANGER, {})).refused == "NotADelegate"
    await asked(office, f"{there}/declare-ineligible", HEAD)
    await asked(office, f"{there}/request-reconsideration", "proposer:P-01", {"grounds": "軽微なため"})
    reasons = {"reasons": "措置の期間中である"}
    assert (await office.ask(f"{there}/uphold-decision", HEAD, reasons)).refused == "SameDecider"
    assert await asked(office, f"{there}/uphold-decision", OTHER, reasons) == ["DecisionUpheld"]


async def test_a_likely_name_waits_for_a_person(stack: RunningStack, office: Asking, tmp_path: Path) -> None:
    nameless = suspension(number(), name=f"㈱架空{uuid.uuid4().hex[:8]}工務店", corporate_number=None)
    await imported(stack, as_json(tmp_path, {"bid_suspension": [nameless]}))
    name = nameless["name"].replace("㈱", "") + " 株式会社"
    proposer = {"name": name, "type": "株式会社", "address": "埼玉県架空市", "representative": "架空 丈"}
    case, _ = await office.submit(proposer=proposer)
    await asked(office, f"intake/proposal/{case}/accept-proposal", WINDOW)

    async def flagged() -> bool:
        return [flag["measure"] for flag in (await shown(office, case)).get("flags", [])] == [nameless["id"]]

    assert await until(flagged)
    [flag] = (await shown(office, case))["flags"]
    assert (flag["automatic"], flag["answer"]) == (False, None)
    assert flag["alike"]
    there = f"screening/screening/{case}"
    await asked(office, f"{there}/record-partner-screening", CONTRACT, partner())
    await asked(office, f"{there}/record-project-screening", WINDOW, project())
    assert (await office.ask(f"{there}/confirm-eligible", HEAD, {})).refused == "FlagUnanswered"
    said = {"measure": nameless["id"], "reason": "登記事項証明書により別法人と確認した"}
    assert await asked(office, f"{there}/dismiss-flag", WINDOW, said) == ["FlagDismissed"]
    assert await asked(office, f"{there}/confirm-eligible", HEAD) == ["EligibilityDecided"]


async def test_a_member_of_a_joint_venture_under_a_measure_excludes_it(
    stack: RunningStack, office: Asking, tmp_path: Path
) -> None:
    member = number()
    await imported(stack, as_json(tmp_path, {"bid_suspension": [suspension(member)]}))
    related = [{"kind": "joint_venture_member", "name": "架空連合株式会社", "corporate_number": member}]
    case = await received(office, number(), related=related)
    there = f"screening/screening/{case}/record-partner-screening"
    assert (await office.ask(there, CONTRACT, partner())).refused == "MeasureInForce"
    assert await asked(office, there, CONTRACT, partner("GL7-A2")) == ["PartnerScreened"]


async def test_v12_who_uses_a_person_that_a_finding_is_about_is_excluded(
    stack: RunningStack, office: Asking, tmp_path: Path
) -> None:
    firm, person = number(), f"架空 {uuid.uuid4().hex[:8]}"
    start = today() - timedelta(days=30)
    finding = {
        "id": f"F-{uuid.uuid4()}",
        "subject": {"kind": "person", "name": person},
        "item": "2(5)",
        "fact": "正当な理由がなく契約を履行しなかった(架空)",
        "finding_on": start.isoformat(),
        "valid_from": start.isoformat(),
        "valid_to": (start + timedelta(days=700)).isoformat(),
        "extends_to_users": True,
    }
    link = {
        "corporate_number": firm,
        "person": person,
        "role": "支配人",
        "from": start.isoformat(),
        "to": None,
    }
    file = as_json(tmp_path, {"art167_4_2_findings": [finding], "employment_links": [link]})
    code, told = await imported(stack, file)
    assert (code, len(told["recorded"])) == (0, 2)
    case = await received(office, firm)
    there = f"screening/screening/{case}/record-partner-screening"
    reply = await office.ask(there, CONTRACT, partner())
    assert (reply.refused, reply.body["clause"]) == ("MeasureInForce", "GL7-A1")
    kept = await office.kept(finding["id"], "MeasureRecorded")
    assert (kept["name"], kept["extends_to"]) == ("個人", ["user"])


async def test_the_command_shows_first_and_records_what_was_wanted(
    stack: RunningStack, office: Asking, tmp_path: Path
) -> None:
    entry = suspension(number())
    file = as_json(tmp_path, {"bid_suspension": [entry]})
    code, output = await asyncio.to_thread(run, stack, file, "--dry-run")
    assert code == 0
    assert entry["id"] in output
    measures = f"screening/measures?corporate_number={entry['corporate_number']}"
    assert (await office.look(measures, CONTRACT)).body["items"] == []
    code, output = await asyncio.to_thread(run, stack, file)  # nobody answers the question
    assert code == 1
    assert (await office.look(measures, CONTRACT)).body["items"] == []
    code, told = await imported(stack, file)
    assert (code, told["recorded"]) == (0, [entry["id"]])
    [there] = (await office.look(measures, CONTRACT)).body["items"]
    assert there["id"] == entry["id"]
    code, told = await imported(stack, file)
    assert (code, told["recorded"], told["registers"][0]["unchanged"]) == (0, [], 1)
    other = as_json(tmp_path, {"bid_suspension": [{**entry, "ground": "談合(架空)"}]}, "other.json")
    changed = await imported(stack, other)
    assert [each["id"] for each in changed[1]["registers"][0]["changed"]] == [entry["id"]]
    correction = await office.kept(entry["id"], "MeasureCorrected")
    assert (correction["ground"], correction["reason"].startswith("台帳の取込み")) == ("談合(架空)", True)
    assert (await imported(stack, file))[1]["recorded"] == [entry["id"]]  # and back again


async def test_nothing_is_recorded_while_a_row_is_wrong(
    stack: RunningStack, office: Asking, tmp_path: Path
) -> None:
    good, bad = suspension(number()), suspension(number(), valid_to="2020-01-01")
    code, told = await imported(stack, as_json(tmp_path, {"bid_suspension": [good, bad]}))
    assert (code, told["recorded"]) == (1, [])
    assert told["registers"][0]["wrong"][0]["id"] == bad["id"]
    there = f"screening/measures?corporate_number={good['corporate_number']}"
    assert (await office.look(there, CONTRACT)).body["items"] == []


def test_what_the_command_cannot_do_it_says(stack: RunningStack, tmp_path: Path) -> None:
    file = as_json(tmp_path, {"bid_suspension": [suspension(number())]})
    nobody = CliRunner().invoke(app, [str(file), "--yes", "--address", "http://127.0.0.1:9"])
    assert nobody.exit_code == 2
    assert run(stack, file, "--yes", "--actor", "window:W-01:S01")[0] == 2
    assert run(stack, file, "--json")[0] == 2
    assert run(stack, file, "--yes", "--actor", "???")[0] == 2
