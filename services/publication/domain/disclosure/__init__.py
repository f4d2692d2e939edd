"""Requests for disclosure under the city's ordinance.

commands     what can be asked
state        what is known, and what a fact changes
days         when something is disclosed
decision     what is disclosed, with grounds for what is not
objections   審査請求
refusals     why something is not done
deciding     which facts follow
"""

from services.publication.domain.disclosure.commands import (
    AskThirdParty,
    DecideDisclosure,
    Disclose,
    DisclosureCommand,
    EscalateDisclosure,
    GiveOpinion,
    LodgeObjection,
    ReadRequest,
    ReceiveRequest,
    ResolveObjection,
    WithdrawRequest,
)
from services.publication.domain.disclosure.deciding import DISCLOSURE
from services.publication.domain.disclosure.state import Disclosure, DisclosureFact

__all__ = [
    "DISCLOSURE",
    "AskThirdParty",
    "DecideDisclosure",
    "Disclose",
    "Disclosure",
    "DisclosureCommand",
    "DisclosureFact",
    "EscalateDisclosure",
    "GiveOpinion",
    "LodgeObjection",
    "ReadRequest",
    "ReceiveRequest",
    "ResolveObjection",
    "WithdrawRequest",
]
