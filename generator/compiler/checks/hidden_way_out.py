"""Where the rules of a market ask for it, the way out is in sight and takes three clicks."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.site import Site

MOST_CLICKS = 3


def check(site: Site) -> Iterator[Problem]:
    """One click in the portal, then one on each screen."""
    market = site.market("FR", "DE")
    if market is None:
        return
    way_out = next((workflow for workflow in site.workflows if workflow.purpose.asks == "terminate"), None)
    section = site.portal.section("subscriptions")
    shown = section is not None and section.button("terminate").shown
    if (way_out is None or not shown) and "cancel" not in site.urls:
        says = (
            f"the rules of {market.code} ask that a contract is ended online, and this definition does not show where"
        )
        hint = (
            "leave `terminate_subscription` and its button in the portal, or name a page of yours as `site.urls.cancel`"
        )
        yield Problem("hidden-way-out", market.place, says, hint, "warning")
    clicks = 1 + len(way_out.steps) if way_out and shown else 0
    if way_out and clicks > MOST_CLICKS:
        says = f"the rules of {market.code} ask for a way out of {MOST_CLICKS} clicks, and this one takes {clicks}"
        hint = "leave out what stands before the confirmation, or ask it on the same screen"
        yield Problem("hidden-way-out", way_out.place, says, hint, "warning")
