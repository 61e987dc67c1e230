"""Whatever becomes of a customer's money or subscription while they look elsewhere, they are told, and can go on."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from generator.model.delivery import Brought
from generator.model.letter import LetterKind
from generator.model.payment import Method, NothingDue
from generator.model.quote import Order, Quote, Request, Terminate
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor
from generator.runtime.cards import LATER, last_good
from generator.runtime.worker import Worker

DAY = timedelta(days=1)
TERM = timedelta(days=32)


class Told:
    """A world, and the mails that went out in it."""

    def __init__(self, town):
        self.town, self.ledger, self.mails = town, town.ledger, []
        self.worker = Worker(replace(town.parts, mailer=self))

    def send(self, mail):
        self.mails.append(mail)
        return Brought()

    def kinds(self, customer):
        """What the customer was told up to now, the oldest first, and each link opens."""
        self.worker.round()
        mine = [mail for mail in self.mails if mail.to == customer.billing.email]
        for mail in mine:
            (link,) = {line for line in mail.text.splitlines() if line.startswith(self.town.pages)}
            assert link in mail.html
        return [mail.about.removeprefix("letter.") for mail in mine]

    def later(self, time):
        """Whatever falls due meanwhile is done."""
        self.town.clock.travel(time)
        for _ in range(3):
            self.worker.round()

    def opens(self, customer):
        """Where the link of the last mail leads."""
        text = next(mail.text for mail in reversed(self.mails) if mail.to == customer.billing.email)
        (link,) = {line for line in text.splitlines() if line.startswith(self.town.pages)}
        return Visitor().open(link).url.removeprefix(self.town.pages)


@pytest.fixture
def told(own_town):
    return Told(own_town())


@pytest.fixture
def ada(told):
    return told.town.customer(replace(KNOWN, email="ada@example.com"))


@pytest.fixture
def terms(told):
    """Somebody who may pay by transfer."""
    return told.town.customer(replace(KNOWN, email="berta@example.com"), terms_days=10)


def asked(told, customer, change):
    """As if the customer had gone through a workflow that costs nothing."""
    quote = told.ledger.quote(Request(customer.id, change, None, {}))
    assert isinstance(quote, Quote)
    order = told.ledger.open(quote.id, quote.shown, quote.id)
    assert isinstance(order, Order)
    return order


def test_what_was_paid_by_the_customer_or_by_transfer_is_confirmed(told, ada, terms):
    told.town.subscribes(ada, "studio")
    told.town.subscribes(terms, "studio")
    assert (told.kinds(ada), told.kinds(terms)) == (["paid"], ["to_pay"])

    (owed,) = told.ledger.invoices(terms.id)
    told.ledger.receive(owed.id, date(2026, 11, 30), "")
    assert told.kinds(terms) == ["to_pay", "paid"]
    assert told.opens(terms) == "/portal/invoices"


def test_an_invoice_that_is_late_or_disputed_or_credited_is_told_of(told, terms):
    told.town.subscribes(terms, "studio")
    (owed,) = told.ledger.invoices(terms.id)
    told.kinds(terms)
    told.later(27 * DAY)
    assert told.kinds(terms) == ["to_pay", "overdue"]
    assert told.opens(terms).startswith("/w/")

    told.ledger.dispute(owed.id, "never ordered")
    assert told.kinds(terms)[-1] == "disputed"
    told.ledger.end_dispute(owed.id, won=False, reason="they were right")
    assert told.kinds(terms)[-1] == "credit_note"
    assert told.mails[-1].subject == "Credit note CN-000001 from Lumen"
    assert "€58.80" in told.mails[-1].text


def test_a_term_that_is_charged_or_not_is_told_of(told, ada):
    told.town.subscribes(ada, "studio")
    told.town.put_card(ada)
    told.later(TERM)
    assert told.kinds(ada) == ["paid", "charged"]


@pytest.mark.parametrize(
    ("number", "kind", "leads"),
    [
        ("4000000000009995", "charge_failed", "/w/"),
        ("4000002500003155", "confirm_charge", "/w/"),
        ("4000000000000069", "method_defective", "/w/"),
    ],
)
def test_a_charge_that_comes_to_nothing_is_told_of_by_what_can_be_done(told, ada, number, kind, leads):
    told.town.subscribes(ada, "studio")
    told.town.put_card(ada, number)
    told.later(TERM)

    assert told.kinds(ada) == ["paid", kind]
    assert told.opens(ada).startswith(leads)


def test_a_mandate_that_the_bank_refuses_is_no_use_any_more(told, ada):
    told.town.subscribes(ada, "studio")
    told.town.put_mandate(ada, "DE35370400440532013002")
    told.later(TERM)
    told.later(6 * DAY)

    assert told.kinds(ada)[1:2] == ["method_defective"]


def test_without_a_method_the_subscription_is_suspended_and_in_the_end_over(told, ada):
    told.town.subscribes(ada, "studio")
    told.later(TERM)

    assert told.kinds(ada) == ["paid", "no_method"]
    assert told.opens(ada).startswith("/w/")


def test_who_leaves_is_told_the_day_and_how_to_stay_and_that_it_is_over(told, ada):
    held = told.town.subscribes(ada, "studio")
    order = asked(told, ada, Terminate(held.id))
    told.ledger.close(order.id, NothingDue(), order.quote.id)
    assert told.kinds(ada) == ["paid", "ending"]
    ends = told.ledger.subscription(held.id).ends
    assert f"{ends:%B} {ends.day}, {ends.year}" in told.mails[-1].text
    assert told.opens(ada).startswith("/w/")

    told.later(TERM)
    assert told.kinds(ada) == ["paid", "ending", "terminated"]
    assert told.opens(ada) == "/portal/subscriptions"


def test_who_is_ended_at_once_is_told_so(told, ada):
    held = told.town.subscribes(ada, "studio")
    told.ledger.end(held.id, at_once=True)

    assert told.kinds(ada) == ["paid", "terminated"]


def test_what_was_for_a_fixed_time_is_over_in_the_end(told, ada):
    told.town.change_plan("studio", lambda plan: replace(plan, terms=1))
    told.town.subscribes(ada, "studio")
    told.later(TERM)

    assert told.kinds(ada) == ["paid", "completed"]
    assert told.opens(ada).startswith("/w/")


def expiring(told, customer, month):
    told.town.subscribes(customer, "studio")
    told.town.put_card(customer, expires=month)
    told.kinds(customer)
    told.later(LATER)


def test_the_holder_of_a_card_is_told_a_month_a_week_and_a_day_before_its_last_day_and_when_it_is_over(told, ada):
    expiring(told, ada, "2026-12")
    seen = {}
    for day in ("11-30", "12-01", "12-02", "12-23", "12-24", "12-25", "12-29", "12-30", "12-31"):
        told.later(datetime.fromisoformat(f"2026-{day}T12:00+00:00") - told.town.clock.now())
        seen[day] = Counter(told.kinds(ada))["card_expires"]
    assert list(seen.values()) == [0, 1, 1, 1, 2, 2, 2, 3, 3]

    for _ in range(3):
        told.later(DAY)
    assert [mail.subject for mail in told.mails if mail.about == "letter.card_expired"] == [
        "Visa •••• 4242 has expired"
    ]


def test_a_worker_that_begins_anew_tells_of_a_card_once(told, ada):
    expiring(told, ada, "2026-11")
    for _ in range(3):
        told.later(DAY)
        told.worker = Worker(replace(told.town.parts, mailer=told))
        told.later(LATER)

    assert Counter(told.kinds(ada))["card_expires"] == 2, "eight days before, and seven"


@pytest.mark.parametrize("why", ["nothing to charge", "another card", "terms"])
def test_nobody_is_told_of_a_card_that_will_not_be_missed(told, ada, why):
    if why != "nothing to charge":
        told.town.subscribes(ada, "studio")
    if why == "terms":
        told.ledger.put_customer(ada.ref, "en", ada.billing, 30, frozenset())
    if why == "another card":
        told.town.put_card(ada, "4000000000000119")
    told.town.put_card(ada, expires="2026-11")
    told.kinds(ada)
    told.later(LATER)

    assert not {"card_expires", "card_expired"} & set(told.kinds(ada))


TODAY = date(2026, 11, 29)
OLD, SOON, LATE = (
    Method(id, "card", id, expires) for id, expires in (("o", "2026-10"), ("s", "2026-12"), ("l", "2031-01"))
)
SEPA = Method("m", "sepa", "m")


@pytest.mark.parametrize(
    ("methods", "currency", "last"),
    [
        ((), "EUR", None),
        ((OLD, SOON), "EUR", SOON),
        ((SOON, LATE), "EUR", LATE),
        ((SOON, SEPA), "EUR", SEPA),
        ((SOON, SEPA), "USD", SOON),
        ((OLD,), "EUR", OLD),
    ],
)
def test_what_can_be_charged_longest_is_what_counts(methods, currency, last):
    assert last_good(methods, currency, TODAY) == last


@pytest.mark.parametrize(("then", "kind"), [("suspend", "suspended"), ("end", "ended")])
def test_who_does_not_pay_in_the_end_is_told_what_became_of_it(told, ada, then, kind):
    strict = replace(told.town.prices.dunning, retries=(), patience=5, then=then)
    told.ledger.sell(replace(told.town.prices, dunning=strict))
    told.town.subscribes(ada, "studio")
    told.town.put_card(ada, "4000000000009995")
    told.later(TERM)
    told.later(6 * DAY)

    assert told.kinds(ada) == ["paid", "charge_given_up", kind]


def test_every_letter_is_brought_about_here_or_by_a_debit_that_comes_back():
    here = Path(__file__).read_text(encoding="utf-8")

    assert {kind for kind in get_args(LetterKind) if f'"{kind}"' not in here} == {"debit" + "_returned"}
