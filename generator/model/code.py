"""A code that was mailed to an address, by which whoever reads its mail signs in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

GOOD_FOR = timedelta(minutes=10)

TRIES = 5
"""How often one may be typed wrong; after that another one has to be asked for."""

MOST_ASKED = 5
"""How many an address is sent within the time in which they are counted."""

COUNTED_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Code:
    """`address` and `digest` are keyed hashes of the address and of the code: neither can be read from them."""

    address: str
    digest: str
    asked: datetime

    @property
    def until(self) -> datetime:
        """When it is over."""
        return self.asked + GOOD_FOR
