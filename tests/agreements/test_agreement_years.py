"""What reaches an agreement from elsewhere, what it sets a timer for, and what of it is shown (V09, V27, V30, V31)."""

from __future__ import annotations

import json
from collections.abc import Awaitable
from datetime import date
from typing import Any

import pytest

from chassis.beside import beside
from chassis.deadlines import Cancel, Set
from chassis.projections import Put
from contracts.agreements import (
    AgreementExpired,
    OutcomeDecided,
    PartnerNoted,
    PartnershipClosed,
    ProjectDecided,
)
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.screening import EligibilityDecided, RescreenRequired
from services.agreements.consumers import reactions, years
from services.agreements.deadlines import due
from services.agreements.domain import SuspendPartnership
from services.agreements.domain.agreement import (
    EndProject,
    EndWithAgreement,
    EnterAgreement,
    Expire,
    NoteAgreementScreening,
    ReinstateAgreement,
    RenewAgreement,
    RequestRenewalScreening,
    SuspendAgreement,
)
from services.agreements.projections import PARTNERSHIPS
from services.agreements.projections.agreements import AGREEMENTS, PROJECTS, agreement, found_as_project
from tests.agreements.procuring import COMPETING, PROPOSER, award_other
from tests.agreements.sample import EDITION, NOON, READY, SIGNED, TODAY, case, note, recorded, sign
from tests.agreements.years import (
    EFFECTIVE,
    LAST,
    NOTICED,
    SCREENED,
    SUSPENDED,
    TERMINATED,
    WITH_PROJECTS,
    decide_project,
    enter,
    escalate,
    renew,
    signed,
)
from tests.deciding import Deciding, at

STOPPED = RescreenRequired(clause="GL7-A2", measure="BS-1", reason=Confidential("入札参加停止"), agreed=True)


class Rows:
    """The read models of a few streams, as the queries meet them."""

    def __init__(self, *streams: tuple[str, Deciding[Any, Any, Any]]) -> None:
        self.tables: dict[str, dict[str, dict[str, Any]]] = {}
        for stream, deciding in streams:
            for fact in deciding.history:
                for model in (PARTNERSHIPS, AGREEMENTS, PROJECTS):
                    for change in model.project(recorded(fact, stream)):
                        assert isinstance(change, Put)
                        self.tables.setdefault(model.name, {}).setdefault(change.key, {}).update(change.doc)

    async def fetchrow(self, query: str, *args: Any) -> Any:
        return next(iter(await self.fetch(query, *args)), None)

    async def fetch(self, query: str, *args: Any) -> list[Any]:
        table = query.split(" from ")[1].split()[0]
        rows = [{"key": key, "doc": doc} for key, doc in self.tables.get(table, {}).items()]
        if "'project' = $1" in query:
            live = ("active", "to_decide")
            return [r for r in rows if r["doc"]["project"] == args[0] and r["doc"]["status"] in live]
        if "'agreement' = $1" in query:
            return [row for row in rows if row["doc"]["agreement"] == args[0]]
        return [row for row in rows if row["key"] == args[0]]


async def asked(rows: Rows, fact: Fact, stream: str = "partnership/C01") -> Any:
    following = years(rows)[type(fact)](recorded(fact, stream), NOON)
    return list(await following) if isinstance(following, Awaitable) else list(following)


async def test_a_signature_enters_the_agreement_by_the_edition_that_binds_the_case() -> None:
    signing = READY.after(sign(term_to=date(2024, 10, 31), renews=True))
    [(id_, command)] = await asked(Rows(("partnership/C01", signing)), signing.history[-1])
    assert id_ == "C01"
    assert isinstance(command, EnterAgreement)
    assert (command.lead, command.edition, command.renewal_months, command.notice_days) == (
        "S14",
        EDITION.id,
        12,
        90,
    )
    assert signed.after(command).state.status == "effective"


async def test_v09_a_screening_that_the_case_noted_reaches_its_agreement() -> None:
    [(_, command)] = await asked(Rows(), case.when(note())[0])
    assert isinstance(command, NoteAgreementScreening)
    assert (command.as_of, command.clear) == (TODAY, True)


async def test_an_adverse_fact_reaches_the_agreement_of_a_case_that_is_signed() -> None:
    [(_, command)] = await asked(Rows(("partnership/C01", SIGNED)), STOPPED, "screening/C01")
    assert isinstance(command, SuspendAgreement)
    assert (command.clause, command.measure) == ("GL7-A2", "BS-1")
    for rows in (Rows(), Rows(("partnership/C01", READY))):
        assert await asked(rows, STOPPED, "screening/C01") == []


async def test_only_a_decision_that_lets_a_case_go_on_reinstates() -> None:
    def eligible(resumes: bool) -> EligibilityDecided:
        return EligibilityDecided(
            decision="eligible",
            clauses=(),
            answers=(),
            edition=EDITION.id,
            municipality=EDITION.municipality,
            as_of=TODAY,
            decided_by="H-01",
            resumes=resumes,
        )

    [(_, command)] = await asked(Rows(), eligible(True), "screening/C01")
    assert isinstance(command, ReinstateAgreement)
    assert await asked(Rows(), eligible(False), "screening/C01") == []


