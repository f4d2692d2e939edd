"""What stands in the way of a publication: named rules, and the order in which they are asked.

The refusals are what people read; `services/publication/domain` raises them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from chassis.decider import Refused
from contracts.publication import PreviewMade, PublicationConsented, Result, SignatureNoted


class NotSignedYet(Refused):
    """A case is published after its agreement or contract is signed (V15); it is not yet."""


class OnlyInStatistics(Refused):
    """A case that was not established appears in the statistics only, without its proposer."""


class NothingProposed(Refused):
    """Nothing is proposed for publication, or it is published already; write what might be shown first."""


class PublicationIsRefused(Refused):
    """The proposer does not want this published; propose something else, or leave it."""


class ConsentMissing(Refused):
    """The proposer has not consented to what is proposed (V15); ask and wait for the answer."""


class PreviewNotConfirmed(Refused):
    """Somebody of the office looks at exactly what the proposer consented to, and confirms it, before it is shown."""


class NotThisPreview(Refused):
    """The digest is not that of what is proposed now; read the preview again and use its digest."""


class OnTheWay(Protocol):
    """What is known of a publication."""

    @property
    def signature(self) -> SignatureNoted | None: ...
    @property
    def result(self) -> Result | None: ...
    @property
    def waiting(self) -> bool: ...
    @property
    def refused(self) -> bool: ...
    @property
    def preview(self) -> PreviewMade | None: ...
    @property
    def consent(self) -> PublicationConsented | None: ...
    @property
    def confirmed(self) -> str | None: ...


def outcome_is_signed(state: OnTheWay) -> None:
    """V15, GL5-04: an idea is protected while under consideration; what came to nothing stays so."""
    if state.signature is not None:
        return
    if state.result in ("not_established", "ineligible", "withdrawn"):
        raise OnlyInStatistics()
    raise NotSignedYet()


def something_is_proposed(state: OnTheWay) -> None:
    if not state.waiting:
        raise NothingProposed()


def proposer_consents(state: OnTheWay) -> None:
    """V15: to the very text that is shown, which is why consent is bound to its digest."""
    if state.refused:
        raise PublicationIsRefused()
    if state.consent is None:
        raise ConsentMissing()
    if state.preview is None or state.consent.digest not in (
        state.preview.digest,
        state.preview.outcome_digest,
    ):
        raise ConsentMissing()


def office_confirmed(state: OnTheWay) -> None:
    """The same text as the proposer consented to."""
    if state.consent is None or state.confirmed != state.consent.digest:
        raise PreviewNotConfirmed()


TO_PUBLISH: tuple[Callable[[OnTheWay], None], ...] = (
    outcome_is_signed,
    something_is_proposed,
    proposer_consents,
    office_confirmed,
)


# Disclosure


class DisclosureTooEarly(Refused):
    """A proposer objects, so that whole days lie between decision and disclosure (V18); wait for the day."""


def days_lie_between(disclose_on: date, today: date) -> None:
    """V18: nothing is disclosed before the day that was decided on, on which the proposer could still object."""
    if today < disclose_on:
        raise DisclosureTooEarly(f"It is disclosed on {disclose_on} at the earliest.")
