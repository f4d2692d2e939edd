"""What is measured with is what it says it is."""

import pytest

from bench.samples import SAMPLED_ONE_IN, received, submitted
from chassis import telemetry


@pytest.mark.parametrize("samples", [submitted, received])
def test_of_so_many_cases_one_is_traced(samples: object) -> None:
    envelopes = list(samples(100 * SAMPLED_ONE_IN))  # type: ignore[operator]
    assert sum(telemetry.sampled(envelope.traceparent) for envelope in envelopes) == 100
