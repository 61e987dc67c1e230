"""What is brought to somebody outside, a mail to a customer or word to the merchant, and what comes of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from generator.model.event import Event
from generator.model.mail import Mail

MAIL = "mail"
"""The channel by which customers are reached; any other is the name of one of the merchant's endpoints."""

DeliveryState = Literal["waiting", "done", "dead"]


@dataclass(frozen=True)
class Delivery:
    """One thing for one channel. Times are UTC.

    `about` is the page of a mail or the kind of an event. `due` is when it is tried next, `tries` how often it was
    begun, `said` what they answered last. What was in a mail is forgotten once they have it: then `thing` is None.
    `dead` means that it is tried no more until somebody says so.
    """

    id: str
    channel: str
    about: str
    written: datetime
    due: datetime
    state: DeliveryState
    tries: int
    said: str
    thing: Mail | Event | None


@dataclass(frozen=True)
class Brought:
    """They have it. `said` is what they answered, cut short, where it says more than that."""

    said: str = ""


@dataclass(frozen=True)
class NotNow:
    """They would not take it now, and may later; not before `wait` is over, where they said so.

    `code` is for a log, without a name or an address in it; `why` is what they said, cut short.
    """

    code: str
    why: str = ""
    wait: timedelta | None = None


@dataclass(frozen=True)
class Refused:
    """They will not take this one, however often it is tried."""

    code: str
    why: str = ""


Outcome = Brought | NotNow | Refused
"""All that somebody can answer to whom something is brought; who does not answer at all is `Unavailable`."""
