"""The merchant's doors to subscriptions that are kept at Stripe."""

from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from generator.adapters.ledger.calendar import begins
from generator.adapters.stripe.account import asked
from generator.adapters.stripe_biller.accounts import StripeAccounts
from generator.adapters.stripe_biller.closing import Closing
from generator.adapters.stripe_biller.sales import Sales
from generator.adapters.stripe_biller.standing import Standing
from generator.adapters.stripe_biller.trouble import unavailable
from generator.model.quote import Refused
from generator.model.subscription import Subscription, SuspendedState
from generator.model.subscription_machine import SUBSCRIPTION


class StripeOffice(StripeAccounts):
    """While a customer pays for a change of a subscription it waits: what they are shown they get."""

    _v1: Any
    _standing: Standing
    _closing: Closing
    _sales: Sales
    _zone: ZoneInfo

    def suspend(
        self, subscription: str, state: SuspendedState, on: date | None = None, resumes: date | None = None
    ) -> Subscription | Refused:
        """Its terms go on at Stripe, and are not invoiced. It begins and ends in the term that is paid for: what came
        between would be a term of its own."""
        assert not resumes or state == "suspended_agent", "only what is put on hold goes on by itself"
        found, sale = self._standing.one(subscription), self._standing.sale(subscription)
        if found is None or sale is None or not sale.object:
            return Refused("not_now")
        if found.state == ("" if on else state):
            return found
        if self._issued.under_way(sale.id):
            return Refused("under_way")
        later = on if on is not None and on > self._standing.today else None
        within = all(day is None or day <= found.period_end for day in (later, resumes))
        if not within or not SUBSCRIPTION.allows(found.state, "hold_planned" if later else "suspended"):
            return Refused("not_now")
        pause: dict[str, Any] = {"behavior": "keep_as_draft"}
        if resumes:
            pause["resumes_at"] = int(begins(resumes, self._zone).timestamp())
        with unavailable():
            sale = self._closing.stays(sale)
            asked(self._v1.subscriptions.update, sale.object, {"pause_collection": pause})
        held = replace(sale.sold, state=state, ends=later, resumes=resumes)
        held = replace(held, period_start=found.period_start, period_end=found.period_end)
        self._sales.change(sale.id, held, sale.then)
        return self._standing.one(subscription) or Refused("not_now")

    def resume(self, subscription: str) -> Subscription | Refused:
        found, sale = self._standing.one(subscription), self._standing.sale(subscription)
        if found is None or sale is None or not sale.object:
            return Refused("not_now")
        if self._issued.under_way(sale.id):
            return Refused("under_way")
        over = found.suspended and found.period_end <= self._standing.today
        if over or not SUBSCRIPTION.allows(found.state, "resumed"):
            return Refused("not_now")
        with unavailable():
            self._closing.stays(sale)
            if found.state == "active_delayed_termination":
                asked(self._v1.subscriptions.update, sale.object, {"cancel_at_period_end": False})
        return self._standing.one(subscription) or Refused("not_now")

    def end(self, subscription: str, at_once: bool) -> Subscription | Refused:
        sale = self._standing.sale(subscription)
        if sale is None or not sale.object:
            return Refused("not_now")
        if self._issued.under_way(sale.id):
            return Refused("under_way")
        with unavailable():
            said = self._standing.theirs(sale)
            if said is not None and said["status"] != "canceled":
                now = at_once or self._standing.read(sale, said).suspended
                self._closing.stays(sale)
                if now:
                    asked(self._v1.subscriptions.cancel, sale.object, {}, key=f"{sale.id}-ended")
                else:
                    asked(self._v1.subscriptions.update, sale.object, {"cancel_at_period_end": True})
        return self._standing.one(subscription) or Refused("not_now")
