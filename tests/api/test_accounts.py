"""Money that goes back, invoices that are taken back or given up, and disputes, over HTTP."""

from datetime import timedelta

import pytest
import urllib3

from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor
from generator.runtime.worker import Worker
from tests.api.calls import get, post
from tests.support import town as towns
from tests.support.journeys import comes_to_payment, gives_card

EUR = {"currency": "EUR"}
WHY = {"reason": "A week lost"}


@pytest.fixture(scope="module")
def town(square, tmp_path_factory):
    """Time goes on in it."""
    with towns.town(tmp_path_factory.mktemp("town"), square) as made:
        yield made


@pytest.fixture
def paid(town):
    """The number of an invoice over 58.80 EUR that was paid by a card, this one where it is said."""

    def pays(number="4242424242424242"):
        customer = town.customer(KNOWN)
        gives_card(comes_to_payment(town, Visitor(), customer).submit(), number)
        for _ in range(3):
            town.clock.travel(timedelta(days=1))
            Worker(town.parts).round()
        (invoice,) = town.ledger.invoices(customer.id)
        assert invoice.state == "paid"
        return invoice.number

    return pays


@pytest.fixture
def open_invoice(town):
    """The number of an invoice that is to be paid by transfer."""
    customer = town.customer(KNOWN, terms_days=30)
    town.subscribes(customer, "studio")
    return town.ledger.invoices(customer.id)[0].number


def gone_back(town, number):
    """What the bank gave back of the charge that paid the invoice, in minor units."""
    key = town.ledger.invoice_numbered(number).charge
    charges = urllib3.request("GET", f"{town.bank}/api/charges").json()["charges"]
    return next(charge["given_back"] for charge in charges if charge["key"] == key)


def refund(town, number, minor=None, key=None, **more):
    body = {**WHY, **more, **({} if minor is None else {"amount": {"minor": minor, **EUR}})}
    return post(town, f"/invoices/{number}/refund", body, **({"Idempotency_Key": key} if key else {}))


def test_money_goes_back_as_it_came_and_a_credit_note_says_so(town, paid):
    number = paid()

    answer = refund(town, number)

    said = answer.said
    assert (answer.status, said["state"], said["back"], said["amount"]) == (
        200,
        "done",
        "gateway",
        {"minor": 5880, **EUR},
    )
    assert (said["invoice"]["state"], said["invoice"]["credited"]["minor"]) == ("paid_refunded", 5880)
    note = said["credit_note"]
    assert (note["invoice"], note["total"]["minor"], note["why"], note["reason"]) == (
        number,
        -5880,
        "refund",
        "A week lost",
    )
    assert [(line["kind"], line["amount"]["minor"]) for line in note["lines"]] == [("plan", -4900), ("tax", -980)]
    assert get(town, f"/credit-notes/{note['number']}").said == note
    assert get(town, f"/customers/{note['customer']}/credit-notes").said["items"] == [note]
    assert said["invoice"]["credit_notes"] == [note["number"]]
    assert gone_back(town, number) == 5880


