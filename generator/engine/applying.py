"""Every way in that makes sense for a customer now: the same rules as the portal's buttons ask, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.engine import actions
from generator.model.action import Action
from generator.model.catalog import Catalog
from generator.model.invoice import Invoice
from generator.model.site import Site
from generator.model.subscription import Subscription
from generator.model.walk import Subject
from generator.model.workflow import PURPOSES

NOTHING = Subject()


@dataclass(frozen=True)
class WayIn:
    """`to` is a workflow's id or `portal/<section>`; the subject is what that is about."""

    to: str
    subject: Subject = NOTHING


@dataclass(frozen=True)
class Holding:
    """A subscription, and the plans that it may have instead of its own."""

    subscription: Subscription
    changes: Catalog


@dataclass(frozen=True)
class Sight:
    """All that decides: what the customer has, what is sold, the day that it is for the merchant, their sections."""

    today: date
    catalog: Catalog
    holdings: tuple[Holding, ...]
    invoices: tuple[Invoice, ...]
    sections: tuple[str, ...]


def applying(site: Site, sight: Sight) -> Iterator[WayIn]:
    """The workflows that the site offers, each with everything that it may be about now; then the portal's sections."""
    for workflow in site.workflows:
        if not workflow.purpose.visitor:
            yield from (WayIn(workflow.id, subject) for subject in _subjects(workflow.id, sight))
    yield from (WayIn(f"portal/{section}") for section in sight.sections)


def _subjects(workflow: str, sight: Sight) -> Iterator[Subject]:
    purpose = PURPOSES[workflow]
    action = actions.ACTION_OF.get(purpose.asks)
    if action is not None:
        for holding in sight.holdings:
            yield from _about(workflow, action, holding, sight)
    elif "invoice" in purpose.about:
        payable = (invoice for invoice in sight.invoices if actions.why_unpayable(invoice.state) is None)
        yield from (Subject(invoice=invoice.id) for invoice in payable)
    elif "plan" in purpose.about:
        yield from (Subject(plan=plan.ref) for plan in sight.catalog.plans)
    elif purpose.plan == "none" or sight.catalog.plans:
        yield NOTHING


def _about(workflow: str, action: Action, holding: Holding, sight: Sight) -> Iterator[Subject]:
    """What the workflow may be about that changes this subscription."""
    subscription, about = holding.subscription, PURPOSES[workflow].about
    if "target" in about:
        if actions.by_state(subscription.state, action).offered:
            prepared = [other.subscription for other in sight.holdings if other.subscription.state == "draft_agent"]
            yield from (Subject(subscription=subscription.id, target=target.id) for target in prepared)
        return
    if not actions.decide(action, subscription, sight.today, bool(holding.changes.plans)).offered:
        return
    if "plan" in about:
        yield from (Subject(plan=plan.ref, subscription=subscription.id) for plan in holding.changes.plans)
    else:
        yield Subject(subscription=subscription.id)
