"""When a submission is in order. Each rule raises the refusal that bears its name."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Literal, Protocol

from chassis.decider import NotYours, Refused
from contracts.actors import Actor, Role
from contracts.days import day
from contracts.intake import Channel, Kind, Part, RelatedParty
from contracts.text import Digest, EditionId, SectionId

ThemeStatus = Literal["draft", "open", "closed", "cancelled", "concluded"]


class TermsNotAccepted(Refused):
    """Consent to the terms of the guideline first; a proposal is taken only with it."""


class TermsHaveChanged(Refused):
    """The terms you consented to are no longer in force; read the new ones and consent to them."""


class ThemeMissing(Refused):
    """A proposal to a theme says which theme; choose one or submit a free proposal."""


class ThemeNotForFreeProposal(Refused):
    """A free proposal belongs to no theme; leave the theme out or submit to the theme."""


class NoSuchTheme(Refused):
    """No theme of this name is published; look at the list of themes."""


class ThemeNotOpen(Refused):
    """The theme takes no proposals today; a free proposal is welcome on any day."""


class OtherThemeSection(Refused):
    """Another section published this theme; leave the section out, it follows from the theme."""


class ChannelNeedsStaff(NotYours):
    """What you send yourself comes by the web; what comes by counter, phone, post or email the office enters."""


class ChannelNeedsProposer(NotYours):
    """The office enters what came by counter, phone, post or email; on the web, people send it themselves."""


class NotTheProposer(NotYours):
    """Only who proposed may do this; join the proposal first, with the secret of its receipt (JoinProposal)."""


class SecretDoesNotFit(NotYours):
    """This is not the secret of the receipt of this proposal; check it on the receipt, or ask the window."""


class RelatedDatesReversed(Refused):
    """The last day of a related party lies before its first one; correct the dates."""


class KnownTheme(Part):
    """What a submission needs to know of the theme that it names."""

    status: ThemeStatus
    section: SectionId
    opens: date  # first and last day, both included
    closes: date
    criteria_version: Digest | None = None  # None: a draft


class Entry(Protocol):
    """What comes in at the window, by a person or through the office."""

    @property
    def actor(self) -> Actor: ...
    @property
    def channel(self) -> Channel: ...


class Submission(Entry, Protocol):
    """What of a submission these rules look at."""

    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def theme(self) -> str | None: ...
    @property
    def theme_section(self) -> str | None: ...
    @property
    def known_theme(self) -> KnownTheme | None: ...
    @property
    def consent_to_terms(self) -> bool: ...
    @property
    def terms(self) -> EditionId | None: ...
    @property
    def terms_in_force(self) -> EditionId | None: ...
    @property
    def related(self) -> tuple[RelatedParty, ...]: ...


def terms_are_accepted(submission: Submission) -> None:
    """GL6-1 to GL6-4, GL5-04: who proposes knows the terms in force, and agrees."""
    if not submission.consent_to_terms:
        raise TermsNotAccepted()
    if submission.terms is not None and submission.terms != submission.terms_in_force:
        raise TermsHaveChanged(f"In force is {submission.terms_in_force}.")


def theme_fits_the_kind(submission: Submission) -> None:
    """GL4-1a, GL4-1b: a free proposal is bound to no theme, the other kind to exactly one."""
    named = submission.theme is not None
    if submission.kind == "theme_proposal" and not named:
        raise ThemeMissing()
    if submission.kind == "free_proposal" and (named or submission.theme_section is not None):
        raise ThemeNotForFreeProposal()


def theme_is_open(submission: Submission) -> None:
    """GL4-1b, V20: a theme takes proposals from its first day to its last. V21: free proposals know no such days."""
    if submission.theme is None:
        return
    theme = submission.known_theme
    if theme is None or theme.status == "draft":
        raise NoSuchTheme()
    if theme.status != "open" or not theme.opens <= day(submission.at) <= theme.closes:
        raise ThemeNotOpen(f"It takes them from {theme.opens} to {theme.closes}; it is {theme.status}.")
    if submission.theme_section not in (None, theme.section):
        raise OtherThemeSection(f"It is {theme.section}.")


def entered_by_the_right_hand(entry: Entry) -> None:
    """GL5-01: the window is open on every channel, and the record says truly which one it was."""
    on_the_web = entry.channel == "web"
    if entry.actor.role == Role.PROPOSER and not on_the_web:
        raise ChannelNeedsStaff()
    if entry.actor.role == Role.WINDOW and on_the_web:
        raise ChannelNeedsProposer()


def only_its_proposers_act(actor: Actor, proposers: Collection[str]) -> None:
    """GL5-04, V33: of proposers, whoever submitted the proposal or showed the secret of its receipt."""
    if actor.role == Role.PROPOSER and actor.id not in proposers:
        raise NotTheProposer()


def related_parties_are_in_order(submission: Submission) -> None:
    """Registers are searched by these days (V10)."""
    dates_are_in_order(submission.related)


def dates_are_in_order(related: tuple[RelatedParty, ...]) -> None:
    for party in related:
        if party.from_ and party.to and party.to < party.from_:
            raise RelatedDatesReversed(f"{party.kind}: {party.from_} to {party.to}.")


SUBMISSION: tuple[Callable[[Submission], None], ...] = (
    terms_are_accepted,
    theme_fits_the_kind,
    theme_is_open,
    entered_by_the_right_hand,
    related_parties_are_in_order,
)
