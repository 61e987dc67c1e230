"""What a customer may use now: read it from here, never from an address that a browser brings."""

from generator.model.catalog import Option
from generator.model.subscription import Subscription
from generator.runtime.merchant import customers
from generator.runtime.merchant.told import EntitlementsTold, EntitlementTold, OptionTold
from generator.runtime.parts import Parts


def show(parts: Parts, ref: str) -> EntitlementsTold:
    """Of each subscription that runs or is on hold, newest first. Who is on hold themselves may use nothing."""
    customer = customers.find(parts, ref)
    all = parts.biller.subscriptions(customer.id)
    given = [_of(parts, one, customer.suspended) for one in all if one.active or one.suspended]
    plans = sorted({one.plan for one in given if one.active})
    return EntitlementsTold(customer=customer.ref, active=bool(plans), plans=plans, subscriptions=given)


def _of(parts: Parts, subscription: Subscription, on_hold: bool) -> EntitlementTold:
    active = subscription.active and not on_hold
    return EntitlementTold(
        subscription=subscription.id,
        plan=subscription.plan.ref,
        state=subscription.state,
        active=active,
        until=min(filter(None, (subscription.period_end, subscription.ends))) if active else None,
        options=_options(parts, subscription) if active else {},
    )


def _options(parts: Parts, subscription: Subscription) -> dict[str, OptionTold]:
    chosen = {option.ref: _chosen(option, subscription) for option in subscription.plan.choices}
    counted = {
        one.option.ref: OptionTold(kind="consumption", used=one.used, included=one.option.included, left=one.left)
        for one in (parts.biller.consumption(subscription.id) if subscription.plan.consumptions else ())
    }
    return {**chosen, **counted}


def _chosen(option: Option, subscription: Subscription) -> OptionTold:
    value = subscription.options.get(option.ref, 0)
    if option.kind == "switch":
        return OptionTold(kind="switch", on=bool(value))
    return OptionTold(kind="quantity", quantity=int(value))
