"""What a screening has to keep to. Each rule raises the refusal that bears its name.

`ANSWERS` and `REGISTERS` hold for what staff hand in, `BEFORE_…` until the rule of the edition is asked for a decision,
`ELIGIBLE` and `INELIGIBLE` for what it says.
"""

from services.screening.policies.answers import (
    ANSWERS,
    ClauseAnsweredTwice,
    ClauseUnanswered,
    Sheet,
    UnknownClause,
)
from services.screening.policies.decision import (
    BEFORE_ELIGIBLE,
    BEFORE_INELIGIBLE,
    ELIGIBLE,
    INELIGIBLE,
    Case,
    ClauseApplies,
    NoClauseApplies,
    ScreeningIncomplete,
)
from services.screening.policies.dossier import Dossier, Flagged
from services.screening.policies.flags import (
    FlagIsCertain,
    FlagUnanswered,
    NoSuchFlag,
    counting,
    every_flag_is_answered,
    unanswered,
)
from services.screening.policies.mayor import (
    MayorFindingLeftOut,
    MayorFindingMissing,
    NotADelegate,
    a_delegate_acts_as_delegated,
)
from services.screening.policies.registers import (
    REGISTERS,
    DayNotYetCome,
    EntryMissing,
    Lookup,
    Measure,
    MeasureInForce,
    MeasureNotInForce,
    MeasureUnknown,
    RegisterOfAnotherDay,
    cited,
    reaches,
)

__all__ = [
    "ANSWERS",
    "BEFORE_ELIGIBLE",
    "BEFORE_INELIGIBLE",
    "ELIGIBLE",
    "INELIGIBLE",
    "REGISTERS",
    "Case",
    "ClauseAnsweredTwice",
    "ClauseApplies",
    "ClauseUnanswered",
    "DayNotYetCome",
    "Dossier",
    "EntryMissing",
    "FlagIsCertain",
    "FlagUnanswered",
    "Flagged",
    "Lookup",
    "MayorFindingLeftOut",
    "MayorFindingMissing",
    "Measure",
    "MeasureInForce",
    "MeasureNotInForce",
    "MeasureUnknown",
    "NoClauseApplies",
    "NoSuchFlag",
    "NotADelegate",
    "RegisterOfAnotherDay",
    "ScreeningIncomplete",
    "Sheet",
    "UnknownClause",
    "a_delegate_acts_as_delegated",
    "cited",
    "counting",
    "every_flag_is_answered",
    "reaches",
    "unanswered",
]
