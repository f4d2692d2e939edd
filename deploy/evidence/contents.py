"""The files of an evidence bundle. What they prove is said in `services/audit/verifier/bundle.py`."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
import orjson

import guidelines
from contracts.cloudevents import instant
from deploy.evidence.published import NotPublishedYet, Published
from deploy.evidence.report import report
from deploy.rerun import again, as_json_of
from guidelines import rules
from guidelines.rules import NoSuchRule
from services.audit.history import history
from services.audit.rerun import Outcome, entries, rerun
from services.audit.verifier.single_file import single_file

SALTS = "select field, salt from salts where idx = $1 order by field"
FACTS = "select idx, value from entries where case_id = $1 and idx < $2 order by idx"
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # every file bears it, so that equal contents are equal bytes

READ_ME = """\
この資料は、案件 {case} の監査記録です。
  report.pdf      人が読むための経過(証明の対象ではありません)
  verify.py       検証プログラム。Python 3.10 以降だけで動きます:  python verify.py
  entries, facts  監査記録簿の記録と、その元となった事実(受け取ったままのバイト列)
  proofs          各記録が記録簿にあることの証明(C2SP tlog-proof)
  salts           記録が秘匿のまま約した項目を開く値(消去された項目と、復旧した記録にはありません)
  checkpoint      記録簿の署名つきチェックポイント    policy  信頼する鍵(市と立会人の公表するものと比べてください)
  rules           決定に用いた規則    rerun.json  決定をやり直した結果    custody.json  誰がいつ作り、誰が閲覧したか
事実には、保護されるべき着想や個人情報が含まれることがあります。取扱いに注意してください。

The audit record of the case {case}. `python verify.py` verifies it: every entry is proved to be in the log that the
keys in `policy` signed, every fact is the one received, none of the case is missing before the last one here.
`report.pdf`, `rerun.json`, `custody.json`, and that nothing came after the last one, are told by whoever made this
bundle. Facts may hold ideas under protection and personal data.
"""


@dataclass(frozen=True)
class Made:
    """Who made a bundle, when, and what for."""

    by: str
    at: datetime
    purpose: str | None


async def contents(db: asyncpg.Connection, case: str, log: Published, made: Made) -> dict[str, bytes]:
    """By their names. What the log took after its checkpoint is left out: nothing proves it yet.

    Raises NotPublishedYet where that is all there is.
    """
    facts = {row["idx"]: bytes(row["value"]) for row in await db.fetch(FACTS, case, log.size)}
    if not facts:
        raise NotPublishedYet()
    told = await history(db, case)
    told["entries"] = [entry for entry in told["entries"] if entry["index"] in facts]
    outcomes = [o for o in rerun(await entries(db, case), again) if o.decision.entry.index in facts]
    custody = _custody(told["entries"], log, made)
    files = {
        "README.txt": READ_ME.format(case=case).encode(),
        "verify.py": single_file().encode(),
        "checkpoint": log.head,
        "manifest.json": _json({"case": case, "entries": list(facts)}),
        **dict(_proved(facts, log)),
        **await _salts(db, facts),
        **dict(_rules(outcomes)),
        "rerun.json": _json([as_json_of(case, outcome) for outcome in outcomes]),
        "report.pdf": report(told, outcomes, custody),
    }
    for name in ("policy", "log.vkey", "witness.vkey"):
        if (there := log.source.read(name)) is not None:
            files[name] = there
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    files["custody.json"] = _json({**custody, "sha256": digests})
    return files


def _proved(facts: Mapping[int, bytes], log: Published) -> Iterator[tuple[str, bytes]]:
    for index, fact in facts.items():
        yield f"entries/{index}.json", log.entry(index)
        yield f"facts/{index}.json", fact
        yield f"proofs/{index}.tlog-proof", log.proof(index)


async def _salts(db: asyncpg.Connection, facts: Iterable[int]) -> dict[str, bytes]:
    """What opens the commitments to confidential fields, as far as it was not erased."""
    found = {}
    for index in facts:
        if drawn := await db.fetch(SALTS, index):
            found[f"salts/{index}.json"] = _json({row["field"]: bytes(row["salt"]).hex() for row in drawn})
    return found


def _rules(outcomes: Iterable[Outcome]) -> Iterator[tuple[str, bytes]]:
    """The files by which was decided, as far as they are here in the very bytes of then."""
    for outcome in outcomes:
        basis = outcome.decision.basis
        if basis is None:
            continue
        try:
            rule = rules.rule_of(guidelines.folder_of(basis.edition), basis.rule)
        except (NoSuchRule, guidelines.NoSuchEdition, guidelines.BrokenPack):
            continue
        if rule.digest == basis.digest:
            yield f"rules/{basis.digest}.json", rule.path.read_bytes()


def _custody(entries_: Sequence[Mapping[str, Any]], log: Published, made: Made) -> dict[str, Any]:
    """Who made it, and every reading before that the log knows of."""
    return {
        "made_by": made.by,
        "made_at": instant(made.at),
        "purpose": made.purpose,
        "log_size": log.size,
        "read_before": [
            {"index": entry["index"], "time": entry["time"], **(entry["data"] or {})}
            for entry in entries_
            if entry["type"].startswith("renkei.audit.CaseRead.")
        ],
    }


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip in which every file is where its name says; equal files make an equal zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in sorted(files.items()):
            opened.writestr(zipfile.ZipInfo(name, ZIP_EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
