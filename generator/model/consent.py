"""What a customer agreed to, word for word."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Consent:
    """One box that was shown, and whether it was ticked.

    `says` are the words that stood beside it, in the language in which they were shown, without their links; `document`
    is the address of what they speak of, where there is one. `bundle` is the id of the pages that showed it, `at` UTC.
    """

    workflow: str
    step: str
    field: str
    given: bool
    says: str
    document: str
    language: str
    at: datetime
    bundle: str


@dataclass(frozen=True)
class Agreement:
    """A consent as the biller keeps it: whose it is, and what was begun, changed or paid with it. Empty is nothing."""

    consent: Consent
    customer: str
    subscription: str = ""
    invoice: str = ""
