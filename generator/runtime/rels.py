"""The names that links had in the system which this one re-creates, and what each of them means here.

From the vendor's own workflow guide (`subscription-workflows.md` in SubscriptionTech/ProAbono.Mcp.Installation) and API
contract, as `insite-…` today and `hosted-…` before; a link names its workflow by either, or by ours.
"""

from collections.abc import Mapping

from generator.model.walk import Subject
from generator.model.workflow import PURPOSES

PREFIXES = ("insite-", "hosted-")

RELS: Mapping[str, tuple[str, ...]] = {
    "home": ("portal",),
    "collection-offers": ("choose_plan",),
    "subscribe": ("subscribe_to_plan", "subscribe_to_subscription"),
    "collection-upgrade": ("change_plan",),
    "upgrade": ("change_plan", "change_to_plan", "change_to_subscription"),
    "restart": ("restart_subscription",),
    "register": ("register_billing_info",),
    "charge": ("pay_invoice",),
    "related-subscription": ("portal/subscriptions",),
    "collection-subscription": ("portal/subscriptions",),
    "related-invoice": ("portal/invoices",),
    "collection-invoice": ("portal/invoices",),
}
"""What each may open. Where that is several, what the link is about decides."""


def meant(name: str, subject: Subject) -> str:
    """What a link opens by this name, old or ours: of several, the one that is about most of what was said."""
    for prefix in PREFIXES:
        candidates = RELS.get(name.removeprefix(prefix), ()) if name.startswith(prefix) else ()
        fitting = [to for to in candidates if _about(to) <= subject.said.keys()]
        if candidates:
            return max(fitting, key=lambda to: len(_about(to)), default=candidates[0])
    return name


def rels(to: str, subject: Subject) -> tuple[str, ...]:
    """The old names by which this would be meant."""
    names = (f"{prefix}{name}" for prefix in PREFIXES for name in RELS)
    return tuple(name for name in names if meant(name, subject) == to)


def _about(to: str) -> frozenset[str]:
    return frozenset(PURPOSES[to].about) if to in PURPOSES else frozenset()
