"""What every biller must do with invoices that are issued: money that goes back, what is taken back, and disputes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from generator.model.credit import NotCredited
from generator.model.money import Money
from generator.model.payment import NotRefunded, Paid, Promised, Refunded, Unknown
from generator.model.quote import PayInvoice, Refused, Request
from tests.ports.needs import needs
from tests.ports.test_biller import BILLERS, TEAM, euros
from tests.ports.together import together

SIMPLE = replace(TEAM, ref="simple", price=euros(4900), setup=euros(0), options=())
LATER = datetime(2027, 3, 20, tzinfo=UTC)
TODAY = date(2027, 3, 10)


@pytest.fixture(params=BILLERS, ids=lambda adapter: adapter.__name__)
def shop(request, tmp_path):
    with request.param(tmp_path) as shop:
        shop.sells(SIMPLE)
        yield shop


def billed(shop, ref="ada", terms_days=0):
    """An invoice over 58.80 EUR: paid by the charge `charge-<ref>`, or on terms."""
    customer = shop.knows(ref, terms_days=terms_days)
    quote = shop.biller.quote(Request(customer.id, shop.request("simple", ref=ref).change, None, {}))
    order = shop.biller.open(quote.id, quote.shown, f"charge-{ref}")
    paid = Promised("transfer") if terms_days else Paid("p", "m", quote.due_now)
    return shop.biller.invoice(shop.biller.close(order.id, paid, f"charge-{ref}").invoice)


def now(shop, invoice):
    return shop.biller.invoice(invoice.id)


def refunded(shop, invoice, minor=None, key="back-1"):
    """Given back through the gateway, which did it."""
    begun = shop.biller.refund(invoice.id, minor and euros(minor), None, "A week lost", key)
    return shop.biller.close_refund(key, Refunded("SR-1", begun.amount), LATER)


def notes(shop, invoice):
    """What was credited of it, the oldest first."""
    found = [note for note in reversed(shop.biller.credit_notes(invoice.customer)) if note.invoice == invoice.id]
    assert all(note.credits == invoice.number for note in found)
    return [(note.total.minor, note.why, note.back) for note in found]


def parts(shop, invoice):
    """Each credit note's lines, the oldest note first."""
    found = reversed(shop.biller.credit_notes(invoice.customer))
    return [[(line.kind, line.amount.minor) for line in note.lines] for note in found]


# Money that goes back


def test_money_goes_back_only_when_the_gateway_has_said_so(shop):
    invoice = billed(shop)

    begun = shop.biller.refund(invoice.id, None, None, "A week lost", "back-1")

    assert (begun.back, begun.charge, begun.amount, begun.result) == ("gateway", "charge-ada", euros(5880), Unknown())
    assert (now(shop, invoice), notes(shop, invoice)) == (invoice, [])
    closed = shop.biller.close_refund("back-1", Refunded("SR-1", euros(5880)), LATER)
    assert now(shop, invoice) == replace(invoice, state="paid_refunded")
    assert notes(shop, invoice) == [(-5880, "refund", "gateway")]
    (note,) = shop.biller.credit_notes(invoice.customer)
    assert (closed.note, closed.closed) == (note.number, True)
    assert (note.issued, note.reason, note.billed_to) == (TODAY, "A week lost", invoice.billed_to)
    assert (note.customer, note.subscription) == (invoice.customer, invoice.subscription)
    assert shop.biller.credit_note_numbered(note.number) == note
    assert shop.biller.credit_note_numbered("CN-999999") is None


@needs("numbers from one series")
def test_credit_notes_have_a_series_of_their_own(shop):
    invoice = billed(shop)
    closed = [refunded(shop, invoice, 1000, f"back-{count}") for count in range(3)]

    assert [one.note for one in closed] == ["CN-000001", "CN-000002", "CN-000003"]


def test_the_whole_at_once_is_the_invoice_line_by_line(shop):
    invoice = billed(shop)
    refunded(shop, invoice)

    assert parts(shop, invoice) == [[("plan", -4900), ("tax", -980)]]


def test_parts_add_up_to_the_whole_tax_and_all(shop):
    invoice = billed(shop)
    for count, minor in enumerate((1999, 1999, 1882)):
        refunded(shop, invoice, minor, f"back-{count}")

    assert parts(shop, invoice) == [
        [("credit", -1666), ("tax", -333)],
        [("credit", -1666), ("tax", -333)],
        [("credit", -1568), ("tax", -314)],
    ]
    assert sum(minor for minor, *_ in notes(shop, invoice)) == -invoice.total.minor


@pytest.mark.parametrize("minor", [5881, 0, -1])
def test_never_goes_back_more_than_was_paid_nor_nothing(shop, minor):
    invoice = billed(shop)

    assert shop.biller.refund(invoice.id, euros(minor), None, "", "k") == NotCredited("too_much", euros(5880))
    assert notes(shop, invoice) == []


