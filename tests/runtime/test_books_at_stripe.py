"""Customers of a merchant whose books are at Stripe, too: from the first page to a renewal that a bank does not pay."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
import stripe

from generator.adapters.stripe.account import Account
from generator.adapters.stripe.gateway import StripeGateway
from generator.adapters.stripe_biller.biller import StripeBiller
from generator.rehearsal.stage import KNOWN
from generator.runtime import links
from generator.runtime.links import Link
from generator.runtime.merchant import invoices
from generator.runtime.merchant.asked import RefundAsked
from generator.runtime.worker import Worker
from tests.standin.cards import CARDS
from tests.standin.server import KEY, standing_in
from tests.support import town as towns
from tests.support.journeys import CHALLENGED, DECLINED, comes_to_payment, gives_card, said


class World:
    """A town, and what it keeps at the stand-in. Time there is the town's, once there is one."""

    def __init__(self):
        self.now = lambda: datetime.now(UTC)
        self.stand_in = self.town = None

    def all(self, kind, **same):
        return list(self.stand_in.books.all(kind, **same))

    def charged(self):
        return [charge["amount"] for charge in self.all("charge", status="succeeded")]

    def card_goes_bad(self):
        """The bank pays nothing any more with what is on file."""

        for method in self.all("payment_method"):
            self.stand_in.books.aside[method["id"]] = CARDS["chargeCustomerFail"].bank


@pytest.fixture
def world(tmp_path, square, monkeypatch):
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)
    monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0.02)
    world = World()
    with standing_in(timedelta(0), clock=lambda: world.now()) as world.stand_in:
        account = Account(KEY, (), world.stand_in.url, (world.stand_in.url,), 20.0)

        def books(database, clock):
            world.now = clock.now
            return StripeBiller(account, database, clock, "Europe/Paris")

        def gateway(pages, database):
            return StripeGateway(account, database)

        with towns.town(tmp_path, square, elsewhere=gateway, books=books) as world.town:
            yield world


def test_a_customer_subscribes_at_stripe_sees_it_in_the_portal_and_is_renewed(world, visitor):
    ada = world.town.customer(KNOWN)
    comes_to_payment(world.town, visitor, ada).submit()
    gives_card(visitor, CHALLENGED)
    visitor.submit("It is me")
    assert said(visitor)["outcome"] == "paid"
    assert world.charged() == [5880]
    (made,), (invoice,) = world.all("subscription"), world.all("invoice")
    assert (made["status"], invoice["status"], invoice["total"]) == ("active", "paid", 5880)
    assert made["default_payment_method"] == world.town.parts.gateway.methods(ada.id)[0].id

    visitor.open(world.town.link(ada, "portal"))
    visitor.open(f"{world.town.pages}/portal/invoices")
    assert invoice["number"] in visitor.text
    world.town.clock.travel(timedelta(days=32))
    while Worker(world.town.parts).round():
        pass
    renewed, _ = world.town.parts.biller.invoices(ada.id)
    (subscription,) = world.town.parts.biller.subscriptions(ada.id)
    assert (renewed.state, renewed.subscription) == ("paid", subscription.id)
    assert world.charged() == [5880, renewed.total.minor]


def test_a_renewal_that_no_bank_pays_is_paid_by_its_invoice(world, visitor):
    ada = world.town.customer(KNOWN)
    gives_card(comes_to_payment(world.town, visitor, ada).submit())
    world.card_goes_bad()
    world.town.clock.travel(timedelta(days=32))
    unpaid, _ = world.town.parts.biller.invoices(ada.id)
    assert (unpaid.state, [one["status"] for one in world.all("subscription")]) == ("problem_auto", ["past_due"])

    link = Link(ada.ref, "pay_invoice", invoice=unpaid.id)
    parts = world.town.parts
    visitor.open(links.make(link, parts.links, world.town.pages, parts.clock.now()))
    while visitor.step != "payment":
        visitor.submit()
    visitor.submit(method="new:card")
    gives_card(visitor)
    assert visitor.title == "Thank you, it is paid"
    assert world.town.parts.biller.invoice(unpaid.id).state == "paid"
    assert [one["status"] for one in world.all("subscription")] == ["active"]
    assert world.charged() == [5880, unpaid.total.minor]


