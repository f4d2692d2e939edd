"""A partnership from the first talk to the signature: which rule answers which command.

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from chassis.decider import Decider
from contracts.actors import Role
from services.agreements.domain import dialogue, reconsideration, signing, stops, waiting
from services.agreements.domain.commands import (
    AgreeGoals,
    ClassifyCost,
    ConfirmGoals,
    ConfirmMinutes,
    DecideOutcome,
    EscalateReconsideration,
    EscalateTalks,
    PartnershipCommand,
    RecordDialogue,
    Rematch,
    RequestReconsideration,
    RevokeDecision,
    SignAgreement,
    UpholdDecision,
)
from services.agreements.domain.environment import requests
from services.agreements.domain.environment.commands import (
    GrantResource,
    RefuseResource,
    RequestResource,
)
from services.agreements.domain.evaluation import opening, scoring
from services.agreements.domain.evaluation.commands import (
    Abstain,
    ConcludeEvaluation,
    NameReviewer,
    OpenEvaluation,
    Recuse,
    SubmitScore,
)
from services.agreements.domain.persons import (
    NoteProposers,
    note_proposers,
    only_its_proposers_act,
    partial_persons_take_no_part,
)
from services.agreements.domain.pilot import open_data, personal_data, planning, running
from services.agreements.domain.pilot.commands import (
    AbortPilot,
    CompletePilot,
    ConfirmErasure,
    GrantPermit,
    PlanPilot,
    ReleaseOpenData,
    ReportIncident,
    ReportProgress,
    ResumePilot,
    SkipPilot,
    StartPilot,
    SuspendPilot,
)
from services.agreements.domain.procurement import deciding as procurement
from services.agreements.domain.procurement.commands import COMMANDS as PROCUREMENT
from services.agreements.domain.procurement.commands import ProcurementCommand
from services.agreements.domain.state import Partnership, PartnershipFact, evolve
from services.agreements.domain.told import (
    CloseForWithdrawal,
    EndPartnership,
    FollowGuideline,
    NoteConflict,
    NotePartnerScreening,
    NoteTheme,
    OpenDialogue,
    ReleaseLead,
    ResumePartnership,
    SuspendPartnership,
)


def decide(command: PartnershipCommand, state: Partnership) -> Sequence[PartnershipFact]:
    only_its_proposers_act(command.actor, state.proposers)
    if command.actor.role == Role.SECTION:
        partial_persons_take_no_part(command.actor, state.partial)
    if isinstance(command, ProcurementCommand):
        return procurement.decide(command, state)
    match command:
        case OpenDialogue():
            return dialogue.open_(command, state)
        case ReleaseLead():
            return dialogue.release_lead(command, state)
        case Rematch():
            return dialogue.rematch(command, state)
        case SuspendPartnership():
            return stops.suspend(state)
        case ResumePartnership():
            return stops.resume(state)
        case EndPartnership():
            return stops.end(command, state)
        case FollowGuideline():
            return stops.follow(command, state)
        case NoteTheme():
            return opening.note_theme(command, state)
        case NoteProposers():
            return note_proposers(command, state.proposers)
        case NoteConflict():
            return scoring.note_conflict(command, state)
        case ClassifyCost():
            return dialogue.classify_cost(command, state)
        case RecordDialogue():
            return dialogue.record(command, state)
        case ConfirmMinutes():
            return dialogue.confirm(command, state)
        case AgreeGoals():
            return dialogue.propose_goals(command, state)
        case ConfirmGoals():
            return dialogue.confirm_goals(command, state)
        case PlanPilot():
            return planning.plan(command, state)
        case GrantPermit():
            return planning.grant_permit(command, state)
        case StartPilot():
            return planning.start(command, state)
        case CompletePilot():
            return running.complete(command, state)
        case AbortPilot():
            return running.abort(command, state)
        case ReportIncident():
            return running.report_incident(command, state)
        case ReportProgress():
            return running.report_progress(command, state)
        case SuspendPilot():
            return running.suspend(command, state)
        case ResumePilot():
            return running.resume(command, state)
        case RequestResource():
            return requests.request(command, state)
        case GrantResource():
            return requests.grant(command, state)
        case RefuseResource():
            return requests.refuse(command, state)
        case EscalateTalks():
            return waiting.escalate(command, state)
        case ConfirmErasure():
            return personal_data.confirm_erasure(command, state)
        case ReleaseOpenData():
            return open_data.release(command, state)
        case SkipPilot():
            return planning.skip(command, state)
        case OpenEvaluation():
            return opening.open_(command, state)
        case Abstain():
            return scoring.abstain(command, state)
        case NameReviewer():
            return scoring.name_reviewer(command, state)
        case Recuse():
            return scoring.recuse(command, state)
        case SubmitScore():
            return scoring.score(command, state)
        case ConcludeEvaluation():
            return scoring.conclude(command, state)
        case DecideOutcome():
            return signing.decide_outcome(command, state)
        case RequestReconsideration():
            return reconsideration.request(command, state)
        case UpholdDecision():
            return reconsideration.uphold(command, state)
        case RevokeDecision():
            return reconsideration.revoke(command, state)
        case EscalateReconsideration():
            return reconsideration.escalate(command, state)
        case NotePartnerScreening():
            return signing.note_screening(command, state)
        case SignAgreement():
            return signing.sign(command, state)
        case CloseForWithdrawal():
            return signing.close(command, state)
        case _:
            assert_never(command)


PARTNERSHIP: Decider[PartnershipCommand, Partnership, PartnershipFact] = Decider(
    "partnership",
    (
        OpenDialogue,
        ReleaseLead,
        Rematch,
        SuspendPartnership,
        ResumePartnership,
        EndPartnership,
        FollowGuideline,
        NoteTheme,
        NoteProposers,
        NoteConflict,
        ClassifyCost,
        RecordDialogue,
        ConfirmMinutes,
        AgreeGoals,
        ConfirmGoals,
        PlanPilot,
        GrantPermit,
        StartPilot,
        CompletePilot,
        AbortPilot,
        SkipPilot,
        ReportIncident,
        ReportProgress,
        SuspendPilot,
        ResumePilot,
        ConfirmErasure,
        ReleaseOpenData,
        RequestResource,
        GrantResource,
        RefuseResource,
        EscalateTalks,
        OpenEvaluation,
        Abstain,
        Recuse,
        NameReviewer,
        SubmitScore,
        ConcludeEvaluation,
        DecideOutcome,
        RequestReconsideration,
        UpholdDecision,
        RevokeDecision,
        EscalateReconsideration,
        *PROCUREMENT,
        NotePartnerScreening,
        SignAgreement,
        CloseForWithdrawal,
    ),
    Partnership(),
    decide,
    evolve,
)
