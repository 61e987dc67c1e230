"""One way into each of the workflows of the demo, for a customer who is where it makes sense."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.customer import Customer
from generator.model.walk import Subject
from generator.model.workflow import PURPOSES
from generator.runtime import addresses, links
from generator.runtime.links import Link
from generator.runtime.parts import Parts

WHO: Mapping[str, str] = {
    "choose_plan": "nora",
    "subscribe_to_plan": "studio-lila",
    "subscribe_to_subscription": "sven",
    "change_plan": "amir",
    "change_to_plan": "amir",
    "change_to_subscription": "sven",
    "restart_subscription": "erin",
    "change_options": "sven",
    "terminate_subscription": "amir",
    "register_billing_info": "nora",
    "register_payment_method": "amir",
    "pay_invoice": "grosshandel",
}
"""The customer, by their ref, whom each workflow is shown with; a visitor is nobody."""

PLAN: Mapping[str, str] = {
    "anonymous_subscription": "studio",
    "subscribe_to_plan": "team",
    "change_to_plan": "business",
}


@dataclass(frozen=True)
class Way:
    """An address that opens the workflow; `who` is empty for a visitor."""

    workflow: str
    who: str
    url: str


def ways(parts: Parts) -> Iterator[Way]:
    """One for each workflow that still applies: who has cancelled meanwhile is not asked to cancel again."""
    for workflow in PURPOSES:
        if PURPOSES[workflow].visitor:
            subject = Subject(plan=PLAN[workflow])
            yield Way(workflow, "", parts.base_url + addresses.start(workflow, subject))
        elif customer := parts.biller.customer_by_ref(WHO[workflow]):
            subject = _subject(parts, customer, workflow)
            if all(thing in subject.said for thing in PURPOSES[workflow].about):
                yield Way(workflow, customer.ref, _link(parts, customer, workflow, subject))


def _subject(parts: Parts, customer: Customer, workflow: str) -> Subject:
    """What the customer has that the workflow can be about: something prepared, or what runs; an invoice to pay."""
    has = parts.biller.subscriptions(customer.id)
    prepared = next((one.id for one in has if one.state == "draft_agent"), "")
    running = next((one.id for one in has if one.active or one.suspended), "")
    unpaid = next((invoice.id for invoice in parts.biller.invoices(customer.id) if invoice.payable), "")
    found = {
        "plan": PLAN.get(workflow, ""),
        "subscription": prepared if workflow == "subscribe_to_subscription" else running,
        "target": prepared,
        "invoice": unpaid,
    }
    return Subject(**{thing: found[thing] for thing in PURPOSES[workflow].about})


def _link(parts: Parts, customer: Customer, workflow: str, subject: Subject) -> str:
    made = Link(customer.ref, workflow, subject.plan, subject.subscription, subject.target, subject.invoice)
    return links.make(made, parts.links, parts.base_url, parts.clock.now())
