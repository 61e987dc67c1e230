"""A mail to a customer, ready to go."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Mail:
    """`id` is the same however often it is tried; `about` names the page that it was made from. Times are UTC.

    After `until` nobody could use what it says.
    """

    id: str
    about: str
    to: str
    language: str
    subject: str
    html: str
    text: str
    written: datetime
    until: datetime | None = None
