"""What has to be there before the first case of a load; it is no part of the load, and is not journalled."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from deploy.load.cases import Request
from deploy.load.client import Answer, Client, Cut
from deploy.load.plan import Plan
from deploy.local.trouble import Trouble

TIMES = 5  # each step is asked for, while nobody answers
PAUSE = 0.5  # seconds


class NotPrepared(Trouble):
    """The load cannot begin."""


class NobodyAnswered(Trouble):
    """Not one request was answered."""


async def prepared(client: Client, plans: Iterable[Plan]) -> None:
    """Raises NotPrepared with what stood in the way."""
    for plan in plans:
        today = None
        for at, step in enumerate(plan.steps):
            answer = await _asked(client, Request(plan, at, today))
            if answer.refused:
                raise NotPrepared(f"{step.command} of {step.kind}/{plan.case} was refused: {answer.refused}.")
            today = answer.today or today


async def _asked(client: Client, request: Request) -> Answer:
    for attempt in range(TIMES):
        try:
            return await client.send(request)
        except Cut as cut:
            if attempt + 1 == TIMES:
                raise NotPrepared(
                    f"{request.step.service} does not answer ({cut}). See renkei status."
                ) from None
            await asyncio.sleep(PAUSE)
    raise AssertionError("unreachable")