def test_never_goes_back_more_than_is_left(shop):
    invoice = billed(shop)
    refunded(shop, invoice, 5000)

    assert shop.biller.refund(invoice.id, euros(881), None, "", "k") == NotCredited("too_much", euros(880))
    refunded(shop, invoice, 880, "back-2")
    assert shop.biller.refund(invoice.id, None, None, "", "k") == NotCredited("too_much", euros(0))


def test_what_is_on_its_way_back_is_not_given_back_by_another(shop):
    invoice = billed(shop)
    shop.biller.refund(invoice.id, euros(5000), None, "", "back-1")

    assert shop.biller.refund(invoice.id, euros(881), None, "", "back-2") == NotCredited("too_much", euros(880))
    assert shop.biller.refund(invoice.id, None, None, "", "back-2") == NotCredited("under_way")
    shop.biller.close_refund("back-1", NotRefunded("refused"), LATER)
    assert shop.biller.refund(invoice.id, euros(5880), None, "", "back-2").amount == euros(5880)


def test_of_several_who_give_back_all_at_once_one_does(shop):
    invoice = billed(shop)
    asked = [lambda key=f"back-{count}": refunded(shop, invoice, 5880, key) for count in range(5)]

    done = together(*asked)

    assert sum(not isinstance(one, Exception) for one in done) == 1
    assert notes(shop, invoice) == [(-5880, "refund", "gateway")]


def test_what_came_back_from_the_customers_bank_is_owed_and_its_note_stands(shop):
    invoice = billed(shop)
    refunded(shop, invoice, 5000)

    assert shop.biller.refund_came_back("back-1").came_back == shop.clock.now()
    assert shop.biller.refund_came_back("back-1") == shop.biller.find_refund("back-1")
    assert notes(shop, invoice) == [(-5000, "refund", "gateway")]
    assert now(shop, invoice).state == "paid_refunded"
    assert shop.biller.refund(invoice.id, euros(881), None, "", "k") == NotCredited("too_much", euros(880))


def test_nothing_comes_back_that_was_not_on_its_way(shop):
    shop.biller.refund(billed(shop).id, None, None, "", "back-1")

    with pytest.raises(ValueError, match="back-1"):
        shop.biller.refund_came_back("back-1")
    with pytest.raises(KeyError, match="back-2"):
        shop.biller.refund_came_back("back-2")


def test_the_same_key_is_the_same_refund(shop):
    invoice = billed(shop)
    begun = shop.biller.refund(invoice.id, euros(100), None, "", "back-1")

    assert shop.biller.refund(invoice.id, euros(100), None, "", "back-1") == begun
    assert shop.biller.refund(invoice.id, euros(200), None, "", "back-1") == NotCredited("key_taken")
    closed = shop.biller.close_refund("back-1", Refunded("SR-1", euros(100)), LATER)
    assert shop.biller.close_refund("back-1", Refunded("SR-1", euros(100)), LATER) == closed
    assert shop.biller.close_refund("back-1", Unknown(), LATER) == closed
    assert shop.biller.refund(invoice.id, euros(100), None, "", "back-1") == closed
    assert len(notes(shop, invoice)) == 1


def test_a_refund_that_nobody_knows_of_is_looked_after_until_it_is_known(shop):
    invoice = billed(shop)
    shop.biller.refund(invoice.id, None, None, "", "back-1")
    (waiting,) = shop.biller.refunds_to_settle(shop.clock.now(), 10)

    assert (waiting.key, waiting.checks) == ("back-1", 0)
    shop.biller.close_refund("back-1", Unknown(), LATER)
    assert shop.biller.refunds_to_settle(LATER - timedelta(seconds=1), 10) == ()
    assert [refund.checks for refund in shop.biller.refunds_to_settle(LATER, 10)] == [1]
    shop.biller.close_refund("back-1", Refunded("SR-1", euros(5880)), LATER)
    assert shop.biller.refunds_to_settle(LATER, 10) == ()
    assert now(shop, invoice).state == "paid_refunded"


def test_what_a_bank_refused_left_everything_as_it_was(shop):
    invoice = billed(shop)
    shop.biller.refund(invoice.id, None, None, "", "back-1")

    closed = shop.biller.close_refund("back-1", NotRefunded("refused"), LATER)

    assert (closed.closed, closed.note) == (True, "")
    assert (now(shop, invoice), notes(shop, invoice)) == (invoice, [])


def test_money_may_go_back_by_transfer(shop):
    invoice = billed(shop)

    given = shop.biller.refund(invoice.id, euros(880), "transfer", "", "back-1")

    (note,) = shop.biller.credit_notes(invoice.customer)
    assert (given.closed, given.charge, given.note) == (True, "", note.number)
    assert notes(shop, invoice) == [(-880, "refund", "transfer")]


