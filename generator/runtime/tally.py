"""What is counted for whoever watches: how far customers come, what gateways answer, what waits. Nobody is named.

Each process counts what it did itself for each merchant, from its start on: it is asked by its own address, and what
asks adds them up. What waits is in the database, and any of them says the same of it.
"""

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector


class Tally:
    """What one process counts for one merchant."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.steps = self._counter(
            "steps",
            "Steps that customers sent: `on` where they went on, `again` where they were shown the same once more.",
            ("workflow", "step", "went"),
        )
        self.begun = self._counter("walks_begun", "Walks that began.", ("workflow",))
        self.ended = self._counter("walks_ended", "Walks that ended, by how they did.", ("workflow", "outcome"))
        self.answers = self._counter(
            "gateway_answers",
            "What a gateway answered when it was asked for money, or what became of it.",
            ("gateway", "answer"),
        )
        self.rests = self._counter(
            "gateway_rests",
            "Times that a gateway was left alone for a while, as its answers did not come or it said so.",
            ("gateway",),
        )

    def _counter(self, name: str, says: str, labels: tuple[str, ...]) -> Counter:
        return Counter(f"hosted_pages_{name}", says, labels, registry=self._registry)

    def told(self, waiting: Mapping[str, int]) -> bytes:
        """All of it, and what waits now by its kind, in the words of Prometheus."""
        now = CollectorRegistry()
        now.register(Waiting(waiting))
        return generate_latest(self._registry) + generate_latest(now)


class Waiting(Collector):
    """What waits now, by its kind."""

    def __init__(self, waiting: Mapping[str, int]) -> None:
        self._waiting = waiting

    def collect(self) -> Iterator[Metric]:
        gauge = GaugeMetricFamily("hosted_pages_waiting", "What waits for a worker or a bank.", labels=("what",))
        for what, count in self._waiting.items():
            gauge.add_metric((what,), count)
        yield gauge
