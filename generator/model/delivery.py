"""What comes of bringing something to somebody outside: a mail to a customer, word to the merchant's application."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Brought:
    """They have it."""


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
