"""What the calendar does to a subscription without anybody asking."""

from dataclasses import replace
from datetime import date

from generator.model.subscription import Subscription


def on(subscription: Subscription, today: date) -> Subscription:
    """The subscription as it is on this day: what was to end by then has ended."""
    if subscription.ends is None or today < subscription.ends:
        return subscription
    match subscription.state:
        case "active_delayed_termination":
            return replace(subscription, state="ended_terminated")
    return subscription
