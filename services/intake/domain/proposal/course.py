"""The course of a case after its acceptance: stages, stops, another edition, a theme that is gone, withdrawal.

Other services tell in any order: what happened before the stage we know is old; an agreement is final. A case that was
stopped stays at its screening, whatever else is told, and remembers where it goes on.
"""

from __future__ import annotations

from datetime import datetime

from chassis.decider import Refused
from contracts.intake import (
    GuidelineMigrated,
    PilotStand,
    Stage,
    StageReached,
    TurnedFree,
    WithdrawalCameTooLate,
)
from services.intake.domain.proposal.commands import (
    FollowRevision,
    MigrateGuideline,
    ReachStage,
    ResumeCase,
    StopCase,
    TurnFree,
)
from services.intake.domain.proposal.state import ENDS, FINAL, STILL_STOPPED, Proposal


class NotSubmitted(Refused):
    """There is no proposal under this case; submit it first."""


class NotReceived(Refused):
    """The proposal is not accepted yet; with its acceptance it is bound to the edition in force."""


class CaseIsOver(Refused):
    """This case has come to its end; submit a new proposal."""


class AlreadyAgreed(Refused):
    """The agreement is signed; it can be ended only by its own terms."""


class EditionNotInForce(Refused):
    """A case can be taken only to the edition in force; name that one."""


class AlreadyUnderEdition(Refused):
    """The case goes by this edition already; there is nothing to migrate."""


def reach(command: ReachStage, state: Proposal) -> list[StageReached]:
    """Where the case is by the latest news; while it is stopped, where it will go on."""
    if state.status != "received" or state.stage == Stage.AGREED or _is_old(command.since, state):
        return []
    if state.stopped and command.stage not in FINAL:
        if command.stage == Stage.SCREENING or (command.stage, command.pilot) == (
            state.remembers,
            state.pilot,
        ):
            return []
        return [_stopped(command.since, command.stage, command.pilot)]
    if command.stage == state.stage and (command.stage != Stage.DIALOGUE or command.pilot == state.pilot):
        return []
    remembers = state.remembers if command.stage == Stage.SCREENING else None
    return [StageReached(stage=command.stage, since=command.since, remembers=remembers, pilot=command.pilot)]


def stop(command: StopCase, state: Proposal) -> list[StageReached]:
    """A case past its screening, also when what is known of it is newer than the adverse fact."""
    if state.status != "received" or state.stage in FINAL | STILL_STOPPED:
        return []  # over, or being looked at
    return [_stopped(_latest(command.since, state), state.stage, state.pilot)]


def resume(command: ResumeCase, state: Proposal) -> list[StageReached]:
    """From a first screening on to matching; a case that was stopped, back to where it was."""
    if state.status != "received" or state.stage not in STILL_STOPPED:
        return []
    if state.remembers is not None:
        since = _latest(command.since, state)
        return [StageReached(stage=state.remembers, since=since, pilot=state.pilot)]
    return [] if _is_old(command.since, state) else [StageReached(stage=Stage.MATCHING, since=command.since)]


def migrate(command: MigrateGuideline, state: Proposal) -> list[GuidelineMigrated]:
    """V32: to the edition in force, with a reason, while the case is running."""
    if state.status in ("new", "submitted", "correction"):
        raise NotSubmitted() if state.status == "new" else NotReceived()
    still_running(state)
    if command.edition != command.in_force:
        raise EditionNotInForce(f"In force is {command.in_force}.")
    if command.edition == state.edition:
        raise AlreadyUnderEdition()
    return [GuidelineMigrated(from_edition=state.edition, to_edition=command.edition, reason=command.reason)]


def follow_revision(command: FollowRevision, state: Proposal) -> list[GuidelineMigrated]:
    """V32: where the new edition says so. What is not accepted yet is bound at its acceptance; what is over, stays."""
    if state.status != "received" or not state.running or state.edition == command.edition:
        return []
    return [GuidelineMigrated(from_edition=state.edition, to_edition=command.edition, reason=command.reason)]


def turn_free(command: TurnFree, state: Proposal) -> list[TurnedFree]:
    """A theme that is gone leaves a free proposal (GL4-1a)."""
    if state.form is None or state.form.theme != command.theme or not state.running:
        return []
    return [TurnedFree(theme=command.theme, reason=command.reason)]


def too_late(state: Proposal) -> list[WithdrawalCameTooLate]:
    """The agreement stands (V33)."""
    return [WithdrawalCameTooLate()] if state.status == "withdrawn" else []


def still_running(state: Proposal) -> None:
    """V33: any state that is no end, before the agreement is signed."""
    if state.status == "new":
        raise NotSubmitted()
    if state.stage == Stage.AGREED:
        raise AlreadyAgreed()
    if state.status in ("lapsed", "withdrawn") or state.stage in ENDS:
        raise CaseIsOver()


def _stopped(since: datetime, goes_on_at: Stage | None, pilot: PilotStand | None) -> StageReached:
    return StageReached(stage=Stage.SCREENING, since=since, remembers=goes_on_at, pilot=pilot)


def _is_old(since: datetime, state: Proposal) -> bool:
    return state.since is not None and since < state.since


def _latest(since: datetime, state: Proposal) -> datetime:
    return since if state.since is None else max(since, state.since)
