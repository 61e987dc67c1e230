"""Who buys, and how we bill them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Literal, get_args

from generator.model.answer import Answer

AddressPart = Literal["address_line1", "address_line2", "postal_code", "city", "region"]
"""What an address is made of beside its country: not every country has all of it, or in this order."""

ADDRESS: tuple[AddressPart, ...] = get_args(AddressPart)

PostalCodeName = Literal["zip", "pin", "eircode"]
CityName = Literal["district", "post_town", "suburb"]
RegionName = Literal[
    "area",
    "county",
    "department",
    "district",
    "do_si",
    "emirate",
    "island",
    "oblast",
    "parish",
    "prefecture",
    "province",
    "state",
]
AddressName = Literal[""] | PostalCodeName | CityName | RegionName
"""What a part of an address is called in countries that have another word for it; nothing where it is as usual."""


@dataclass(frozen=True)
class BillingInfo:
    """Name and address on the invoice. Empty means not known.

    `country` is ISO 3166-1 alpha-2, `region` a code of ISO 3166-2 where there is one, else its name.
    """

    email: str = ""
    name: str = ""
    company: str = ""
    vat_number: str = ""
    address_line1: str = ""
    address_line2: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    region: str = ""


BILLING_FIELDS = tuple(known.name for known in fields(BillingInfo))


def normal(email: str) -> str:
    """An address as two spellings of it are told to be one: ASCII letters of any size, no space around it.

    Nothing else is taken for the same: letters that only look alike may belong to somebody else's mailbox.
    """
    return email.strip().encode().lower().decode()


CustomerState = Literal["visitor", "enabled", "suspended"]

VISITOR = "visitor-"
"""What our own name for a customer begins with whom the merchant does not know by any name yet."""


@dataclass(frozen=True)
class Customer:
    """A customer as the biller knows them; `id` is ours, `ref` the merchant's own name for them.

    `fields` are what they answered to the merchant's own questions where no subscription keeps it: `<step>.<field>`,
    and in sections of the portal `<section>.<field>`.
    """

    id: str
    ref: str
    language: str = ""
    billing: BillingInfo = BillingInfo()
    terms_days: int = 0
    tags: frozenset[str] = frozenset()
    suspended: bool = False
    fields: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def state(self) -> CustomerState:
        """Whether they may buy, and whether the merchant knows them."""
        return "suspended" if self.suspended else "enabled" if self.claimed else "visitor"

    @property
    def claimed(self) -> bool:
        """Whether the merchant knows them by a name of its own."""
        return not self.ref.startswith(VISITOR)

    @property
    def terms(self) -> bool:
        """Whether the merchant lets this customer pay later by transfer."""
        return self.terms_days > 0


@dataclass(frozen=True)
class CustomerNews:
    """What the merchant says of a customer; None leaves it as it is. `billing` holds only what is said of that."""

    language: str | None = None
    billing: Mapping[str, str] | None = None
    terms_days: int | None = None
    tags: frozenset[str] | None = None
    suspended: bool | None = None

    def of(self, customer: Customer) -> Customer:
        """The customer as they are with it."""
        said = {name: value for name, value in vars(self).items() if value is not None and name != "billing"}
        return replace(customer, **said, billing=replace(customer.billing, **(self.billing or {})))


@dataclass(frozen=True)
class Unclaimed:
    """A customer keeps the name that they have: nobody has this id, the name is somebody else's, or they have one."""

    reason: Literal["unknown", "taken", "claimed_already"]
