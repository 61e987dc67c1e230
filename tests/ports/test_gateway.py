"""What every gateway promises, tried against the real thing behind a wire that can be cut."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import urllib3
from werkzeug.serving import make_server

from generator.adapters.sandbox.app import create_app
from generator.adapters.sandbox.gateway import SandboxGateway
from generator.model.money import Money
from generator.model.payment import (
    Charge,
    Declined,
    Elsewhere,
    Method,
    New,
    NotRefunded,
    Paid,
    Pending,
    Refunded,
    Registered,
    Saved,
    Unknown,
)
from generator.ports.gateway import Gateway
from generator.ports.trouble import Unavailable
from tests.ports.wire import Wire
from tests.standin.town import StripeTown, stripe_town

PRICE = Money(4900, "EUR")
CHARGE = Charge("order-1", "ada", PRICE, New("card"), "Acme", "en", "http://shop.example/return/key-1")
GOOD = "4242 4242 4242 4242"
CARDS = {
    "declined": "4000 0000 0000 0002",
    "insufficient_funds": "4000 0000 0000 9995",
    "expired": "4000 0000 0000 0069",
}
CHALLENGED = "4000 0025 0000 3155"
SLOW = "4000 0000 0000 0077"
ACCOUNT = "DE89 3704 0044 0532 0130 00"
BAD_ACCOUNTS = {
    "DE62 3704 0044 0532 0130 01": "insufficient_funds",
    "DE35 3704 0044 0532 0130 02": "mandate_refused",
}
KEPT = "4000 0000 0000 5126"
UNHEARD = "4000 0000 0000 0119"


class SandboxTown:
    """The sandbox bank running for real, and a customer who uses its pages without JavaScript.

    `stays` says whether who is declined on its page is still on it.
    """

    stays = False

    def __init__(self, port: int, wire: Wire) -> None:
        self.pages = f"http://127.0.0.1:{port}"
        self.wire = wire
        self.gateway: Gateway = SandboxGateway(wire.url, self.pages)
        self._http = urllib3.PoolManager(retries=False)

    def charge(self, key: str = "key-1", **other: object):
        return self.gateway.charge(replace(CHARGE, **other), key)

    def types(self, page: Elsewhere, number: str) -> str:
        return self._submit(page.url, {"number": number, "expiry": "12/99", "cvc": "123", "name": "Ada"})

    def signs(self, page: Elsewhere, iban: str) -> str:
        """Gives the account, and the mandate with it."""
        return self._submit(page.url, {"iban": iban, "holder": "Ada"})

    def mandate(self, iban: str, customer: str = "ada") -> Method:
        account = {"iban": iban.replace(" ", ""), "holder": "Ada"}
        made = self._http.request("POST", f"{self.pages}/api/test/customers/{customer}/methods", json=account)
        return Method(**made.json())

    def passes(self, page: Elsewhere) -> str:
        return self._submit(page.url, {"answer": "confirm"})

    def fails(self, page: Elsewhere) -> str:
        return self._submit(page.url, {"answer": "refuse"})

    def leaves(self, page: Elsewhere) -> str:
        form = re.search(r'action="([^"]+)"', self._http.request("GET", page.url).data.decode())
        assert form is not None
        return self._submit(self.pages + form[1], {})

    def saved(self, number: str = GOOD, customer: str = "ada") -> Saved:
        return Saved(self.method(number, customer).id)

    def method(self, number: str = GOOD, customer: str = "ada") -> Method:
        card = {"number": number.replace(" ", ""), "expires": "2099-12"}
        made = self._http.request("POST", f"{self.pages}/api/test/customers/{customer}/methods", json=card)
        return Method(**made.json())

    def time_passes(self, key: str, paid: bool = True) -> None:
        self._http.request("POST", f"{self.pages}/api/test/charges/{key}/settle?paid={'yes' if paid else 'no'}")

    def taken(self) -> list[Money]:
        """Every time that money moved."""
        charges = self._http.request("GET", f"{self.pages}/api/charges").json()["charges"]
        return [Money(charge["amount"], charge["currency"]) for charge in charges if charge["status"] == "paid"]

    def given_back(self) -> list[int]:
        """How much of each charge went back."""
        charges = self._http.request("GET", f"{self.pages}/api/charges").json()["charges"]
        return [charge["given_back"] for charge in charges]

    def _submit(self, url: str, form: dict[str, str]) -> str:
        answer = self._http.request("POST", url, fields=form, encode_multipart=False, redirect=False)
        return answer.headers.get("Location", "")


@contextmanager
def sandbox(folder: Path) -> Iterator[SandboxTown]:
    bank = make_server("127.0.0.1", 0, create_app(folder / "bank.db"), threaded=True)
    wire = Wire(bank.port)
    for server in (bank, wire):
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield SandboxTown(bank.port, wire)
    for server in (wire, bank):
        server.shutdown()
        server.server_close()


TOWNS = {"sandbox": sandbox, "stripe": stripe_town}


@pytest.fixture(params=TOWNS)
def town(request, tmp_path) -> Iterator[SandboxTown | StripeTown]:
    with TOWNS[request.param](tmp_path) as town:
        yield town


def test_a_new_card_is_typed_on_the_gateways_own_page(town):
    page = town.charge()

    assert isinstance(page, Elsewhere)
    assert page.url.startswith(tuple(origin + "/" for origin in town.gateway.origins))
    assert town.gateway.find("key-1") == page
    assert town.types(page, GOOD) == CHARGE.come_back
    assert isinstance(town.gateway.find("key-1"), Paid)
    assert town.taken() == [PRICE]


@pytest.mark.parametrize(("reason", "number"), CARDS.items())
def test_a_bad_card_is_declined_with_its_reason_and_not_kept(town, reason, number):
    page = town.charge()
    assert town.types(page, number) == ("" if town.stays else CHARGE.come_back)

    assert town.gateway.find("key-1") == (page if town.stays else Declined(reason))
    assert town.gateway.methods("ada") == ()
    assert town.taken() == []


def test_a_card_may_ask_whether_it_is_really_the_customer(town):
    town.types(town.charge(), CHALLENGED)
    challenge = town.gateway.find("key-1")

    assert isinstance(challenge, Elsewhere)
    assert town.taken() == []
    assert town.passes(challenge) == CHARGE.come_back
    assert isinstance(town.gateway.find("key-1"), Paid)


def test_a_failed_challenge_moves_no_money(town):
    page = town.charge()
    town.types(page, CHALLENGED)

    assert town.fails(town.gateway.find("key-1")) == ("" if town.stays else CHARGE.come_back)
    assert town.gateway.find("key-1") == (page if town.stays else Declined("authentication_failed"))
    assert town.taken() == []


def test_a_failed_challenge_of_a_saved_card_moves_no_money(town):
    assert town.fails(town.charge(choice=town.saved(CHALLENGED))) == CHARGE.come_back

    assert town.gateway.find("key-1") == Declined("authentication_failed")
    assert town.taken() == []


def test_a_customer_may_leave_the_gateways_page(town):
    page = town.charge()
    assert town.leaves(page) == CHARGE.come_back

    assert town.gateway.find("key-1") == (page if town.stays else Declined("cancelled"))
    assert town.gateway.cancel("key-1") == Declined("cancelled")


def test_an_account_is_typed_on_the_gateways_own_page_and_its_debit_is_never_paid_at_once(town):
    page = town.charge(choice=New("sepa"))

    assert isinstance(page, Elsewhere)
    assert town.signs(page, ACCOUNT) == CHARGE.come_back
    waiting = town.gateway.find("key-1")
    assert isinstance(waiting, Pending)
    assert waiting.by is not None
    assert town.gateway.find("key-1") == waiting
    assert town.taken() == []
    town.time_passes("key-1")
    paid = town.gateway.find("key-1")
    assert isinstance(paid, Paid)
    assert paid.reference == waiting.reference
    (method,) = town.gateway.methods("ada")
    assert (method.id, method.kind, method.label, method.expires) == (paid.method, "sepa", "SEPA •••• 3000", "")


@pytest.mark.parametrize(("account", "reason"), BAD_ACCOUNTS.items())
def test_a_debit_may_come_back_days_later_and_its_mandate_is_not_kept(town, account, reason):
    town.signs(town.charge(choice=New("sepa")), account)
    assert isinstance(town.gateway.find("key-1"), Pending)
    town.time_passes("key-1", paid=False)

    assert town.gateway.find("key-1") == Declined(reason)
    assert town.gateway.methods("ada") == ()
    assert town.taken() == []


@pytest.mark.parametrize("account", ["DE89 3704 0044 0532 0130 01", "4242 4242 4242 4242", ""])
def test_what_is_no_account_gives_no_mandate(town, account):
    page = town.charge(choice=New("sepa"))
    town.signs(page, account)

    assert town.gateway.find("key-1") == page


def test_an_amount_of_zero_registers_a_mandate_as_the_default_and_debits_nothing(town):
    town.method()
    town.signs(town.charge(choice=New("sepa"), amount=Money.zero("EUR")), ACCOUNT)
    registered = town.gateway.find("key-1")
    mandate, card = town.gateway.methods("ada")

    assert registered == Registered(mandate.id)
    assert (mandate.kind, mandate.default, card.default) == ("sepa", True, False)
    assert town.taken() == []


def test_a_mandate_on_file_is_debited_and_pending_first(town):
    waiting = town.charge(choice=Saved(town.mandate(ACCOUNT).id))

    assert isinstance(waiting, Pending)
    town.time_passes("key-1")
    assert isinstance(town.gateway.find("key-1"), Paid)
    assert len(town.gateway.methods("ada")) == 1


def test_a_debit_in_another_currency_is_declined(town):
    assert town.charge(choice=Saved(town.mandate(ACCOUNT).id), amount=Money(4900, "USD")) == Declined("declined")


def test_one_method_is_the_default_and_another_can_be_made_it(town):
    first, second = town.method(), town.mandate(ACCOUNT)

    for _ in range(2):
        town.gateway.make_default("ada", second.id)
        assert [(one.id, one.default) for one in town.gateway.methods("ada")] == [(second.id, True), (first.id, False)]


def test_what_is_not_on_file_for_the_customer_is_neither_made_the_default_nor_removed(town):
    own, other = town.method(), town.method(customer="grace")

    for method in (other.id, "nothing"):
        town.gateway.make_default("ada", method)
        town.gateway.remove("ada", method)

    assert town.gateway.methods("ada") == (own,)
    assert town.gateway.methods("grace") == (other,)


def test_what_is_removed_is_gone_and_is_never_charged(town):
    card, mandate = town.method(), town.mandate(ACCOUNT)

    for _ in range(2):
        town.gateway.remove("ada", card.id)
    (left,) = town.gateway.methods("ada")
    assert (left.id, left.default) == (mandate.id, True)
    assert town.charge(choice=Saved(card.id)) == Declined("declined")
    assert town.taken() == []


def test_a_challenge_of_a_method_that_is_removed_is_closed(town):
    saved = town.saved(CHALLENGED)
    challenge = town.charge(choice=saved)
    town.gateway.remove("ada", saved.method)

    town.passes(challenge)
    assert town.gateway.find("key-1") == Declined("cancelled")
    assert town.gateway.methods("ada") == ()
    assert town.taken() == []


def test_a_debit_under_way_goes_on_when_its_mandate_is_removed(town):
    mandate = town.mandate(ACCOUNT)
    town.charge(choice=Saved(mandate.id))
    town.gateway.remove("ada", mandate.id)
    town.time_passes("key-1")

    assert isinstance(town.gateway.find("key-1"), Paid)
    assert town.gateway.methods("ada") == ()


@pytest.mark.parametrize("cut", ["question", "answer"])
def test_a_change_of_methods_whose_answer_is_lost_may_be_made_again(town, cut):
    card, mandate = town.method(), town.mandate(ACCOUNT)
    town.wire.cut = cut
    for change in (town.gateway.make_default, town.gateway.remove):
        with pytest.raises(Unavailable):
            change("ada", mandate.id)

    town.wire.cut = ""
    town.gateway.remove("ada", mandate.id)
    assert [(one.id, one.default) for one in town.gateway.methods("ada")] == [(card.id, True)]


def test_a_slow_payment_is_neither_failure_nor_success_until_it_is_paid(town):
    page = town.charge()
    town.types(page, SLOW)
    waiting = town.gateway.find("key-1")

    assert isinstance(waiting, Pending)
    assert town.taken() == []
    town.time_passes("key-1")
    paid = town.gateway.find("key-1")
    assert isinstance(paid, Paid)
    assert paid.reference == waiting.reference
    assert paid.method == town.gateway.methods("ada")[0].id


def test_a_slow_payment_may_fail_in_the_end(town):
    town.types(town.charge(), SLOW)
    town.time_passes("key-1", paid=False)

    assert town.gateway.find("key-1") == Declined("declined")
    assert town.taken() == []


def test_an_amount_of_zero_registers_the_card_and_moves_no_money(town):
    town.types(town.charge(amount=Money.zero("EUR")), GOOD)
    (method,) = town.gateway.methods("ada")

    assert town.gateway.find("key-1") == Registered(method.id)
    assert town.taken() == []


def test_a_card_that_paid_is_on_file_masked_the_first_one_as_default(town):
    town.types(town.charge(), GOOD)
    town.types(town.charge("key-2"), CHALLENGED)
    town.passes(town.gateway.find("key-2"))

    first, second = town.gateway.methods("ada")
    assert (first.label, first.expires, first.default) == ("Visa •••• 4242", "2099-12", True)
    assert (second.label, second.default) == ("Visa •••• 3155", False)
    assert town.gateway.methods("grace") == ()


def test_the_same_card_again_is_on_file_once(town):
    for key in ("key-1", "key-2"):
        town.types(town.charge(key), GOOD)

    assert len(town.gateway.methods("ada")) == 1


def test_a_saved_card_is_charged_at_once(town):
    saved = town.saved()

    paid = town.charge(choice=saved)

    assert isinstance(paid, Paid)
    assert paid.method == saved.method
    assert town.taken() == [PRICE]


@pytest.mark.parametrize(("reason", "number"), CARDS.items())
def test_a_saved_card_that_went_bad_is_declined_at_once(town, reason, number):
    assert town.charge(choice=town.saved(number)) == Declined(reason)


def test_a_saved_card_may_ask_whether_it_is_really_the_customer(town):
    challenge = town.charge(choice=town.saved(CHALLENGED))

    assert isinstance(challenge, Elsewhere)
    town.passes(challenge)
    assert isinstance(town.gateway.find("key-1"), Paid)


def test_a_saved_card_of_somebody_else_is_declined(town):
    assert town.charge(choice=town.saved(customer="grace")) == Declined("declined")


def test_the_same_key_again_is_the_same_charge(town):
    saved = town.saved()
    answers = {town.charge(choice=saved) for _ in range(3)}

    assert len(answers) == 1
    assert town.taken() == [PRICE]


def test_a_charge_to_which_nobody_objects_has_no_dispute(town):
    town.charge(choice=town.saved())

    assert town.gateway.dispute("key-1") is None
    assert town.gateway.dispute("key-2") is None


def test_a_gateway_with_pages_of_its_own_has_no_field_on_ours(town):
    town.charge()

    assert town.gateway.inset("key-1") is None
    assert town.gateway.inset("key-2") is None


def test_the_same_key_at_the_same_time_is_one_charge(town):
    saved, answers = town.saved(), []
    hurry = [threading.Thread(target=lambda: answers.append(town.charge(choice=saved))) for _ in range(8)]
    for thread in hurry:
        thread.start()
    for thread in hurry:
        thread.join()

    assert len(answers) == 8
    assert len(set(answers)) == 1
    assert town.taken() == [PRICE]


@pytest.mark.parametrize(
    "other", [{"amount": Money(5000, "EUR")}, {"amount": Money(4900, "USD")}, {"customer": "grace"}, {"order": "other"}]
)
def test_the_same_key_for_another_charge_is_our_bug(town, other):
    town.charge()

    with pytest.raises(Exception, match="key-1"):
        town.charge(**other)


def test_the_same_key_may_be_asked_again_in_another_language(town):
    assert town.charge() == town.charge(language="fr", come_back="http://shop.example/elsewhere")


def test_an_answer_lost_on_the_way_is_unknown_until_the_gateway_is_asked_again(town):
    saved = town.saved()
    town.wire.cut = "answer"
    assert town.charge(choice=saved) == Unknown()
    assert town.gateway.find("key-1") == Unknown()

    town.wire.cut = ""
    assert isinstance(town.gateway.find("key-1"), Paid)
    assert isinstance(town.charge(choice=saved), Paid)
    assert town.taken() == [PRICE]


def test_a_question_lost_on_the_way_is_unknown_until_the_gateway_says_it_never_came(town):
    saved = town.saved()
    town.wire.cut = "question"
    assert town.charge(choice=saved) == Unknown()

    town.wire.cut = ""
    assert town.gateway.find("key-1") is None
    assert town.taken() == []
    assert isinstance(town.charge(choice=saved), Paid)
    assert town.taken() == [PRICE]


def test_a_payment_that_the_gateway_does_not_speak_of_yet_is_unknown_then_paid_once(town):
    assert town.charge(choice=town.saved(UNHEARD)) == Unknown()

    assert town.gateway.find("key-1") == Unknown()
    assert isinstance(town.gateway.find("key-1"), Paid)
    assert town.taken() == [PRICE]


def test_a_card_typed_at_a_silent_gateway_is_unknown_then_paid_once(town):
    town.types(town.charge(), UNHEARD)

    assert [town.gateway.find("key-1"), town.gateway.find("key-1")] == [Unknown(), Unknown()]
    assert isinstance(town.gateway.find("key-1"), Paid)
    assert town.taken() == [PRICE]


def test_what_is_not_decided_can_be_cancelled(town):
    page = town.charge()

    assert town.gateway.cancel("key-1") == Declined("cancelled")
    town.types(page, GOOD)
    assert town.gateway.find("key-1") == Declined("cancelled")
    assert town.taken() == []


def test_a_challenge_can_be_cancelled(town):
    challenge = town.charge(choice=town.saved(CHALLENGED))

    assert town.gateway.cancel("key-1") == Declined("cancelled")
    town.passes(challenge)
    assert town.taken() == []


def test_what_is_decided_cannot_be_cancelled(town):
    paid = town.charge(choice=town.saved())
    waiting = town.charge("key-2", choice=town.saved(SLOW))

    assert town.gateway.cancel("key-1") == paid
    assert town.gateway.cancel("key-2") == waiting
    assert isinstance(waiting, Pending)


def test_a_cancelled_key_that_never_arrived_is_closed_for_good(town):
    assert town.gateway.find("key-1") is None
    assert town.gateway.cancel("key-1") == Declined("cancelled")

    assert town.charge(choice=town.saved()) == Declined("cancelled")
    assert town.gateway.find("key-1") == Declined("cancelled")
    assert town.taken() == []


def test_a_cancellation_whose_answer_is_lost_is_unknown(town):
    town.charge()
    town.wire.cut = "answer"
    assert town.gateway.cancel("key-1") == Unknown()

    town.wire.cut = ""
    assert town.gateway.find("key-1") == Declined("cancelled")


def euros(minor):
    return Money(minor, "EUR")


def test_money_goes_back_in_parts_and_never_more_than_was_taken(town):
    town.charge(choice=town.saved())

    first = town.gateway.refund("key-1", euros(4000), "back-1")
    assert isinstance(first, Refunded)
    assert first.amount == euros(4000)
    assert town.gateway.refund("key-1", euros(901), "back-2") == NotRefunded("too_much")
    assert isinstance(town.gateway.refund("key-1", euros(900), "back-3"), Refunded)
    assert town.gateway.refund("key-1", euros(1), "back-4") == NotRefunded("too_much")
    assert town.given_back() == [4900]


def test_the_same_key_again_is_the_same_refund(town):
    town.charge(choice=town.saved())
    answers = {town.gateway.refund("key-1", euros(2450), "back-1") for _ in range(3)}

    assert answers == {town.gateway.find_refund("back-1")}
    assert town.given_back() == [2450]


@pytest.mark.parametrize("other", [("key-1", euros(100)), ("key-2", euros(2450))])
def test_the_same_key_for_another_refund_is_our_bug(town, other):
    town.charge(choice=town.saved())
    town.gateway.refund("key-1", euros(2450), "back-1")

    with pytest.raises(Exception, match="back-1"):
        town.gateway.refund(*other, "back-1")


def test_what_was_never_taken_does_not_go_back(town):
    town.charge()
    for charge in ("key-1", "nothing"):
        assert town.gateway.refund(charge, euros(1), f"back-{charge}") == NotRefunded("unpaid")
    assert town.gateway.find_refund("back-nothing") == NotRefunded("unpaid")


def test_money_goes_back_in_its_own_currency_alone(town):
    town.charge(choice=town.saved())

    assert town.gateway.refund("key-1", Money(1, "USD"), "back-1") == NotRefunded("unpaid")


def test_a_bank_may_take_nothing_back(town):
    town.charge(choice=town.saved(KEPT))

    assert town.gateway.refund("key-1", PRICE, "back-1") == NotRefunded("refused")
    assert town.given_back() == [0]


def test_a_refund_whose_answer_is_lost_is_unknown_until_the_gateway_is_asked_again(town):
    town.charge(choice=town.saved())
    town.wire.cut = "answer"
    assert town.gateway.refund("key-1", PRICE, "back-1") == Unknown()
    assert town.gateway.find_refund("back-1") == Unknown()

    town.wire.cut = ""
    assert isinstance(town.gateway.find_refund("back-1"), Refunded)
    assert town.given_back() == [4900]


def test_a_refund_that_never_arrived_is_known_to_be_none(town):
    town.charge(choice=town.saved())
    town.wire.cut = "question"
    assert town.gateway.refund("key-1", PRICE, "back-1") == Unknown()

    town.wire.cut = ""
    assert town.gateway.find_refund("back-1") is None
    assert town.given_back() == [0]


def test_a_refund_that_the_gateway_does_not_speak_of_yet_is_unknown_then_done_once(town):
    town.types(town.charge(), UNHEARD)
    while not isinstance(town.gateway.find("key-1"), Paid):
        pass
    assert [town.gateway.refund("key-1", PRICE, "back-1"), town.gateway.find_refund("back-1")] == [Unknown()] * 2

    assert isinstance(town.gateway.find_refund("back-1"), Refunded)
    assert town.given_back() == [4900]


def test_a_gateway_that_cannot_be_reached_says_so_where_no_money_can_have_moved(town):
    town.gateway.answers()
    town.method()
    town.charge()
    town.wire.shutdown()
    town.wire.server_close()

    with pytest.raises(Unavailable):
        town.gateway.answers()
    with pytest.raises(Unavailable):
        town.gateway.methods("ada")
    with pytest.raises(Unavailable):
        town.charge("key-2")
    assert town.gateway.find("key-1") == Unknown()
    assert town.gateway.cancel("key-1") == Unknown()
