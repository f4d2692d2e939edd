"""Read model of direct awards under item 1, so that those with one partner, for one purpose, can be added up (V04).

`small_contracts`: one row a case, with its partner and purpose as they are compared. Which of them still stand is
looked up with the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel, Remove
from contracts.agreements import Awarded, AwardedToOther, MethodChosen, ProcurementAbandoned
from contracts.intake import Partner
from contracts.text import folded
from services.agreements.domain.procurement.commands import SmallContract
from services.agreements.domain.procurement.purposes import alike
from services.agreements.domain.procurement.splitting import key_of
from services.agreements.projections.partnerships import Database

SMALL = 1


def project(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case MethodChosen(item=1, partner=Partner() as partner) as fact:
            return [Put(recorded.id, {**_contract(fact), "partner": key_of(partner), "other": False})]
        case AwardedToOther(item=1, organisation=organisation) as fact:
            return [Put(recorded.id, {**_contract(fact), "partner": key_of(organisation), "other": True})]
        case Awarded(item=1) as fact:
            return [Put(recorded.id, _contract(fact))]
        case MethodChosen() | ProcurementAbandoned():
            return [Remove(recorded.id)]
        case _:
            return []


def _contract(fact: MethodChosen | Awarded | AwardedToOther) -> dict[str, Any]:
    return {
        "purpose": folded(fact.purpose),
        "kind": fact.kind,
        "amount_yen": fact.amount_yen,
        "contract_date": fact.contract_date.isoformat(),
    }


SMALL_CONTRACTS = ReadModel("small_contracts", project)

OWN = "select doc from small_contracts where key = $1"
# Those that stand: chosen or awarded and not given up since, withdrawn or excluded; and those that another firm got.
BESIDE = """
select small.key, small.doc from small_contracts small
join partnerships on partnerships.key = small.key
where small.doc ->> 'partner' = $1 and small.key <> $2
  and ((small.doc ->> 'other')::boolean
       or (partnerships.doc ->> 'status' in ('procurement', 'agreement_prep', 'agreed')
           and coalesce(partnerships.doc ->> 'halted', '') <> 'ended'))
order by small.key
"""


async def with_partner(db: Database, case: str, partner: str, purpose: str) -> tuple[SmallContract, ...]:
    """Other cases' small contracts with this partner (its key) for a purpose like this, in order of their cases."""
    rows = await db.fetch(BESIDE, partner, case)
    same = [row for row in rows if alike(purpose, row["doc"]["purpose"])]
    return tuple(SmallContract(case=row["key"], **_shown(row["doc"])) for row in same)


async def beside(db: Database, case: str, partner: str | None = None) -> tuple[SmallContract, ...]:
    """Those with the same partner, or with this one, for the same purpose as that of this case; none if it has none."""
    own = await db.fetchrow(OWN, case)
    if own is None:
        return ()
    return await with_partner(db, case, partner or own["doc"]["partner"], own["doc"]["purpose"])


def _shown(doc: dict[str, Any]) -> dict[str, Any]:
    return {name: doc[name] for name in ("kind", "amount_yen", "contract_date")}
