"""What is invoiced without a customer at the screen: to be charged, or within their terms to be transferred."""

from datetime import date, timedelta

from sqlalchemy import Connection

from generator.adapters.ledger import books, customers, dunning, shelf, usages
from generator.adapters.ledger.lines import consumed, total, with_tax
from generator.adapters.ledger.names import new_id
from generator.adapters.ledger.tax import treatment
from generator.model.invoice import Invoice
from generator.model.quote import Line
from generator.model.subscription import Subscription


def invoice(connection: Connection, subscription: Subscription, lines: tuple[Line, ...], today: date) -> None:
    """Issue an invoice for these lines, which are before tax; where they come to nothing there is none."""
    currency = subscription.price.currency
    if not total(lines, currency):
        return
    customer = customers.with_id(connection, subscription.billed)
    assert customer is not None, "a subscription is paid by somebody"
    prices = shelf.present(connection)
    taxed = with_tax(lines, treatment(prices.rules, customer.billing), currency)
    draft = Invoice(
        id=new_id("invoice"),
        number="",
        customer=customer.id,
        subscription=subscription.id,
        state="due_offline" if customer.terms else "due_auto",
        issued=today,
        due=today + timedelta(days=customer.terms_days),
        lines=taxed,
        total=total(taxed, currency),
        billed_to=customer.billing,
    )
    books.issue(connection, dunning.watched(draft, prices.dunning))


def used(connection: Connection, subscription: Subscription) -> tuple[Line, ...]:
    """What was used in the present term, before tax. In a free trial it costs nothing."""
    if subscription.trial_until or not subscription.plan.consumptions:
        return ()
    return consumed(subscription.plan, usages.in_term(connection, subscription))
