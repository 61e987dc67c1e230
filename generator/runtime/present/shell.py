"""What every page has."""

from dataclasses import dataclass

from generator.model.customer import Customer
from generator.model.live.parts import Url, Who
from generator.runtime import addresses


@dataclass(frozen=True)
class Frame:
    """What the request itself says: goes to every page as it is."""

    here: Url
    csrf: str
    who: Who | None


def who(customer: Customer | None) -> Who | None:
    """The customer who is signed in, as they would call themselves: the merchant's name for them may mean nothing."""
    if customer is None:
        return None
    billing = customer.billing
    return Who(billing.name or billing.company or billing.email, addresses.portal(), addresses.sign_out())