def test_the_same_key_gives_back_once(town, paid):
    number = paid()
    answers = [refund(town, number, 1000, "k1").said for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert gone_back(town, number) == 1000
    assert refund(town, number, 1000, "k2").status == 200
    assert gone_back(town, number) == 2000


def test_never_more_goes_back_than_is_left(town, paid):
    number = paid()
    refund(town, number, 5000)

    refused = refund(town, number, 881)

    assert (refused.status, refused.code) == (409, "too-much")
    assert refused.said["errors"][0] == {
        "pointer": "/amount",
        "detail": f"880 EUR, in minor units, are left of {number}",
        "write": "write at least 1 and at most 880",
    }
    assert gone_back(town, number) == 5000


def test_what_a_bank_does_not_take_back_goes_back_by_transfer(town, paid):
    number = paid("4000000000005126")

    refused = refund(town, number)
    assert (refused.status, refused.code) == (409, "not-refunded")
    assert "give it back by transfer" in refused.said["detail"]
    assert get(town, f"/invoices/{number}").said["state"] == "paid"

    done = refund(town, number, back="transfer")
    assert (done.said["state"], done.said["credit_note"]["back"]) == ("done", "transfer")
    assert gone_back(town, number) == 0


def test_a_refund_of_which_nobody_knows_is_found_out_by_the_worker_and_done_once(town, paid):
    number = paid("4000000000000119")

    unsure = refund(town, number)
    assert (unsure.status, unsure.said["state"], unsure.said["credit_note"]) == (200, "under_way", None)
    assert get(town, f"/invoices/{number}").said["state"] == "paid"
    assert refund(town, number).code == "under-way"

    for _ in range(3):
        town.clock.travel(timedelta(days=1))
        Worker(town.parts).round()

    found = get(town, f"/invoices/{number}").said
    assert (found["state"], found["credited"]["minor"], len(found["credit_notes"])) == ("paid_refunded", 5880, 1)
    assert gone_back(town, number) == 5880


def test_an_amount_in_another_currency_is_refused(town, paid):
    refused = post(town, f"/invoices/{paid()}/refund", {**WHY, "amount": {"minor": 1, "currency": "USD"}})

    assert (refused.status, refused.said["errors"][0]["pointer"]) == (422, "/amount/currency")


def test_what_is_not_paid_is_taken_back_and_not_refunded(town, open_invoice):
    assert refund(town, open_invoice).code == "not-now"

    void = post(town, f"/invoices/{open_invoice}/void", WHY)

    assert (void.said["state"], void.said["reason"], void.said["credited"]["minor"]) == ("void", "A week lost", 5880)
    again = post(town, f"/invoices/{open_invoice}/void", WHY)
    assert again.said == void.said
    assert post(town, f"/invoices/{open_invoice}/write-off", WHY).code == "not-now"


def test_what_is_given_up_may_still_be_paid(town, open_invoice):
    assert post(town, f"/invoices/{open_invoice}/write-off", WHY).said["state"] == "uncollectible"
    assert post(town, f"/invoices/{open_invoice}/received").said["state"] == "paid"


def test_a_dispute_is_begun_and_ended(town, open_invoice):
    assert post(town, f"/invoices/{open_invoice}/dispute", WHY).said["state"] == "problem_disputed"
    ended = {"won": True, **WHY}
    assert post(town, f"/invoices/{open_invoice}/dispute/end", ended).said["state"] == "due_offline"
    assert post(town, f"/invoices/{open_invoice}/dispute/end", ended).code == "not-now"
    post(town, f"/invoices/{open_invoice}/dispute", WHY)
    lost = post(town, f"/invoices/{open_invoice}/dispute/end", {**ended, "won": False}).said
    assert (lost["state"], lost["credited"]["minor"]) == ("void", 5880)


@pytest.mark.parametrize("what", ["refund", "void", "write-off", "dispute", "dispute/end"])
def test_a_reason_is_asked_for_and_there_is_no_such_invoice(town, open_invoice, what):
    assert post(town, f"/invoices/{open_invoice}/{what}", {}).code == "wrong-shape"
    assert post(town, f"/invoices/INV-999999/{what}", {"won": True, **WHY}).code in ("unknown-invoice", "wrong-shape")


def test_there_is_no_such_credit_note(town):
    for number in ("CN-999999", "CN-1", "INV-000001", "nothing"):
        assert get(town, f"/credit-notes/{number}").code == "unknown-credit-note"


# Statements


def test_a_statement_says_what_was_owed_invoiced_paid_and_given_back(town, paid):
    number = paid()
    refund(town, number, 2000)
    ref = get(town, f"/invoices/{number}").said["customer"]

    said = get(town, f"/customers/{ref}/statement").said

    (account,) = said["accounts"]
    assert [(entry["kind"], entry["amount"]["minor"], entry["balance"]["minor"]) for entry in account["entries"]] == [
        ("invoice", 5880, 5880),
        ("payment", -5880, 0),
        ("credit_note", -2000, -2000),
        ("refund", 2000, 0),
    ]
    assert (account["opening"]["minor"], account["closing"]["minor"]) == (0, 0)
    day = account["entries"][0]["day"]
    earlier = get(town, f"/customers/{ref}/statement?from=2020-01-01&to=2020-12-31").said
    assert (earlier["first"], earlier["last"], earlier["accounts"]) == ("2020-01-01", "2020-12-31", [])
    assert get(town, f"/customers/{ref}/statement?to={day}").said["last"] == day


@pytest.mark.parametrize(
    ("asked", "at"),
    [("from=tomorrow", "from"), ("to=2026-13-01", "to"), ("from=2027-01-02&to=2027-01-01", "to"), ("since=1", "since")],
)
def test_what_are_no_days_is_said(town, open_invoice, asked, at):
    ref = get(town, f"/invoices/{open_invoice}").said["customer"]

    refused = get(town, f"/customers/{ref}/statement?{asked}")

    assert (refused.status, refused.code) == (400, "unknown-parameter")
    assert refused.said["errors"][0]["pointer"] == at
