"""One request to Stripe at a time: not while it rests, and not sooner again than it says."""

import time
from collections.abc import Mapping
from typing import Any

from stripe import APIConnectionError, RequestsClient
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from generator.adapters.stripe.breaker import Breaker, Resting

SOON = 2.0
"""Seconds that a customer may be kept waiting because Stripe says to: what takes longer is not asked again at once."""

_BUSY = frozenset((429, 503))


class Rests(APIConnectionError):  # type: ignore[misc]
    """Nothing was sent."""


class Sender(RequestsClient):  # type: ignore[misc]
    """Stripe's library repeats what was lost, and what failed there. It looks at no `Retry-After`: that is ours."""

    def __init__(self, breaker: Breaker, timeout: tuple[float, float]) -> None:
        super().__init__(timeout=timeout)
        self._breaker = breaker

    def request(self, method: str, url: str, headers: Mapping[str, str], post_data: Any = None, **more: Any) -> Any:
        """Body, status and headers, as the library wants them. Raises its `APIConnectionError`."""
        answer, wait = self._once(method, url, headers, post_data, **more)
        if 0 < wait <= SOON:
            time.sleep(wait)
            answer, _ = self._once(method, url, headers, post_data, **more)
        return answer

    def _once(self, *asked: Any, **more: Any) -> tuple[Any, float]:
        """The answer, and how long Stripe says to wait, in seconds."""
        try:
            turn = self._breaker.ask()
        except Resting as fault:
            raise Rests(str(fault), should_retry=False) from fault
        try:
            answer = super().request(*asked, **more)
        except APIConnectionError:
            self._breaker.missed(turn)
            raise
        _, status, said = answer
        wait = _wait(said.get("Retry-After", "")) if status in _BUSY else 0.0
        if status >= 500 or status in _BUSY or "json" not in said.get("Content-Type", ""):
            self._breaker.missed(turn, wait if wait > SOON else 0.0)
        else:
            self._breaker.heard(turn)
        return answer, wait


def _wait(said: str) -> float:
    """Seconds, from a number or a date; 0 where it says nothing that can be understood."""
    try:
        return float(Retry().parse_retry_after(said)) if said else 0.0
    except InvalidHeader:
        return 0.0
