"""How often somebody may ask for what costs us work and them nothing."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

LOOKS = 120
"""How often a customer may look at a price in a minute: far more than anybody types, far less than a script would."""

MINUTE = timedelta(minutes=1)

MOST_KNOWN = 10_000
"""How many customers are counted at once; whoever was quiet longest is forgotten first."""


class Pace:
    """Counts by the minute, in this process alone: a bound on work, not a promise of fairness."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._counted: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def allows(self, who: str, now: datetime) -> bool:
        """Whether this once more is not too often."""
        with self._lock:
            since, count = self._counted.pop(who, (now, 0))
            if now - since >= MINUTE:
                since, count = now, 0
            self._counted[who] = (since, count + 1)
            if len(self._counted) > MOST_KNOWN:
                self._counted.popitem(last=False)
            return count < self._most
