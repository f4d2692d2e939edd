"""Who acts for who proposed: who submitted on the web, and who showed the secret of the receipt (GL5-04, V33)."""

from __future__ import annotations

import hashlib
import hmac

from contracts.actors import Role
from contracts.intake import ProposerJoined
from services.intake.domain.proposal.commands import JoinProposal, SubmitCorrection, SubmitProposal, Withdraw
from services.intake.domain.proposal.state import Proposal
from services.intake.policies import SecretDoesNotFit, only_its_proposers_act


def submitted_by(command: SubmitProposal) -> str | None:
    """None where the office entered it: then nobody acts on the web before they joined."""
    return command.actor.id if command.actor.role == Role.PROPOSER else None


def joined(command: JoinProposal, state: Proposal) -> list[ProposerJoined]:
    """The receipt is theirs who proposed; whoever has its secret acts for them. Also where there is no such case."""
    shown = hashlib.sha256(command.secret.reveal().encode()).hexdigest()
    if state.form is None or not hmac.compare_digest(shown, state.form.secret_hash):
        raise SecretDoesNotFit()
    return [] if command.actor.id in state.proposers else [ProposerJoined(person=command.actor.id)]


def by_who_proposed(command: SubmitCorrection | Withdraw, state: Proposal) -> None:
    """Said before anything else about the case, where there is one."""
    if state.form is not None:
        only_its_proposers_act(command.actor, state.proposers)
