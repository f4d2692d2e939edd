"""A proof and an evidence bundle of a case, taken from a log and verified by what lies in the bundle itself."""

import asyncio
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import typer
import typst
from typer.testing import CliRunner

from chassis.database import migrate
from contracts.audit import CaseRead
from contracts.fact import Fact
from contracts.intake import ProposalReceived
from deploy.evidence import commands
from deploy.evidence.contents import Made, contents, zipped
from deploy.evidence.published import NotPublishedYet, Published
from deploy.evidence.report import report
from deploy.local.trouble import Trouble
from services.audit import rerun
from services.audit.tlog.entries import commitments, new_salts
from services.audit.verifier.policy import policy
from services.audit.verifier.proofs import proof, proven
from services.audit.verifier.sources import Folder
from tests.audit.test_rerun import outcome
from tests.audit.test_rerun_command import ADD
from tests.audit.verifier.logs import POLICY, Written, publish
from tests.engines import Engines
from tests.intake.counter import told_elsewhere

AT = datetime(2024, 9, 30, 3, 0, tzinfo=UTC)
MARKUP = '#panic("x") $x^2$ *太字* = 見出し `raw` \\ <b> 髙﨑①㈱'


@dataclass
class AuditLog:
    """What the audit database keeps, and what is published of it."""

    database: str
    written: Written
    folder: Path

    async def contents(self, case: str, size: int | None = None) -> dict[str, bytes]:
        connection = await asyncpg.connect(self.database)
        try:
            made = Made("auditor:A-01", AT, "定期監査")
            publish(self.folder, self.written.entries[:size])
            return await contents(connection, case, Published.now(Folder(self.folder)), made)
        finally:
            await connection.close()


@pytest.fixture
def log(engines: Engines, tmp_path: Path) -> AuditLog:
    """C-1 was received, decided and read; C-2 was received."""

    async def make() -> AuditLog:
        dsn = await engines.database("audit")
        await migrate(dsn, Path(rerun.__file__).parent / "migrations")
        connection = await asyncpg.connect(dsn)
        written = Written()
        received = told_elsewhere(ProposalReceived)
        assert isinstance(received, ProposalReceived)
        facts: list[tuple[str, Fact]] = [
            ("C-1", received),
            ("C-2", received),
            ("C-1", outcome()),
            ("C-1", CaseRead(reader="A-02", role="auditor", manner="history", purpose=MARKUP)),
        ]
        versions: dict[str, int] = {}
        for n, (case, fact) in enumerate(facts):
            await connection.execute(ADD, n, fact.encoded(), fact.type, case)
            versions[case] = versions.get(case, 0) + 1
            stream = f"partnership/{case}"
            more: dict[str, Any] = {"id": f"fact-{n}", "source": "/agreements", "type": fact.type}
            if n == 0:
                held = {"title": received.title.reveal() if received.title else None}
                salts = new_salts(held)
                more["commitments"] = commitments(held, salts)
                await connection.execute("insert into salts values (0, 'title', $1)", salts["title"])
            written.add(case, stream, versions[case], value=fact.encoded(), **more)
        await connection.close()
        return AuditLog(dsn, written, tmp_path / "log")

    return asyncio.run(make())


