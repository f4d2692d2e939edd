"""Waiting for a condition, with a bound."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable


async def until(condition: Callable[[], object | Awaitable[object]], within: float = 20.0) -> bool:
    """True as soon as the condition holds; False when it never did within the bound (seconds)."""
    loop = asyncio.get_running_loop()
    end = loop.time() + within
    while loop.time() < end:
        found = condition()
        if await found if inspect.isawaitable(found) else found:
            return True
        await asyncio.sleep(0.02)
    return False
