"""What is to become of a subscription at Stripe when its term is over: another plan, or a pause."""

from datetime import date
from typing import Any

from generator.adapters.stripe.account import Said, asked
from generator.adapters.stripe_biller.previews import on
from generator.adapters.stripe_biller.settled import Settled

_A_DAY = 86400


class Scheduling:
    """`object` is the subscription's id at Stripe. Raises what `asked` raises: then it is done again."""

    def __init__(self, v1: Any) -> None:
        self._v1 = v1

    def change(self, object: str, wanted: list[dict[str, Any]], done: Settled) -> None:
        """A schedule: what it is until its term is over, then what it will be, and then it goes on by itself."""
        made = self._scheduled(object, done)
        first = {**_as_it_is(made), "end_date": made["phases"][0]["end_date"]}
        period = done.plan.period
        length = {"interval": period.unit, "interval_count": period.count}
        then: dict[str, Any] = {"items": wanted, "duration": length, "proration_behavior": "none"}
        if "default_tax_rates" in first:
            then["default_tax_rates"] = first["default_tax_rates"]
        if "discounts" in first and done.quote.discounts:
            then["discounts"] = first["discounts"]
        said: dict[str, Any] = {"phases": [first, then], "end_behavior": "release"}
        if made.get("pause_schedules"):
            said["pause_schedules"] = ""
        asked(self._v1.subscription_schedules.update, made["id"], said)

    def rest(self, object: str, until: date, done: Settled) -> None:
        """It pauses a second before another term would follow, and goes on with a new one on that day."""
        made = self._scheduled(object, done)
        last, goes_on = made["phases"][0]["end_date"], on(until, done.sight.as_of)
        nothing = {"unused_time_from": {"type": "none"}, "outstanding_usage_through": {"type": "none"}}
        pause = {
            "pause": {
                "pause_at": {"type": "timestamp", "timestamp": last - 1},
                "settings": {"type": "subscription", "bill_for": nothing},
            },
            "resume": {
                "resume_at": {"type": "timestamp", "timestamp": goes_on},
                "settings": {
                    "billing_cycle_anchor": "resume_at",
                    "payment_behavior": "resume_on_payment_attempt",
                    "proration_behavior": "none",
                },
            },
        }
        phase = {**_as_it_is(made), "end_date": goes_on + _A_DAY}
        wanted = {"phases": [phase], "pause_schedules": [pause], "end_behavior": "release"}
        asked(self._v1.subscription_schedules.update, made["id"], wanted)

    def let_go(self, said: Said) -> None:
        """What was scheduled for this subscription does not happen."""
        if said.get("schedule"):
            asked(self._v1.subscription_schedules.release, said["schedule"])

    def _scheduled(self, object: str, done: Settled) -> Said:
        """The schedule that has it, one phase long. One that is there, because an earlier try broke off or something
        else was to happen, is made another."""
        said = asked(self._v1.subscriptions.retrieve, object)
        if said["cancel_at_period_end"]:
            # What is to end has no next term.
            goes_on = {"cancel_at_period_end": False}
            said = asked(self._v1.subscriptions.update, object, goes_on, key=f"{done.key}-stays")
        if said.get("schedule"):
            return asked(self._v1.subscription_schedules.retrieve, said["schedule"])
        made = {"from_subscription": object}
        return asked(self._v1.subscription_schedules.create, made, key=f"{done.key}-scheduled")


def _as_it_is(schedule: Said) -> dict[str, Any]:
    """The first phase of a schedule, as it is said again: without its end."""
    now = schedule["phases"][0]
    said: dict[str, Any] = {
        "items": [{"price": one["price"], "quantity": one["quantity"]} for one in now["items"]],
        "start_date": now["start_date"],
    }
    if now.get("default_tax_rates"):
        said["default_tax_rates"] = [one["id"] if isinstance(one, dict) else one for one in now["default_tax_rates"]]
    if now.get("discounts"):
        said["discounts"] = [{"discount": one["discount"]} for one in now["discounts"]]
    return said
