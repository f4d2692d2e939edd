"""What is measured with is what it says it is."""

from collections.abc import Callable, Iterator

import pytest

from bench.samples import SAMPLED_ONE_IN, received, submitted
from chassis import telemetry
from contracts.cloudevents import Envelope


@pytest.mark.parametrize("samples", [submitted, received])
def test_of_so_many_cases_one_is_traced(
    samples: Callable[[int], Iterator[Envelope]],
) -> None:
    envelopes = list(samples(100 * SAMPLED_ONE_IN))
    assert sum(telemetry.sampled(envelope.traceparent) for envelope in envelopes) == 100
