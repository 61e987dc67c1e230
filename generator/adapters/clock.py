"""The machine's clock, and one that can be set for tests and demonstrations."""

from datetime import UTC, datetime, timedelta


class SystemClock:
    """What time it is."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class TravellingClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def travel(self, time: timedelta) -> None:
        """Move on, or with less than nothing, back."""
        self._at += time
