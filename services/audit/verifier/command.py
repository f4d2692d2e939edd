"""`python verify.py`: verifies the evidence bundle that it lies in, or the bundle or log that it is told.

Exit codes: 0 all holds · 1 something does not, and is named · 2 nothing could be verified
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timezone
from pathlib import Path

from services.audit.verifier.bundle import bundle
from services.audit.verifier.log import Verified, verify
from services.audit.verifier.policy import Policy, policy
from services.audit.verifier.sources import Source, source, there
from services.audit.verifier.verdict import Refusal

OWN_POLICY = """\
注意: ポリシー(信頼する鍵)はこの資料に入っていたものです。市と立会人が公表する鍵と同じか、確かめてください。
Note: the keys to trust came with what was verified. Compare them with those that the city and the witnesses publish:"""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verifies an evidence bundle, or a whole log.")
    parser.add_argument(
        "place", nargs="?", default=str(Path(sys.argv[0]).parent), help="zip, folder or address"
    )
    parser.add_argument("--policy", type=Path, help="whom to trust; else the policy that came with it")
    parser.add_argument(
        "--opaque", action="store_true", help="a log of something else: hashes and signatures only"
    )
    asked = parser.parse_args(arguments)
    try:
        of = source(asked.place)
        trust = policy(asked.policy.read_bytes() if asked.policy else own_policy(of))
        print(_verified(of, trust, asked.opaque))
    except Refusal as wrong:
        print(f"不合格 NOT VERIFIED: {wrong}")
        return 1
    except OSError as error:
        print(f"検証できません Nothing could be verified: {error}", file=sys.stderr)
        return 2
    if not asked.policy:
        print(OWN_POLICY)
        print("\n".join(f"  {key.name}+{key.id.hex()}" for key in (*trust.logs, *trust.witnesses.values())))
    return 0


def own_policy(of: Source) -> bytes:
    """The policy that comes with a log or a bundle; without one, its log and all of its witnesses are demanded."""
    told = of.read("policy")
    if told is not None:
        return told
    witnesses = (of.read("witness.vkey") or b"").decode(errors="replace").split()
    lines = [f"witness w{n} {vkey}" for n, vkey in enumerate(witnesses)]
    names = " ".join(f"w{n}" for n in range(len(witnesses)))
    lines += [f"group all-of-them all {names}", "quorum all-of-them"] if witnesses else ["quorum none"]
    return "\n".join([f"log {there(of, 'log.vkey').decode(errors='replace').strip()}", *lines]).encode()


def _verified(of: Source, trust: Policy, opaque: bool) -> str:
    if of.read("manifest.json") is not None:
        proved = bundle(of, trust)
        return (
            f"合格 VERIFIED: 案件 case {proved.case}, {proved.entries} 件の記録 entries, "
            f"{proved.rules} 件の規則 rules, {proved.fields} 件の開示項目 fields opened, "
            f"{proved.sealed} 件は封印のまま sealed, 記録簿 log of {proved.size:,}"
        )
    found = verify(of, trust, opaque=opaque)
    seen = ", ".join(f"{name} {_day(at)}" for name, at in found.witnessed.items())
    return (
        f"合格 VERIFIED: {found.checkpoint.size:,} 件の記録 entries of {found.checkpoint.origin}, "
        f"{found.cases:,} 案件 cases, {found.streams:,} 系列 streams; 立会人 witnesses: {seen or '–'}"
        + "".join(f"\n{line}" for line in conflicts(found))
    )


def conflicts(found: Verified) -> list[str]:
    """Nothing is wrong with the log where there are such; somebody sent two bodies under one id."""
    first = ", ".join(map(str, found.conflicts[:10]))
    return [f"  矛盾する受信 conflicts: {len(found.conflicts)} ({first})"] if found.conflicts else []


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at, timezone.utc):%Y-%m-%d %H:%M:%SZ}"  # noqa: UP017  # for older Pythons, too


if __name__ == "__main__":
    sys.exit(main())
