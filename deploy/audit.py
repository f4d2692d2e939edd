"""`renkei audit`: what an auditor does with the log, and whoever keeps it."""

from __future__ import annotations

import contextlib
import os

import typer

from deploy.lazily import lazily
from deploy.local.client import running
from deploy.local.passwords import AUDITOR
from deploy.local.stack import dsn
from deploy.local.trouble import Trouble

OWN = "RENKEI_AUDIT_LOG"  # where the log of this stack is published

WHERE = {
    "compare": "services.audit.compare:compare",
    "verify": "deploy.verification:verify_command",
    "proof": "deploy.evidence.commands:proof_command",
    "bundle": "deploy.evidence.commands:bundle_command",
    "verifier": "deploy.evidence.commands:verifier_command",
    "keygen": "deploy.evidence.commands:keygen_command",
    "export": "deploy.evidence.commands:export_command",
    "history": "deploy.history:history",
    "diff": "deploy.history:diff",
    "rerun": "deploy.rerun:rerun_command",
    "recover": "deploy.recovery:recover_command",
    "fairness": "deploy.fairness:fairness_command",
}


def _log_of_this_stack() -> None:
    """The audit log: read it, verify it."""
    with contextlib.suppress(Trouble):  # another stack's log can be named by --database
        settings = running()
        os.environ.setdefault("RENKEI_AUDIT_DATABASE", dsn(settings, AUDITOR, "audit"))
        os.environ.setdefault(OWN, str(settings.published))


app = typer.Typer(name="audit", cls=lazily(WHERE), no_args_is_help=True, callback=_log_of_this_stack)
