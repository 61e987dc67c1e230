"""What a customer does from the portal: pay an invoice, give another payment method."""

from collections.abc import Callable

import pytest

from generator.model.invoice import FIXED
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor
from tests.support.journeys import BROKE, CHALLENGED, GOOD, SLOW, comes_to_payment, gives_card, said
from tests.support.town import NOTHING_KNOWN, Town


def owes(town: Town, visitor: Visitor, terms_days: int = 30):
    """Somebody who has bought on terms, in their portal at the invoices."""
    customer = town.customer(KNOWN, terms_days)
    comes_to_payment(town, visitor, customer).submit(method="offline:transfer")
    assert said(visitor)["outcome"] == "due"
    (invoice,) = town.ledger.invoices(customer.id)
    return customer, invoice


def pays(town: Town, visitor: Visitor):
    """From the portal's button to the payment step."""
    visitor.open(f"{town.pages}/portal/invoices")
    (pay,) = [href for words, href in visitor.links().items() if words.startswith("Pay this invoice")]
    visitor.open(pay)
    if visitor.step == "summary":
        visitor.submit()
    assert visitor.step == "payment"
    return visitor


@pytest.mark.parametrize("card", [GOOD, CHALLENGED])
def test_an_invoice_is_paid(town: Town, visitor: Visitor, card: str) -> None:
    customer, invoice = owes(town, visitor)
    pays(town, visitor)
    assert "Pay €58.80" in visitor.text
    gives_card(visitor.submit(method="new:card"), card)
    if visitor.step == "challenge":
        visitor.submit(answer="confirm")
    assert visitor.title == "Thank you, it is paid"
    assert f"Invoice {invoice.number} is paid" in visitor.text
    assert town.paid(customer) == [invoice.total.minor]
    paid = town.ledger.invoice(invoice.id)
    assert (paid.state, paid.due, paid.paid_on, bool(paid.charge)) == ("paid", None, invoice.issued, True)
    assert all(getattr(paid, name) == getattr(invoice, name) for name in FIXED)
    visitor.open(f"{town.pages}/portal/invoices")
    assert "Pay this invoice" not in visitor.text


def test_a_declined_card_leaves_the_invoice_open(town: Town, visitor: Visitor) -> None:
    customer, invoice = owes(town, visitor)
    gives_card(pays(town, visitor).submit(method="new:card"), BROKE)
    assert visitor.step == "payment"
    assert "You were not charged" in visitor.text
    assert town.ledger.invoice(invoice.id) == invoice
    gives_card(visitor.submit(method="new:card"))
    assert town.paid(customer) == [invoice.total.minor]


def test_who_may_pay_by_transfer_is_told_that_it_stays_open(town: Town, visitor: Visitor) -> None:
    customer, invoice = owes(town, visitor)
    pays(town, visitor).submit(method="offline:transfer")
    assert visitor.title == "Your transfer is noted"
    assert (town.paid(customer), town.ledger.invoice(invoice.id)) == ([], invoice)


def test_while_the_bank_is_at_it_nothing_is_asked_twice(town: Town, visitor: Visitor) -> None:
    customer, invoice = owes(town, visitor)
    gives_card(pays(town, visitor).submit(method="new:card"), SLOW)
    assert visitor.title == "Your bank is still at it"
    visitor.open(f"{town.pages}/start/pay_invoice?invoice={invoice.id}")
    assert visitor.step == "waiting"
    assert len(town.charges(customer)) == 1


def test_a_settled_invoice_and_somebody_elses_say_so_and_lead_on(town: Town, visitor: Visitor) -> None:
    customer, invoice = owes(town, visitor)
    other = Visitor().open(town.link(town.customer(KNOWN), "portal"))
    other.open(f"{town.pages}/start/pay_invoice?invoice={invoice.id}")
    assert (other.status, other.title) == (404, "This page does not exist")
    assert "/portal" in other.links().values()
    tab = Visitor(cookies=visitor.cookies)
    pays(town, tab)
    gives_card(pays(town, visitor).submit(method="new:card"))
    assert tab.submit(method="new:card").title == "Thank you, it is paid"
    visitor.open(f"{town.pages}/start/pay_invoice?invoice={invoice.id}")
    assert (visitor.status, visitor.title) == (409, "There is nothing to pay here")
    assert town.paid(customer) == [invoice.total.minor]
    visitor.open(f"{town.pages}/start/pay_invoice")
    assert visitor.status == 404


def test_an_invoice_paid_elsewhere_meanwhile_is_not_paid_again(own_town: Callable[..., Town], visitor: Visitor) -> None:
    town = own_town()
    customer, invoice = owes(town, visitor)
    pays(town, visitor)
    town.parts.biller.receive(invoice.id, invoice.issued, "statement 7")
    visitor.submit(method="new:card")
    assert (visitor.status, visitor.title) == (409, "There is nothing to pay here")
    assert town.charges(customer) == []


def test_a_method_is_registered_from_the_portal_and_another_after_it(town: Town, visitor: Visitor) -> None:
    customer = town.customer(NOTHING_KNOWN)
    visitor.open(town.link(customer, "portal/payment_method"))
    for words, card in (("Add a payment method", GOOD), ("Add another payment method", CHALLENGED)):
        visitor.open(visitor.links()[words])
        assert visitor.step == "payment"
        assert "Nothing is charged today" in visitor.text
        gives_card(visitor.submit(), card)
        if visitor.step == "challenge":
            visitor.submit(answer="confirm")
        assert visitor.title == "You are all set"
        assert "Your payment method is on file" in visitor.text
        visitor.open(f"{town.pages}/portal/payment_method")
    assert len(town.parts.gateway.methods(customer.id)) == 2
    assert (town.paid(customer), town.ledger.invoices(customer.id)) == ([], ())


def test_a_link_opens_them(town: Town, visitor: Visitor) -> None:
    customer = town.customer(KNOWN)
    assert visitor.open(town.link(customer, "register_payment_method")).step == "payment"
