"""Read model of agreements.

`partnerships`: where each case stands from its first talk to its end; nothing of what the sides said to each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.agreements import (
    AgreementSigned,
    Awarded,
    AwardedToOther,
    CostClassified,
    DecisionRevoked,
    DecisionUpheld,
    DialogueHeld,
    DialogueOpened,
    EvaluationOpened,
    GoalsProposed,
    GoalsShared,
    GuidelineFollowed,
    IncidentReported,
    LeadReleased,
    MethodChosen,
    OutcomeDecided,
    PartnerNoted,
    PartnerScreeningNoted,
    PartnershipClosed,
    PartnershipEnded,
    PartnershipResumed,
    PartnershipSuspended,
    PaymentRecorded,
    PilotAborted,
    PilotCompleted,
    PilotEvaluated,
    PilotJudgedUnnecessary,
    PilotPlanned,
    PilotResumed,
    PilotStarted,
    PilotSuspended,
    ProcurementAbandoned,
    ProcurementOpened,
    ProgressReported,
    ProposersNoted,
    ReconsiderationRequested,
    RematchRequested,
    SpecificationPublished,
    SplitOrderFound,
    SplitOrderResolved,
    ThemeNoted,
)
from services.agreements.domain.procurement.splitting import key_of


class Database(Protocol):
    """A connection or a pool; `doc` comes decoded."""

    async def fetch(self, query: str, *args: Any) -> Any: ...
    async def fetchrow(self, query: str, *args: Any) -> Any: ...


def project(recorded: Recorded) -> Sequence[Change]:
    changes = _changes(recorded)
    return [Put(recorded.id, changes)] if changes else []


def _changes(recorded: Recorded) -> dict[str, Any]:
    match recorded.fact:
        case DialogueOpened() as fact:
            opened = fact.model_dump(mode="json", include={"lead", "supporting", "edition"})
            return {**opened, "status": "dialogue", "goals_shared": False}
        case LeadReleased() | RematchRequested():
            return {"status": "waits_for_match", "lead": None, "supporting": [], **NO_COST, **NO_PROCUREMENT}
        case PartnershipSuspended():
            return {"halted": "suspended"}
        case PartnershipResumed():
            return {"halted": None}
        case PartnershipEnded():
            return {"halted": "ended"}
        case GuidelineFollowed() as fact:
            return {"edition": fact.edition}
        case ThemeNoted() as fact:
            return {"theme": fact.theme}
        case ProposersNoted() as fact:
            return {"proposers": list(fact.persons)}
        case CostClassified() as fact:
            return {
                "cost_class": fact.class_,
                "amount_yen": fact.amount_yen,
                "approved_by_finance": fact.approved_by_finance,
            }
        case DialogueHeld() as fact:
            return {"last_dialogue": fact.held_on.isoformat()}
        case GoalsProposed():
            return {"goals_shared": False}
        case GoalsShared():
            return {"goals_shared": True}
        case PilotPlanned() as fact:
            planned = fact.model_dump(mode="json", include={"starts_on", "ends_on", "permits", "insurance"})
            return {"status": "pilot_prep", "plan": planned}
        case PilotStarted() | PilotResumed():
            return {"status": "pilot_running", "suspended_for": None}
        case PilotSuspended() as fact:
            return {"status": "pilot_suspended", "suspended_for": fact.cause}
        case IncidentReported() as fact:
            return {"incidents": fact.number}
        case ProgressReported() as fact:
            return {"last_progress": fact.as_of.isoformat()}
        case PilotCompleted() | PilotAborted() | PilotJudgedUnnecessary():
            return {"status": "evaluation", "suspended_for": None}
        case EvaluationOpened() as fact:
            return {"evaluation": fact.model_dump(mode="json", include={"criteria", "min_total", "quorum"})}
        case PilotEvaluated() as fact:
            return {"pilot": fact.pilot, "total": fact.total}
        case OutcomeDecided() as fact:
            last = fact.reconsider_by.isoformat() if fact.reconsider_by else None
            return {"status": fact.next, "outcome": fact.outcome, "reconsider_by": last}
        case ReconsiderationRequested() as fact:
            last = fact.decide_by.isoformat() if fact.decide_by else None
            return {"status": "reconsideration", "decide_by": last}
        case DecisionUpheld():
            return {"status": "not_established", "decide_by": None}
        case DecisionRevoked():
            return {"status": "evaluation", **NOT_EVALUATED}
        case PartnerNoted() as fact:
            return {"partner": key_of(fact.partner)}
        case ProcurementOpened():
            return {"status": "procurement"}
        case MethodChosen() as fact:
            return {"method": fact.model_dump(mode="json", include=CHOSEN), "split_order": None}
        case SplitOrderFound() as fact:
            return {"split_order": {**fact.model_dump(mode="json"), "resolved": False}}
        case SplitOrderResolved() as fact:
            looked_at = fact.model_dump(mode="json", include={"total_yen", "cases"})
            return {"split_order": {**looked_at, "resolved": True}}
        case SpecificationPublished() as fact:
            return {"specification": fact.model_dump(mode="json")}
        case Awarded() as fact:
            award = fact.model_dump(mode="json", include=AWARDED)
            return {"status": "agreement_prep", "award": award}
        case AwardedToOther():
            return {"status": "not_established"}
        case ProcurementAbandoned():
            weighed = {"evaluation": None, "pilot": None, "total": None, "outcome": None, "plan": None}
            return {"status": "dialogue", **weighed, **NO_COST, **NO_PROCUREMENT}
        case PaymentRecorded() as fact:
            return {"paid_yen": fact.total_yen}
        case PartnerScreeningNoted() as fact:
            return {"screening": fact.model_dump(mode="json")}
        case AgreementSigned() as fact:
            signed = {"form", "signed_on", "screening_as_of", "term_from", "term_to"}
            return {"status": "agreed", "agreement": fact.model_dump(mode="json", include=signed)}
        case PartnershipClosed():
            return {"status": "closed"}
        case _:
            return {}


NOT_EVALUATED = dict.fromkeys(("evaluation", "pilot", "total", "outcome", "reconsider_by", "decide_by"))
NO_COST = {"cost_class": None, "amount_yen": None, "approved_by_finance": False}
NO_PROCUREMENT = {"method": None, "split_order": None, "specification": None, "award": None}
CHOSEN = {"method", "item", "kind", "purpose", "amount_yen", "contract_date", "limit_yen"}
AWARDED = {"amount_yen", "contract_date", "term_from", "term_to", "awarded_on"}

PARTNERSHIPS = ReadModel("partnerships", project)

PARTNERSHIP = "select key, doc from partnerships where key = $1"


async def partnership(db: Database, case_id: str) -> dict[str, Any] | None:
    """Where a partnership stands: status, lead, supporting, edition, goals_shared, and once there are any: cost_class,
    amount_yen, approved_by_finance, last_dialogue, plan, incidents, suspended_for, last_progress, evaluation, pilot,
    total, outcome, screening, agreement, theme, method, split_order, specification, award, paid_yen, partner (as it
    is compared), and halted: `suspended` while an adverse fact stands against it, `ended` when found not eligible.

    None when there is no such case. A case that waits for its match may have a screening only, and no status yet.
    """
    row = await db.fetchrow(PARTNERSHIP, case_id)
    return {"case": row["key"], "status": "waits_for_match", **row["doc"]} if row else None
