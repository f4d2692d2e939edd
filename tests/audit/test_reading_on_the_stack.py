"""An auditor at a terminal, on the running stack: what is read is shown, and that it was read comes into the log."""

import asyncio
import json
import sys
import zipfile
from pathlib import Path

from tests.deploy.test_operations import renkei
from tests.robustness.asking import Asking
from tests.stack import RunningStack, finished
from tests.waiting import until


async def test_a_case_is_read_by_command_and_the_reading_becomes_an_entry_of_it(stack: RunningStack) -> None:
    async with Asking(stack) as asking:
        case, reply = await asking.submit()
        assert reply.status == 200, reply.body
        await asking.kept(case, "ProposalSubmitted")

        code, said = await renkei(stack, "audit", "history", case, "--actor", "auditor:A-77", "--json")
        assert code == 0, said
        assert "renkei.intake.ProposalSubmitted.v1" in [
            entry["type"] for entry in json.loads(said)["entries"]
        ]
        read = await asking.kept(case, "CaseRead")
        assert (read["reader"], read["manner"]) == ("A-77", "history")

        code, said = await renkei(stack, "audit", "history", case)
        assert (code, "監査の閲覧" in said, "監査委員 A-77" in said) == (0, True, True), said
        code, said = await renkei(stack, "audit", "diff", case, "--from", "2020-01-01", "--to", "2020-01-02")
        assert (code, "変化なし" in said) == (0, True)


async def test_a_case_that_nobody_knows_is_named_and_leaves_nothing(stack: RunningStack) -> None:
    code, said = await renkei(stack, "audit", "history", "no-such-case")
    assert (code, "The log knows no case 'no-such-case'" in " ".join(said.split())) == (1, True)
    code, said = await renkei(stack, "audit", "history", "no-such-case", "--actor", "window:W-01")
    assert (code, "The audit log is for" in " ".join(said.split())) == (1, True)


async def test_a_case_is_taken_away_and_verified_from_what_the_stack_published(
    stack: RunningStack, tmp_path: Path
) -> None:
    async with Asking(stack) as asking:
        case, reply = await asking.submit()
        assert reply.status == 200, reply.body
        await asking.kept(case, "ProposalSubmitted")
    code, said = await renkei(stack, "audit", "verify")
    assert (code, "合格 VERIFIED" in said, "court" in said) == (0, True, True), said

    bundle = tmp_path / "case.zip"

    async def taken() -> bool:
        """What was kept last may not be published yet."""
        code, _ = await renkei(stack, "audit", "bundle", case, "-o", str(bundle))
        return code == 0

    assert await until(taken, 60)
    with zipfile.ZipFile(bundle) as opened:
        opened.extractall(tmp_path / "case")
    done = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", str(tmp_path / "case" / "verify.py")),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    code, said = await finished(done, 60)
    assert (code, f"案件 case {case}" in said) == (0, True), said

    code, said = await renkei(stack, "audit", "export", str(tmp_path / "copy"))
    assert (code, "件の記録 entries" in said) == (0, True), said
