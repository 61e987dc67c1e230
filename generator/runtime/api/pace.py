"""How much one caller may ask: so many requests a minute, and then a pause."""

import threading
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)


class Pace:
    """Counted for each caller in each process, by windows of a minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._asked: dict[str, tuple[datetime, int]] = {}

    def wait(self, caller: str, now: datetime) -> int:
        """How many seconds the caller has to wait; 0 where this request is in time."""
        with self._lock:
            began, count = self._asked.get(caller, (now, 0))
            if not began <= now < began + MINUTE:
                began, count = now, 0
            if len(self._asked) > 10_000:
                self._asked.clear()
            self._asked[caller] = (began, count + 1)
        return 0 if count < self._most else max(int((began + MINUTE - now).total_seconds()), 1)
