"""How an account that was never moved to the newest version calls things: the words that Stripe has changed since."""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from stripe._api_version import _ApiVersion
from stripe.params._subscription_schedule_create_params import SubscriptionScheduleCreateParamsPhase as _Phase

OLDER = "2024-06-20"
"""The version of such an account; what was asked without a version is asked in it."""

KNOWN = frozenset({OLDER, _ApiVersion.CURRENT})

_RENAMED: Mapping[str, str] = {"payment_method_types": "allowed_payment_method_types"}

_PhaseThen = TypedDict("_PhaseThen", {**_Phase.__annotations__, "iterations": NotRequired[int]})
# Names within its types are those of the library's own module.
_PhaseThen.__module__ = _Phase.__module__

_EXTRA: Mapping[str, Mapping[str, Any]] = {
    "post /v1/customers": {"coupon": str},
    "post /v1/customers/{}": {"coupon": str},
    "post /v1/subscription_schedules": {"phases": list[_PhaseThen]},
}
"""Parameters that there no longer are, with their types; a phase could be said to last for so many terms."""


def said_now(name: str, said: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was said in the older words, in those of now; what has no word any more stays as it is."""
    now = {_RENAMED.get(word, word): value for word, value in said.items()}
    if name == "post /v1/promotion_codes" and "coupon" in now:
        now["promotion"] = {"type": "coupon", "coupon": now.pop("coupon")}
    return now


def extra(name: str) -> Mapping[str, Any]:
    """What may be said there beside what the library knows."""
    return _EXTRA.get(name, {})
