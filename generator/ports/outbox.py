"""What is to be brought to somebody outside: it waits here until they have it, or nobody hopes so any more."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from generator.model.delivery import Delivery, DeliveryState
from generator.model.endpoint import Endpoint
from generator.model.event import Event, Happening
from generator.model.mail import Mail


class Outbox(Protocol):
    """What one call saves, it saves whole or not at all. Any call may raise `Unavailable`."""

    def post(self, mail: Mail) -> None:
        """Put a mail in; one with the same id is already there and stays as it is."""
        ...

    def outbox(self, now: datetime, most: int) -> Sequence[Mail]:
        """Mails to be tried now, the oldest first. Whoever looks takes none."""
        ...

    def publish(self, source: str, happening: Happening, ref: str, at: datetime) -> Event:
        """Make it an event with the next number, and put it in for each endpoint that wants it.

        The same source again is the same event, with the number that it has. `ref` is the customer's.
        """
        ...

    def take(self, now: datetime, until: datetime, besides: Collection[str] = ()) -> Delivery | None:
        """What has waited longest, through none of the channels `besides`; nobody else is given it until then.

        That it was begun counts as a try, so that what kills us is not tried for ever.
        """
        ...

    def brought(self, id: str, said: str = "") -> None:
        """They have it. What was in a mail is forgotten."""
        ...

    def put_off(self, id: str, until: datetime, said: str) -> None:
        """It is tried again then."""
        ...

    def give_up(self, id: str, said: str) -> None:
        """It is dead: kept whole, and tried no more until somebody says so."""
        ...

    def deliveries(self, state: DeliveryState, channel: str = "", most: int = 100) -> Sequence[Delivery]:
        """The newest first, of one channel where that is said."""
        ...

    def revive(self, ids: Collection[str], now: datetime) -> int:
        """Dead ones of these ids wait again, as if never tried. Answers how many there were."""
        ...

    def events(self, after: int, most: int) -> Sequence[Event]:
        """In the order of their numbers, from the first behind `after` on."""
        ...

    def bring_again(self, endpoint: str, event: Event, now: datetime) -> None:
        """The event waits for this endpoint, as if it had never been brought there, whether it had or not."""
        ...

    def endpoints(self) -> Sequence[Endpoint]:
        """By their names."""
        ...

    def put_endpoint(self, endpoint: Endpoint) -> None:
        """Keep it, in place of what was called so before."""
        ...

    def switch_off(self, name: str, why: str) -> None:
        """Nothing is brought there any more; what waits for it is dead."""
        ...

    def remove_endpoint(self, name: str) -> bool:
        """Forget it, and all that waits for it. False where nothing is called so."""
        ...
