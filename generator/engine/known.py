"""What conditions may read, by the names in `model/facts`: of a customer, a plan, a subscription, an invoice."""

from collections.abc import Mapping
from datetime import date

from generator.engine.postal import asking
from generator.model.catalog import Plan
from generator.model.customer import BILLING_FIELDS, Customer
from generator.model.invoice import Invoice
from generator.model.rule import ALWAYS, Value
from generator.model.subscription import Subscription
from generator.model.workflow import Workflow


def of_customer(customer: Customer, has_method: bool, workflow: Workflow | None = None) -> Mapping[str, Value]:
    """Billing info is complete where an invoice can be made out, and nothing that the workflow requires is missing."""
    asked = workflow.steps if workflow else ()
    required = {
        field.id
        for step in asked
        for field in (step.fields if step.kind == "billing_info" else ())
        if asking.needs(customer.billing.country, field) and field.when == ALWAYS and field.id in BILLING_FIELDS
    }
    complete = asking.complete(customer.billing) and all(getattr(customer.billing, name) for name in required)
    facts: dict[str, Value] = {
        "customer.language": customer.language,
        "customer.tags": customer.tags,
        "customer.terms": customer.terms,
        "customer.has_method": has_method,
        "customer.billing_complete": complete,
    }
    for name in ("country", "company", "vat_number"):
        if known := getattr(customer.billing, name):
            facts[f"customer.{name}"] = known
    return facts


def of_plan(plan: Plan) -> Mapping[str, Value]:
    return {
        "plan.ref": plan.ref,
        "plan.free": plan.free,
        "plan.trial": plan.trial is not None,
        "plan.private": plan.private,
        "plan.has_options": bool(plan.choices),
    }


def of_subscription(subscription: Subscription, today: date) -> Mapping[str, Value]:
    return {
        "subscription.state": subscription.state,
        "subscription.plan": subscription.plan.ref,
        "subscription.committed": subscription.committed(today),
        "subscription.in_trial": subscription.in_trial(today),
    }


def of_invoice(invoice: Invoice, today: date) -> Mapping[str, Value]:
    late = invoice.unpaid and invoice.due is not None and today > invoice.due
    return {
        "invoice.state": invoice.state,
        "invoice.total": invoice.total,
        "invoice.days_overdue": (today - invoice.due).days if late and invoice.due else 0,
    }
