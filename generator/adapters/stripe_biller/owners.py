"""Who pays, at Stripe: made when they first order something, and told to whom an invoice is made out."""

from typing import Any

from generator.adapters.stripe.account import asked
from generator.adapters.stripe.books import Books
from generator.adapters.stripe.making import customer as named
from generator.model.customer import BillingInfo, Customer


class Owners:
    """The same customers as the gateway's: what one made the other finds."""

    def __init__(self, v1: Any, books: Books) -> None:
        self._v1 = v1
        self._books = books

    def known(self, customer: str) -> str:
        """Who that is at Stripe; empty where they were never heard of there."""
        return self._books.customer(customer)

    def ours(self, id: str) -> str:
        """Whose this is at Stripe; empty where it is nobody's of ours."""
        return self._books.whose(id)

    def told(self, customer: Customer) -> str:
        """Their id there, when Stripe knows how they are billed. Raises what `asked` raises."""
        id = self.known(customer.id)
        if not id:
            id = asked(self._v1.customers.create, named(customer.id), key=f"customer-{customer.id}")["id"]
            self._books.know(customer.id, id)
        asked(self._v1.customers.update, id, {**_billed(customer.billing), "preferred_locales": [customer.language]})
        return id


def _billed(billing: BillingInfo) -> dict[str, Any]:
    address = {
        "line1": billing.address_line1,
        "line2": billing.address_line2,
        "postal_code": billing.postal_code,
        "city": billing.city,
        "state": billing.region,
        "country": billing.country,
    }
    return {"name": billing.company or billing.name, "email": billing.email, "address": address}
