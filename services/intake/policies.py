"""When a submission is in order. Each rule raises the refusal that bears its name."""

from __future__ import annotations

from typing import Protocol

from chassis.decider import NotYours, Refused
from contracts.actors import Actor, Role
from contracts.intake import Channel, Kind


class TermsNotAccepted(Refused):
    """Consent to the terms of the guideline first; a proposal is taken only with it."""


class ThemeMissing(Refused):
    """A proposal to a theme says which theme; choose one or submit a free proposal."""


class ThemeNotForFreeProposal(Refused):
    """A free proposal belongs to no theme; leave the theme out or submit to the theme."""


class ChannelNeedsStaff(NotYours):
    """Proposers submit on the web; what comes by counter, phone, post or email is entered by the office."""


class ChannelNeedsProposer(NotYours):
    """The office enters what came by counter, phone, post or email; on the web, proposers submit."""


class Submission(Protocol):
    """What of a submission these rules look at."""

    @property
    def actor(self) -> Actor: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def theme(self) -> str | None: ...
    @property
    def theme_section(self) -> str | None: ...
    @property
    def channel(self) -> Channel: ...
    @property
    def consent_to_terms(self) -> bool: ...


def terms_are_accepted(submission: Submission) -> None:
    """GL6-1 to GL6-4, GL5-04: who proposes knows the terms, and agrees."""
    if not submission.consent_to_terms:
        raise TermsNotAccepted()


def theme_fits_the_kind(submission: Submission) -> None:
    """GL4-1a, GL4-1b: a free proposal is bound to no theme, the other kind to exactly one."""
    named = submission.theme is not None
    if submission.kind == "theme_proposal" and not named:
        raise ThemeMissing()
    if submission.kind == "free_proposal" and (named or submission.theme_section is not None):
        raise ThemeNotForFreeProposal()


def entered_by_the_right_hand(submission: Submission) -> None:
    """GL5-01: the window is open on every channel, and the record says truly which one it was."""
    on_the_web = submission.channel == "web"
    if submission.actor.role == Role.PROPOSER and not on_the_web:
        raise ChannelNeedsStaff()
    if submission.actor.role == Role.WINDOW and on_the_web:
        raise ChannelNeedsProposer()


SUBMISSION = (terms_are_accepted, theme_fits_the_kind, entered_by_the_right_hand)