def test_what_came_by_transfer_goes_back_by_transfer(shop):
    invoice = billed(shop, terms_days=30)
    shop.biller.receive(invoice.id, TODAY, "SEPA 77")

    assert shop.biller.refund(invoice.id, None, "gateway", "", "k") == NotCredited("not_charged")
    assert shop.biller.refund(invoice.id, None, None, "", "k").back == "transfer"


def test_what_is_not_paid_is_not_given_back(shop):
    assert shop.biller.refund(billed(shop, terms_days=30).id, None, None, "", "k") == NotCredited("not_now")


# What is taken back, and what is given up


def test_an_unpaid_invoice_is_taken_back_by_a_credit_note_over_all_of_it(shop):
    invoice = billed(shop, terms_days=30)

    void = shop.biller.void(invoice.id, "Written to the wrong company")

    assert void == replace(invoice, state="void", due=None, reason="Written to the wrong company")
    assert notes(shop, invoice) == [(-5880, "void", "nothing")]
    assert shop.biller.void(invoice.id, "again") == void
    assert len(notes(shop, invoice)) == 1
    assert shop.biller.receive(invoice.id, TODAY, "") == Refused("nothing_to_pay")


def test_what_is_paid_is_refunded_and_not_taken_back(shop):
    invoice = billed(shop)

    for does in (shop.biller.void, shop.biller.write_off):
        assert does(invoice.id, "") == NotCredited("not_now")
    assert now(shop, invoice) == invoice


def test_what_the_customer_is_paying_waits(shop):
    invoice = billed(shop, terms_days=30)
    quote = shop.biller.quote(Request(invoice.customer, PayInvoice(invoice.id), None, {}))
    shop.biller.open(quote.id, quote.shown, "k9")

    for does in (shop.biller.void, shop.biller.write_off, shop.biller.dispute):
        assert does(invoice.id, "") == NotCredited("under_way")


def test_what_is_given_up_may_still_be_paid_by_transfer(shop):
    invoice = billed(shop, terms_days=30)

    given_up = shop.biller.write_off(invoice.id, "Bankrupt")

    assert (given_up.state, given_up.due, given_up.reason) == ("uncollectible", invoice.due, "Bankrupt")
    assert shop.biller.write_off(invoice.id, "again") == given_up
    assert notes(shop, invoice) == []
    paid = shop.biller.receive(invoice.id, TODAY, "")
    assert (paid.state, paid.paid_on, paid.reason) == ("paid", TODAY, "")


# Disputes


@pytest.mark.parametrize("terms_days", [0, 30])
def test_a_dispute_that_comes_to_nothing_leaves_all_as_it_was(shop, terms_days):
    invoice = billed(shop, terms_days=terms_days)

    argued = shop.biller.dispute(invoice.id, "Never ordered")

    assert (argued.state, argued.reason) == ("problem_disputed", "Never ordered")
    assert (argued.payable, argued.unpaid) == (False, invoice.unpaid)
    assert shop.biller.dispute(invoice.id, "again") == argued
    assert shop.biller.end_dispute(invoice.id, True, "") == invoice
    assert shop.biller.end_dispute(invoice.id, True, "") == NotCredited("not_now")
    assert notes(shop, invoice) == []


def test_what_the_bank_took_back_is_refunded(shop):
    invoice = billed(shop)
    refunded(shop, invoice, 880)
    shop.biller.dispute(invoice.id, "")

    assert shop.biller.refund(invoice.id, None, None, "", "k") == NotCredited("not_now")
    assert shop.biller.end_dispute(invoice.id, False, "Chargeback").state == "paid_refunded"
    assert notes(shop, invoice)[1:] == [(-5000, "dispute", "bank")]


def test_of_what_the_bank_took_back_in_part_that_part_is_refunded(shop):
    invoice = billed(shop)
    for count in range(2):
        shop.biller.dispute(invoice.id, "")
        assert shop.biller.end_dispute(invoice.id, False, "", euros(3000)).state == "paid_refunded"
        assert notes(shop, invoice)[count:] == [(-(3000, 2880)[count], "dispute", "bank")]


def test_who_rightly_never_paid_owes_nothing(shop):
    invoice = billed(shop, terms_days=30)
    shop.biller.dispute(invoice.id, "")

    assert shop.biller.end_dispute(invoice.id, False, "They are right").state == "void"
    assert notes(shop, invoice) == [(-5880, "dispute", "nothing")]


def test_an_unpaid_invoice_in_dispute_may_be_given_up_and_a_paid_one_not(shop):
    unpaid, paid = billed(shop, "bob", terms_days=30), billed(shop)
    for invoice in (unpaid, paid):
        shop.biller.dispute(invoice.id, "")

    assert shop.biller.write_off(unpaid.id, "").state == "uncollectible"
    assert shop.biller.write_off(paid.id, "") == NotCredited("not_now")


def test_amounts_in_another_currency_are_our_bug(shop):
    with pytest.raises(Exception, match="USD"):
        shop.biller.refund(billed(shop).id, Money(1, "USD"), None, "", "k")
