"""Who buys, and how we bill them."""

from dataclasses import dataclass, fields

BILLING_REQUIRED = ("email", "name", "address_line1", "postal_code", "city", "country")
"""What an invoice cannot do without."""


@dataclass(frozen=True)
class BillingInfo:
    """Name and address on the invoice; `country` is ISO 3166-1 alpha-2. Empty means not known."""

    email: str = ""
    name: str = ""
    company: str = ""
    vat_number: str = ""
    address_line1: str = ""
    address_line2: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""

    @property
    def complete(self) -> bool:
        """Whether an invoice can be made out with this."""
        return all(getattr(self, name) for name in BILLING_REQUIRED)


BILLING_FIELDS = tuple(field.name for field in fields(BillingInfo))


@dataclass(frozen=True)
class Customer:
    """A customer as the biller knows them; `id` is ours, `ref` the merchant's own name for them."""

    id: str
    ref: str
    language: str = ""
    billing: BillingInfo = BillingInfo()
    terms_days: int = 0
    tags: frozenset[str] = frozenset()
    suspended: bool = False

    @property
    def terms(self) -> bool:
        """Whether the merchant lets this customer pay later by transfer."""
        return self.terms_days > 0
