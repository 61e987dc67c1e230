"""What is counted for whoever watches: how far customers come, what gateways answer, what waits. Nobody is named.

Each process counts what it did itself, from its start on: it is asked by its own address, and what asks adds them up.
What waits is in the database, and any of them says the same of it.
"""

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

PROCESS = CollectorRegistry()

STEPS = Counter(
    "hosted_pages_steps",
    "Steps that customers sent: `on` where they went on, `again` where they were shown the same step once more.",
    ("workflow", "step", "went"),
    registry=PROCESS,
)
BEGUN = Counter("hosted_pages_walks_begun", "Walks that began.", ("workflow",), registry=PROCESS)
ENDED = Counter(
    "hosted_pages_walks_ended", "Walks that ended, by how they did.", ("workflow", "outcome"), registry=PROCESS
)
ANSWERS = Counter(
    "hosted_pages_gateway_answers",
    "What a gateway answered when it was asked for money, or what became of it.",
    ("gateway", "answer"),
    registry=PROCESS,
)
RESTS = Counter(
    "hosted_pages_gateway_rests",
    "Times that a gateway was left alone for a while, as its answers did not come or it said so.",
    ("gateway",),
    registry=PROCESS,
)


class Waiting(Collector):
    """What waits now, by its kind."""

    def __init__(self, waiting: Mapping[str, int]) -> None:
        self._waiting = waiting

    def collect(self) -> Iterator[Metric]:
        gauge = GaugeMetricFamily("hosted_pages_waiting", "What waits for a worker or a bank.", labels=("what",))
        for what, count in self._waiting.items():
            gauge.add_metric((what,), count)
        yield gauge


def told(waiting: Mapping[str, int]) -> bytes:
    """All of it, in the words of Prometheus."""
    registry = CollectorRegistry()
    registry.register(Waiting(waiting))
    return generate_latest(PROCESS) + generate_latest(registry)
