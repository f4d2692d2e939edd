"""`renkei audit`: what an auditor does with the log, and whoever keeps it."""

from __future__ import annotations

import contextlib
import os

import typer

from deploy.evidence.commands import (
    bundle_command,
    export_command,
    keygen_command,
    proof_command,
    verifier_command,
)
from deploy.fairness import fairness_command
from deploy.history import diff, history
from deploy.local.client import running
from deploy.local.passwords import AUDITOR
from deploy.local.stack import dsn
from deploy.local.trouble import Trouble
from deploy.recovery import recover_command
from deploy.rerun import rerun_command
from deploy.verification import OWN, verify_command
from services.audit.compare import compare

app = typer.Typer(name="audit", no_args_is_help=True, help="The audit log: read it, verify it.")


@app.callback()
def _log_of_this_stack() -> None:
    """The audit log: read it, verify it."""
    with contextlib.suppress(Trouble):  # another stack's log can be named by --database
        settings = running()
        os.environ.setdefault("RENKEI_AUDIT_DATABASE", dsn(settings, AUDITOR, "audit"))
        os.environ.setdefault(OWN, str(settings.published))


app.command()(compare)
app.command("verify")(verify_command)
app.command("proof")(proof_command)
app.command("bundle")(bundle_command)
app.command("verifier")(verifier_command)
app.command("keygen")(keygen_command)
app.command("export")(export_command)
app.command()(history)
app.command()(diff)
app.command("rerun")(rerun_command)
app.command("recover")(recover_command)
app.command("fairness")(fairness_command)