async def test_the_case_and_its_agreement_hear_the_same_fact() -> None:
    both = beside(reactions(), years(Rows(("partnership/C01", SIGNED))))[RescreenRequired]
    following = both(recorded(STOPPED, "screening/C01"), NOON)
    assert isinstance(following, Awaitable)
    assert [type(command) for _, command in await following] == [SuspendPartnership, SuspendAgreement]


async def test_a_project_that_ends_by_itself_is_told_to_the_agreement_above() -> None:
    rows = Rows(("agreement/A1", WITH_PROJECTS))
    [lost] = COMPETING.when(award_other())
    for fact in (
        PartnershipClosed(reason="withdrawn"),
        AgreementExpired(term_to=LAST, reason="notice"),
        lost,
    ):
        [(id_, command)] = await asked(rows, fact, "partnership/P1")
        assert id_ == "A1"
        assert isinstance(command, EndProject)
        assert await asked(rows, fact, "partnership/P9") == []
        assert await asked(rows, fact, "partnership/P3") == []  # it had ended before
    going_on = OutcomeDecided(
        outcome="individual_agreement", next="agreement_prep", reasons=Confidential("…"), decided_by="H-01"
    )
    assert await asked(rows, going_on, "partnership/P1") == []


async def test_v31_a_project_that_is_to_end_ends_with_its_own_agreement() -> None:
    [decided] = TERMINATED.when(decide_project("ends"))
    [(id_, command)] = await asked(Rows(), decided, "agreement/A1")
    assert id_ == "P1"
    assert isinstance(command, EndWithAgreement)
    assert (command.clauses, command.edition) == (("GL4-5",), EDITION.id)
    [goes_on] = TERMINATED.when(decide_project("continues"))
    assert isinstance(goes_on, ProjectDecided)
    assert await asked(Rows(), goes_on, "agreement/A1") == []


def timers(stream: Deciding[Any, Any, Any]) -> dict[str, Set]:
    waiting: dict[str, Set] = {}
    for fact in stream.history:
        for deadline in due(recorded(fact, "agreement/A1")):
            if isinstance(deadline, Cancel):
                waiting.pop(deadline.name, None)
            else:
                waiting[deadline.name] = deadline
    return waiting


def test_v30_a_term_that_renews_is_screened_before_and_looked_at_when_it_is_over() -> None:
    waiting = timers(EFFECTIVE)
    assert waiting["term"].due_at == at("2025-04-01 00:00")
    assert isinstance(waiting["term"].command, RenewAgreement)
    assert waiting["screening"].due_at == at("2025-03-02 00:00")  # the first day whose screening counts
    assert isinstance(waiting["screening"].command, RequestRenewalScreening)
    assert timers(SCREENED.after(renew()))["term"].due_at == at("2026-04-01 00:00")


def test_v30_what_renews_no_more_expires_with_its_term() -> None:
    for stream in (NOTICED, signed.after(enter(renews=False))):
        waiting = timers(stream)
        assert set(waiting) == {"term"}
        assert isinstance(waiting["term"].command, Expire)
    assert timers(signed.after(enter(renews=False, term_to=None))) == {}


def test_v31_each_project_to_decide_has_a_timer_until_it_is_decided() -> None:
    assert {name: each.due_at for name, each in timers(TERMINATED).items()} == {
        "project-P1": at("2024-10-31 00:00"),
        "project-P2": at("2024-10-31 00:00"),
    }
    assert set(timers(TERMINATED.after(decide_project()))) == {"project-P2"}


@pytest.mark.parametrize("stream", [EFFECTIVE, NOTICED, SUSPENDED, TERMINATED, EFFECTIVE.after(renew())])
async def test_an_agreement_shows_where_it_stands_without_its_title(stream: Deciding[Any, Any, Any]) -> None:
    shown = await agreement(Rows(("agreement/A1", stream)), "A1")
    assert shown is not None
    assert shown["status"] == stream.state.status
    assert "見守り" not in json.dumps(shown, ensure_ascii=False)


async def test_the_projects_under_it_show_with_the_day_of_their_decision() -> None:
    shown = await agreement(Rows(("agreement/A1", TERMINATED.after(escalate()))), "A1")
    assert shown is not None
    assert shown["projects"] == [
        {"case": "P1", "field": "環境", "status": "to_decide", "decide_by": "2024-10-30", "overdue": True},
        {
            "case": "P2",
            "field": "高齢者福祉",
            "status": "to_decide",
            "decide_by": "2024-10-30",
            "overdue": False,
        },
        {"case": "P3", "field": "環境", "status": "ended", "decide_by": None, "overdue": False},
    ]
    assert await agreement(Rows(), "A1") is None


async def test_v27_a_project_is_judged_by_its_own_partnership() -> None:
    found = await found_as_project(Rows(("partnership/C01", SIGNED), ("agreement/A1", WITH_PROJECTS)), "C01")
    assert found is not None
    assert (found.status, found.cost_class, found.screening_as_of, found.screening_clear) == (
        "agreed",
        "none",
        TODAY,
        True,
    )
    assert found.form == "individual_agreement"
    assert found.partner is None, "nobody has told yet who proposes it"
    named = SIGNED.given(PartnerNoted(partner=PROPOSER))
    of_them = await found_as_project(Rows(("partnership/C01", named)), "C01")
    assert of_them is not None
    assert of_them.partner == PROPOSER.corporate_number
    assert await found_as_project(Rows(), "C01") is None