def test_a_dearer_plan_is_paid_within_the_term_and_its_invoice_is_stripes_own_file(world, visitor):
    ada, biller = world.town.customer(KNOWN), world.town.parts.biller
    comes_to_payment(world.town, visitor, ada, "solo").submit()
    (before,) = biller.subscriptions(ada.id)
    world.town.clock.travel(timedelta(days=10))
    visitor.open(world.town.link(ada, "portal/subscriptions"))
    visitor.open(next(href for name, href in visitor.links().items() if name.startswith("Change plan")))
    visitor.submit("Choose Studio")
    for _ in range(4):
        if visitor.step != "payment":
            visitor.submit(**({"terms": "true"} if visitor.step == "summary" else {}))
    gives_card(visitor.submit(method="new:card"))

    assert (said(visitor)["from"], said(visitor)["outcome"]) == ("upgrade", "paid")
    (after,) = biller.subscriptions(ada.id)
    assert (after.id, after.plan.ref, after.state) == (before.id, "studio", "active_running")
    (invoice,) = biller.invoices(ada.id)
    assert world.charged() == [invoice.total.minor]
    visitor.open(f"{world.town.pages}/portal/invoices/{invoice.number}")
    visitor.open(next(href for href in visitor.links().values() if href.endswith(f"/{invoice.number}/pdf")))
    assert (visitor.url, visitor.html) == (invoice.paper, f"%PDF-1.4\n% {invoice.number}\n%%EOF\n")


def test_a_link_that_is_over_is_mailed_anew_and_pays_what_no_bank_did(world, visitor):
    ada, parts = world.town.customer(KNOWN), world.town.parts
    gives_card(comes_to_payment(world.town, visitor, ada).submit())
    world.card_goes_bad()
    world.town.clock.travel(timedelta(days=32))
    unpaid, _ = parts.biller.invoices(ada.id)
    old = links.make(Link(ada.ref, "pay_invoice", invoice=unpaid.id), parts.links, world.town.pages, parts.clock.now())
    world.town.clock.travel(timedelta(days=9))
    visitor.open(old).submit("Mail me a fresh link")
    Worker(parts).round()
    visitor.open(mailed(world.town))
    while visitor.step != "payment":
        visitor.submit()
    visitor.submit(method="new:card")
    gives_card(visitor)

    assert visitor.title == "Thank you, it is paid"
    assert parts.biller.invoice(unpaid.id).state == "paid"


def mailed(town):
    """The link in the only mail."""
    (file,) = town.mailbox.glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    return next(line for line in mail.get_body(("plain",)).get_content().splitlines() if line.startswith("http"))


def test_what_stripe_charged_by_itself_goes_back_once_and_its_credit_note_is_stripes_own_file(world, visitor):
    ada, parts = world.town.customer(KNOWN), world.town.parts
    gives_card(comes_to_payment(world.town, visitor, ada).submit())
    world.town.clock.travel(timedelta(days=32))
    renewed, _ = parts.biller.invoices(ada.id)
    part = RefundAsked(amount={"minor": 1000, "currency": "EUR"}, reason="A week lost")
    told = [invoices.refund(parts, renewed.number, part, "k1") for _ in range(2)]

    assert (told[0].state, told[0].back, told[0].invoice.state) == ("done", "gateway", "paid_refunded")
    assert told[0] == told[1]
    assert [one["amount"] for one in world.all("refund")] == [1000]
    (issued,) = world.all("credit_note")
    (note,) = parts.biller.credit_notes(ada.id)
    assert (issued["number"], issued["total"], issued["refunds"][0]["amount_refunded"]) == (note.number, 1000, 1000)
    visitor.open(world.town.link(ada, "portal"))
    visitor.open(f"{world.town.pages}/portal/invoices/{renewed.number}")
    assert note.number in visitor.text
    visitor.open(f"{world.town.pages}/portal/invoices/{note.number}/pdf")
    assert visitor.url == note.paper


def test_who_is_declined_has_nothing_at_stripe(world, visitor):
    ada = world.town.customer(KNOWN)
    comes_to_payment(world.town, visitor, ada).submit()
    gives_card(visitor, DECLINED)

    assert (world.all("subscription"), world.all("invoice"), world.charged()) == ([], [], [])