def unzipped(files: Mapping[str, bytes], folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as opened:
        opened.extractall(folder)
    return folder


def verified(folder: Path) -> tuple[int, str]:
    """By the verifier that lies in the bundle, on the standard library alone."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"], cwd=folder, capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout + done.stderr


async def test_a_bundle_is_verified_by_the_verifier_that_lies_in_it(log: AuditLog, tmp_path: Path) -> None:
    folder = unzipped(await log.contents("C-1"), tmp_path / "bundle")
    code, said = verified(folder)
    assert (code, "合格 VERIFIED: 案件 case C-1, 3 件の記録 entries, 1 件の規則 rules" in said) == (
        0,
        True,
    ), said
    fact = folder / "facts/2.json"
    fact.write_bytes(fact.read_bytes().replace(b"agreement", b"procurement", 1))
    assert verified(folder)[0] == 1


async def test_a_field_is_opened_by_its_salt_until_that_is_erased(log: AuditLog, tmp_path: Path) -> None:
    folder = unzipped(await log.contents("C-1"), tmp_path / "bundle")
    assert "1 件の開示項目 fields opened, 0 件は封印のまま sealed" in verified(folder)[1]
    salts = folder / "salts/0.json"
    salts.write_text(json.dumps({"title": bytes(32).hex()}))
    code, said = verified(folder)
    assert (code, "opening.commitment" in said) == (1, True), said
    connection = await asyncpg.connect(log.database)
    await connection.execute("delete from salts")
    await connection.close()
    code, said = verified(unzipped(await log.contents("C-1"), tmp_path / "later"))
    assert (code, "0 件の開示項目 fields opened, 1 件は封印のまま sealed" in said) == (0, True), said


async def test_it_holds_what_an_auditor_needs(log: AuditLog) -> None:
    files = await log.contents("C-1")
    assert json.loads(files["manifest.json"]) == {"case": "C-1", "entries": [0, 2, 3]}
    [again] = json.loads(files["rerun.json"])
    assert (again["same"], again["fact"]) == (True, "renkei.agreements.OutcomeDecided.v1")
    assert [name for name in files if name.startswith("rules/")] == [f"rules/{again['basis']['digest']}.json"]
    custody = json.loads(files["custody.json"])
    assert (custody["made_by"], custody["made_at"], custody["purpose"]) == (
        "auditor:A-01",
        "2024-09-30T03:00:00.000000Z",
        "定期監査",
    )
    [read] = custody["read_before"]
    assert (read["index"], read["reader"], read["manner"]) == (3, "A-02", "history")
    assert custody["sha256"]["report.pdf"] == hashlib.sha256(files["report.pdf"]).hexdigest()
    assert files["report.pdf"].startswith(b"%PDF-")


async def test_equal_logs_make_equal_bundles(log: AuditLog) -> None:
    files = await log.contents("C-1")
    assert zipped(files) == zipped(dict(reversed(files.items())))


async def test_what_the_checkpoint_does_not_reach_is_left_out(log: AuditLog, tmp_path: Path) -> None:
    files = await log.contents("C-1", size=2)
    assert json.loads(files["manifest.json"])["entries"] == [0]
    assert verified(unzipped(files, tmp_path / "bundle"))[0] == 0


async def test_a_case_of_which_nothing_is_published_yet_makes_no_bundle(log: AuditLog) -> None:
    with pytest.raises(NotPublishedYet):
        await log.contents("C-2", size=1)


def test_what_people_wrote_is_never_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that would stop the compiler, were it markup, stands in the report as it was written."""
    typeset: list[tuple[Any, dict[str, Any]]] = []
    compiled = typst.compile

    def kept(template: Any, **given: Any) -> Any:
        typeset.append((template, given))
        return compiled(template, **given)

    monkeypatch.setattr(typst, "compile", kept)
    entry = {
        "index": 0, "time": "2024-08-01T00:00:00Z", "received_at": "2024-08-01T00:00:01Z", "id": MARKUP,
        "type": "renkei.intake.ProposalReceived.v1", "source": "/intake", "subject": "proposal/C-1", "version": 1,
        "actor": "proposer:P-01", "cause": None, "data": {"reason": MARKUP, "reasons": [MARKUP]}, "cites": [],
    }  # fmt: skip
    history = {"case": MARKUP, "complete": False, "gaps": [MARKUP], "entries": [entry]}
    custody = {
        "made_by": MARKUP, "made_at": "2024-08-01T00:00:00Z", "purpose": MARKUP, "log_size": 1,
        "read_before": [{"time": "2024-08-01T00:00:00Z", "role": MARKUP, "reader": MARKUP, "manner": MARKUP}],
    }  # fmt: skip
    assert report(history, [], custody).startswith(b"%PDF-")
    [(template, given)] = typeset
    told = list(texts(json.loads(typst.query(template, "table", **given))))
    assert told.count(MARKUP) == 4, "who made it, what for, what is missing, in what manner it was read"
    assert f"{MARKUP} {MARKUP}" in told, "who has read"
    assert {"提案者 P-01", "受理", f"理由:{MARKUP}\n理由:{MARKUP}"} <= {*told}
    assert {"作成者", "目的", "欠落", "誰が", "何を", "なぜ(条項・版)", "2024-08-01 09:00"} <= {*told}


def texts(node: Any) -> Iterator[str]:
    """Every text in a document of Typst."""
    if isinstance(node, dict):
        if node.get("func") == "text":
            yield node["text"]
        for each in node.values():
            yield from texts(each)
    elif isinstance(node, list):
        for each in node:
            yield from texts(each)


APP = typer.Typer()
APP.command("proof")(commands.proof_command)
APP.command("bundle")(commands.bundle_command)
APP.command("verifier")(commands.verifier_command)


def run(*words: str | Path) -> Any:
    return CliRunner().invoke(APP, [str(word) for word in words], env={"COLUMNS": "160"})


def test_a_proof_is_written_by_the_id_of_a_fact_or_by_its_index(log: AuditLog, tmp_path: Path) -> None:
    publish(log.folder, log.written.entries)
    for event in ("fact-2", "2"):
        out = tmp_path / f"{event}.tlog-proof"
        done = run("proof", event, "-o", out, "--from", log.folder, "--database", log.database)
        assert done.exit_code == 0, done.output
        proven(log.written.entries[2], proof(out.read_bytes()), policy(POLICY))


def test_what_is_not_in_the_log_or_not_published_yet_is_said(log: AuditLog, tmp_path: Path) -> None:
    publish(log.folder, log.written.entries[:2])
    asked = ("--from", log.folder, "--database", log.database, "-o", tmp_path / "x")
    assert "knows no fact 'nobody'" in str(run("proof", "nobody", *asked).exception)
    assert isinstance(run("proof", "fact-2", *asked).exception, NotPublishedYet)
    assert "knows no case 'C-9'" in str(run("bundle", "C-9", *asked).exception)
    nowhere = run("proof", "fact-1", "--from", tmp_path, "--database", log.database).exception
    assert isinstance(nowhere, Trouble)
    assert "no published log" in str(nowhere)


def test_a_bundle_is_made_after_its_reading_is_kept_and_not_otherwise(
    log: AuditLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(log.folder, log.written.entries)
    out = tmp_path / "case.zip"
    asked = (
        "bundle",
        "C-1",
        "-o",
        out,
        "--from",
        log.folder,
        "--database",
        log.database,
        "--purpose",
        "監査",
    )
    kept: list[tuple[str, ...]] = []

    async def refused(*said: str) -> None:
        raise Trouble("The reading could not be kept")

    async def keep(*said: str) -> None:
        assert not out.exists()
        kept.append(said)

    monkeypatch.setattr(commands, "keep_reading", refused)
    assert run(*asked).exit_code == 1
    assert not out.exists()
    monkeypatch.setattr(commands, "keep_reading", keep)
    assert run(*asked).exit_code == 0
    assert kept == [("C-1", "bundle", "auditor:A-01", "監査")]
    assert "verify.py" in zipfile.ZipFile(out).namelist()


def test_the_verifier_alone_verifies_a_published_log(log: AuditLog, tmp_path: Path) -> None:
    out = tmp_path / "verify.py"
    assert run("verifier", "-o", out).exit_code == 0
    publish(log.folder, log.written.entries)
    asked = [sys.executable, "-I", "-S", str(out), str(log.folder)]
    assert subprocess.run(asked, capture_output=True, timeout=60).returncode == 0
