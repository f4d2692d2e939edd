"""What a matching has to keep to. Each rule raises the refusal that bears its name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from chassis.decider import Refused
from contracts.actors import Actor
from contracts.matching import Candidate
from contracts.text import SectionId


class NotOffered(Refused):
    """This case is not offered to your section; only the section that was asked can answer."""


class UnknownSection(Refused):
    """Name only sections of the city, by the edition of the guideline this case is bound to."""


class SectionNamedTwice(Refused):
    """Name each section once."""


class LeadSupportsItself(Refused):
    """Your section leads; name only other sections as supporting."""


class DeclinedBefore(Refused):
    """This section declined the case or gave it back; ask another."""


class CandidatesLeft(Refused):
    """Not every candidate has declined; wait for the section that was asked."""


class NobodyAsked(Refused):
    """No section was asked; propose the case to one before concluding that none takes it on."""


class NotLeadSection(Refused):
    """Only the lead section may do this; your section does not lead this case."""


def only_who_was_asked_answers(actor: Actor, offered_to: SectionId | None) -> SectionId:
    """GL2-3: an answer is the answer of the section that was asked, which is returned."""
    if offered_to is None or actor.section != offered_to:
        raise NotOffered()
    return offered_to


def sections_are_of_the_city(named: Sequence[SectionId], sections: Collection[SectionId]) -> None:
    """V08, for sections: what is named exists in the edition, and is named once."""
    if unknown := [section for section in named if section not in sections]:
        raise UnknownSection(f"Not a section here: {', '.join(unknown)}.")
    if len(set(named)) < len(named):
        raise SectionNamedTwice()


def lead_does_not_support_itself(lead: SectionId, supporting: Sequence[SectionId]) -> None:
    """GL3: a lead section, and others beside it."""
    if lead in supporting:
        raise LeadSupportsItself()


def who_said_no_is_not_asked_again(named: Sequence[SectionId], out: Collection[SectionId]) -> None:
    """V23: a decline leads on, not round in a circle."""
    if again := [section for section in named if section in out]:
        raise DeclinedBefore(f"Asked already: {', '.join(again)}.")


def every_candidate_said_no(candidates: Sequence[Candidate], left: Sequence[Candidate]) -> None:
    """V23: a case ends without a match only after every candidate declined, and there was one."""
    if not candidates:
        raise NobodyAsked()
    if left:
        raise CandidatesLeft(f"Still to answer: {', '.join(each.section for each in left)}.")


def only_the_lead_gives_back(actor: Actor, lead: SectionId | None) -> None:
    """GL2-3: of the sections, only the one that leads can give a case back."""
    if actor.section != lead:
        raise NotLeadSection()
