"""What `check` comes to, of one file."""

from generator.compiler import report
from generator.compiler.memory import Verdict
from generator.compiler.told import Told
from generator.model.price_list import PriceList
from generator.model.site import Site


def verdict(result: Told) -> Verdict:
    """What is told of it, and can be remembered."""
    return Verdict(result.problems, result.ignored, result.good, clean(result))


def clean(result: Told) -> str:
    """What was looked at and found good."""
    if result.site is None:
        return f"no problems in {sold(result.prices)}" if result.prices else "no problems"
    beside = f", and in {sold(result.prices)} beside it" if result.prices else ""
    return f"no problems in {_site(result.site)}{beside}"


def sold(prices: PriceList) -> str:
    """How many plans and promotions there are."""
    plans = len({plan.ref for plan in prices.catalog.plans})
    return f"{report.count(plans, 'plan')} and {report.count(len(prices.promotions), 'promotion')}"


def _site(site: Site) -> str:
    count = f"{len(site.workflows)} workflows and {len(site.portal.sections)} sections"
    return f"{count} ({', '.join(site.languages)})"
