"""What the operator's page shows of each service's metrics."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

_PATIENCE = aiohttp.ClientTimeout(total=1)


@dataclass(frozen=True)
class Gauges:
    """None where the service does not say."""

    outbox: float | None = None
    lag: float | None = None
    dead_letters: float | None = None


async def read_gauges(session: aiohttp.ClientSession, services: Mapping[str, str]) -> dict[str, Gauges]:
    """The gauges of each service, by name, asked for at its address; all at once."""
    answers = await asyncio.gather(*(_read(session, address) for address in services.values()))
    return dict(zip(services, answers, strict=True))


async def _read(session: aiohttp.ClientSession, address: str) -> Gauges:
    try:
        async with session.get(f"http://{address}/metrics", timeout=_PATIENCE) as answer:
            return gauges_in(await answer.text())
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return Gauges()


def gauges_in(text: str) -> Gauges:
    """Sums over all labels: an operator wants to see at one glance whether anything waits."""
    sums: dict[str, float] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == family.name:
                sums[sample.name] = sums.get(sample.name, 0.0) + sample.value
    return Gauges(
        sums.get("renkei_outbox_depth"),
        sums.get("renkei_consumer_lag_records"),
        sums.get("renkei_dead_letters"),
    )
