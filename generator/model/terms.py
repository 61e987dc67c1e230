"""How may be paid, and how often may be tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

MethodKind = Literal["card", "sepa"]
OfflineKind = Literal["transfer"]


@dataclass(frozen=True)
class CoolDown:
    """After so many tries that a bank declined within so many minutes there is no other one until that is past."""

    declines: int = 5
    minutes: int = 60

    @property
    def span(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    def until(self, declined: Sequence[datetime], now: datetime) -> datetime | None:
        """When the next try may be made; None where that is now. `declined` are the times, the oldest first."""
        recent = [at for at in declined if at + self.span > now]
        return recent[-self.declines] + self.span if len(recent) >= self.declines else None


FIVE_AN_HOUR = CoolDown()
"""Where nothing else is said."""
