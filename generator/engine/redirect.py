"""Where a customer goes when a walk is over, and what the address says about it."""

from collections.abc import Mapping

from generator.model.site import Audience, Site
from generator.model.walk import Ended, Walk
from generator.model.workflow import PURPOSES


def target(site: Site, workflow: str, outcome: str) -> str:
    """The name of the most specific target; empty where our own page says it."""
    names = site.redirects.after
    for occasion in (f"{workflow}.{outcome}", workflow, PURPOSES[workflow].from_, "default"):
        if occasion in names:
            return names[occasion].target
    return ""


def after(site: Site, workflow: str, outcome: str) -> str:
    """The address of that target."""
    return to(site, target(site, workflow, outcome))


def leaving(site: Site) -> str:
    """The address for who leaves without finishing; empty where there is none."""
    return to(site, site.redirects.leave)


def to(site: Site, name: str) -> str:
    """The address of a target; empty where none is named."""
    return site.redirects.targets[name].url if name else ""


def audience(workflow: str) -> Audience | None:
    """Whom this workflow shows plans to choose from; None where it shows none."""
    purpose = PURPOSES[workflow]
    if purpose.plan != "chosen":
        return None
    return "change" if "subscription" in purpose.about else "customer"


def from_portal(customer: str = "", plan: str = "", subscription: str = "", method: str = "") -> Mapping[str, str]:
    """What the address says where a page of the merchant's stands in place of one of ours: ids alone."""
    said = {"from": "portal", "idc": customer, "refo": plan, "idsub": subscription, "idm": method}
    return {name: value for name, value in said.items() if value}


def parameters(walk: Walk, plan: str) -> Mapping[str, str]:
    """What the address says: never an amount or a name, and nothing to take rights from."""
    ended = walk.standing if isinstance(walk.standing, Ended) else None
    said = {
        "from": PURPOSES[walk.workflow].from_,
        "outcome": ended.outcome if ended else "cancelled",
        "idc": walk.customer,
        "refo": plan,
        "idsub": ended.subscription if ended else walk.subject.subscription,
    }
    return {name: value for name, value in said.items() if value}
