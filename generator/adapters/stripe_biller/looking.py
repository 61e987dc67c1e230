"""What stands in the way of keeping books at Stripe: a cheap look at each thing that is read there."""

from collections.abc import Callable, Iterator
from typing import Any

from generator.adapters.stripe.account import VERSION, Account, Forbidden, Refused, Said, Silent, asked
from generator.model.finding import Finding

WHERE = "the books at Stripe"

_KEY_DO = "look at HOSTED_PAGES_STRIPE_KEY, and in the Dashboard at what that key may do"


class Looking:
    """Looks, and changes nothing."""

    def __init__(self, account: Account, v1: Any) -> None:
        self._account = account
        self._v1 = v1

    def findings(self) -> Iterator[Finding]:
        """Where nothing can be read the rest is not asked."""
        read: dict[str, Callable[..., Any]] = {
            "Prices": self._v1.prices.list,
            "Subscriptions": self._v1.subscriptions.list,
            "Subscription schedules": self._v1.subscription_schedules.list,
            "Invoices": self._v1.invoices.list,
            "Credit notes": self._v1.credit_notes.list,
            "Promotion codes": self._v1.promotion_codes.list,
        }
        for name, page in read.items():
            try:
                found = asked(page, {"limit": 1})["data"]
            except Forbidden:
                yield Finding("books-forbidden", name, "the key may not read them at Stripe", _KEY_DO)
            except Silent as fault:
                yield Finding("books-unreachable", WHERE, str(fault), _KEY_DO)
                return
            except Refused as fault:
                says = f"Stripe refuses to list them in version {VERSION} of its API: {fault}"
                yield Finding("books-refused", name, says, "look into Stripe's log of requests, in the Dashboard")
            else:
                yield from self._mode(name, found)

    def _mode(self, name: str, found: list[Said]) -> Iterator[Finding]:
        for one in found:
            if one["livemode"] is not self._account.live:
                says = f"{one['id']} is of {'real' if one['livemode'] else 'trial'} money, and the key is of the other"
                yield Finding("books-other-mode", name, says, _KEY_DO)
