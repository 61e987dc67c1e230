"""The merchant's doors to subscriptions that are kept at Stripe."""

from typing import Any

from generator.adapters.stripe.account import asked
from generator.adapters.stripe_biller.accounts import StripeAccounts
from generator.adapters.stripe_biller.closing import Closing
from generator.adapters.stripe_biller.standing import Standing
from generator.adapters.stripe_biller.trouble import unavailable
from generator.model.quote import Refused
from generator.model.subscription import Subscription


class StripeOffice(StripeAccounts):
    """While a customer pays for a change of a subscription it waits: what they are shown they get."""

    _v1: Any
    _standing: Standing
    _closing: Closing

    def end(self, subscription: str, at_once: bool) -> Subscription | Refused:
        sale = self._standing.sale(subscription)
        if sale is None or not sale.object:
            return Refused("not_now")
        if self._issued.under_way(sale.id):
            return Refused("under_way")
        with unavailable():
            said = self._standing.theirs(sale)
            if said is not None and said["status"] != "canceled":
                self._closing.stays(sale)
                if at_once:
                    asked(self._v1.subscriptions.cancel, sale.object, {}, key=f"{sale.id}-ended")
                else:
                    asked(self._v1.subscriptions.update, sale.object, {"cancel_at_period_end": True})
        return self._standing.one(subscription) or Refused("not_now")
