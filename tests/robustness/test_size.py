"""What is too large is refused at the door: a fact that no record can hold would keep all others from being told."""

from __future__ import annotations

import pytest

from tests.robustness.asking import PROPOSAL, PROPOSER, WINDOW, Asking
from tests.stack import RunningStack

A_MILLION = 1_000_000  # bytes
SIX_BYTES = "\x01"  # in JSON


async def test_a_request_that_fits_into_no_record_is_refused(stack: RunningStack) -> None:
    async with Asking(stack) as office:
        reply = await office.ask(
            "intake/proposal/too-large/submit-proposal", PROPOSER, b" " * A_MILLION + b"{}"
        )
        assert (reply.status, reply.refused) == (413, "TooLarge")
        assert (await office.submit())[1].status == 200


async def test_the_largest_that_is_taken_is_told_and_so_is_what_comes_after(stack: RunningStack) -> None:
    async with Asking(stack) as office:
        refused = await office.ask(
            "intake/proposal/too-large/request-correction", WINDOW, {"items": [SIX_BYTES * 3_999 + "あ"] * 50}
        )
        if refused.status != 413:
            pytest.fail(
                "a request that fits into no record is taken; to send one of a real case would end the relay"
            )
        case, _ = await office.submit()
        items = [SIX_BYTES * 2_950 + "あ"] * 50
        reply = await office.ask(f"intake/proposal/{case}/request-correction", WINDOW, {"items": items})
        assert reply.status == 200
        assert (await office.kept(case, "CorrectionRequested"))["items"] == items
        after, _ = await office.submit(**PROPOSAL)
        assert await office.kept(after, "ProposalSubmitted")
