"""What a matching has to keep to. Each rule raises the refusal that bears its name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from chassis.decider import Refused
from contracts.actors import Actor, Role
from contracts.matching import Candidate, LeftOut
from contracts.text import ClauseId, SectionId, folded
from guidelines import Edition


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
    """Not every candidate has declined; wait for the section that was asked, or ask the next one."""


class NobodyAsked(Refused):
    """No section was asked, and no ranking says that none fits; propose the case to one first."""


class SectionFull(Refused):
    """Your section leads as many cases as it can; end one, raise your capacity, or decline."""


class SectionInConflict(Refused):
    """Everybody in this section is partial in this case; leave it out."""


class OfficerInConflict(Refused):
    """You are partial in this case; somebody else decides and answers."""


class NobodyNamed(Refused):
    """Name the person who is partial, or say that the whole section is."""


class ClauseMissing(Refused):
    """A decision that ends a case rests on a clause; name one at least, besides the reasons."""


class NoSuchClause(Refused):
    """The edition that binds this case has no such clause; cite one that stands in it."""


class OnlyForYourself(Refused):
    """You can declare what makes you or your own section partial; for others the office does."""


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


def no_section_leads_more_than_it_can(section: SectionId, full: Sequence[LeftOut]) -> None:
    """GL2-3: a match holds only where the section can do the work."""
    for each in full:
        if each.section == section:
            raise SectionFull(f"{each.running} of {each.capacity}.")


def partial_sections_stay_out(named: Sequence[SectionId], partial: Collection[SectionId]) -> None:
    """V19: who is partial sees nothing of the case, and so is not asked."""
    if found := [section for section in named if section in partial]:
        raise SectionInConflict(f"Partial: {', '.join(found)}.")


def partial_persons_decide_nothing(actor: Actor, partial: Collection[str]) -> None:
    """V19: an officer who is partial takes no part, whatever section he works in by now."""
    if actor.id in partial:
        raise OfficerInConflict()


def a_conflict_is_somebodys(person: str | None, whole_section: bool) -> None:
    """V19: who is to be kept out is named."""
    if person is None and not whole_section:
        raise NobodyNamed()


def officers_speak_for_themselves(actor: Actor, section: SectionId, person: str | None) -> None:
    """V19: of sections, each officer declares what concerns him or his own section; the office declares for all."""
    if actor.role == Role.SECTION and (actor.section != section or person not in (None, actor.id)):
        raise OnlyForYourself()


def every_candidate_said_no(
    offered_to: SectionId | None, considered: bool, left: Sequence[Candidate], full: Collection[SectionId]
) -> None:
    """V23: a case ends without a match only when nobody is being asked and nobody could be: after every candidate
    declined, or where the ranking says that none fits. Who leads as many cases as they can cannot be asked.
    """
    if not considered:
        raise NobodyAsked()
    could = [each.section for each in left if each.section not in full or each.section == offered_to]
    if could:
        raise CandidatesLeft(f"Still to answer: {', '.join(could)}.")


def a_refusal_cites_its_clauses(edition: Edition, clauses: Sequence[ClauseId]) -> None:
    """V07: one clause at least. V08: and it stands in the edition of the case."""
    if not clauses:
        raise ClauseMissing()
    known = {clause.id for clause in edition.clauses}
    if unknown := [clause for clause in clauses if clause not in known]:
        raise NoSuchClause(f"{edition.id} has no {', '.join(unknown)}.")


_LEGAL_FORM = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|合名会社|\((?:株|有|同|資|名)\)|"
    r"(?:一般|公益)(?:社団|財団)法人|特定非営利活動法人|npo法人"
)


def plain_name(name: str) -> str:
    """What two spellings of one organisation's name share: width, case, blanks and legal form make no difference."""
    alike = folded(name)
    return _LEGAL_FORM.sub("", alike) or alike
