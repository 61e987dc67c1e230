"""Who brings word of events to the merchant's application."""

from datetime import datetime
from typing import Protocol

from generator.model.delivery import Outcome
from generator.model.endpoint import Endpoint
from generator.model.event import Event
from generator.ports.trouble import Unavailable


class Messenger(Protocol):
    def tell(self, endpoint: Endpoint, event: Event, now: datetime) -> Outcome:
        """Bring it there, signed for this moment. Raises `Unavailable` where nobody answers.

        An answer may get lost: the same event twice may arrive twice, by one id.
        """
        ...


class Mute:
    """Where no key is set to sign by: what waits goes on waiting, and says why."""

    def tell(self, endpoint: Endpoint, event: Event, now: datetime) -> Outcome:
        raise Unavailable("HOSTED_PAGES_WEBHOOK_KEYS is not set: nothing can be signed")
