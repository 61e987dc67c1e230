"""Payment at Stripe, as far as the stand-in is it: our gateway, a wire that can be cut, and a customer on its pages."""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import stripe
import urllib3

from generator.adapters.stripe.account import Account
from generator.adapters.stripe.books import Books
from generator.adapters.stripe.breaker import Breaker
from generator.adapters.stripe.gateway import StripeGateway
from generator.adapters.stripe.reading import KEY as OUR_KEY
from generator.model.money import Money
from generator.model.payment import Charge, Elsewhere, Method, New, Saved
from generator.ports.gateway import Gateway
from tests.ports.fresh import sqlite
from tests.ports.wire import Wire
from tests.standin import cards, trouble
from tests.standin.api import intents, methods
from tests.standin.asking import client
from tests.standin.server import KEY, StandIn, standing_in
from tests.standin.shapes import Thing

CHARGE = Charge("order-1", "ada", Money(4900, "EUR"), New("card"), "Acme", "en", "http://shop.example/return/key-1")

DECISIVE = re.compile(rb"POST /v1/(refunds|\S+/(confirm|cancel|expire|detach)|customers/\w+) HTTP|DELETE ")
"""What moves or changes something that is there: whatever is asked before it moves nothing."""

GOOD = "4242 4242 4242 4242"

_CARDS: Mapping[str, str] = {
    "4000 0000 0000 0077": cards.CARDS["late"].number,
    "4000 0000 0000 0119": cards.CARDS["visa"].number,
    "4000 0000 0000 5126": cards.CARDS["createDispute"].number,
}
"""Of the sandbox's cards those that do something else at Stripe: what does the same there."""

_UNHEARD = "4000 0000 0000 0119"

_ACCOUNTS: Mapping[str, tuple[str, str]] = {
    "DE62 3704 0044 0532 0130 01": ("DE89370400440532013000", "insufficient_funds"),
    "DE35 3704 0044 0532 0130 02": ("DE62370400440532013001", "debit_not_authorized"),
}


class StripeTown:
    """`stays`: who is declined on Stripe's page is still on it, and may type another card."""

    stays = True

    def __init__(self, stand_in: StandIn, wire: Wire, books: Books, gateway: StripeGateway) -> None:
        self.stand_in = stand_in
        self.wire = wire
        self.gateway: Gateway = gateway
        self._books = books
        self._http = urllib3.PoolManager(retries=False)
        self._fails: dict[str, str] = {}

    def charge(self, key: str = "key-1", **other: object):
        return self.gateway.charge(replace(CHARGE, **other), key)

    def types(self, page: Elsewhere, number: str) -> str:
        where = self._submit(page.url, {"number": _CARDS.get(number, number), "expiry": "12/99", "cvc": "123"})
        if number == _UNHEARD:
            self._silent("get /v1/checkout/sessions", 2)
            self._silent("post /v1/refunds", 1)
            self._silent("get /v1/refunds", 1, after=1)
        return where

    def signs(self, page: Elsewhere, iban: str) -> str:
        number, fails = _ACCOUNTS.get(iban, (iban, ""))
        self._fails["key-1"] = fails
        return self._submit(page.url, {"iban": number, "holder": "Ada"})

    def mandate(self, iban: str, customer: str = "ada") -> Method:
        with self.stand_in.books.lock:
            billing = {"name": "Ada", "email": "ada@example.com"}
            method = methods.of_account(self.stand_in.books, iban, billing)
            methods.mandate(self.stand_in.books, method, {"type": "offline", "offline": {}})
        return self._filed(method, customer)

    def method(self, number: str = GOOD, customer: str = "ada") -> Method:
        """On file even if no bank would accept it now: it went bad since."""
        card = cards.numbered(_CARDS.get(number, number).replace(" ", ""))
        assert card is not None, "one of the cards that can be tried"
        with self.stand_in.books.lock:
            method = methods.of_card(self.stand_in.books, card)
        return self._filed(method, customer)

    def saved(self, number: str = GOOD, customer: str = "ada") -> Saved:
        if number == _UNHEARD:
            self._silent("/confirm", 1)
            self._silent("get /v1/payment_intents/", 1)
        return Saved(self.method(number, customer).id)

    def passes(self, page: Elsewhere) -> str:
        return self._answers(page, "confirm")

    def fails(self, page: Elsewhere) -> str:
        return self._answers(page, "refuse")

    def leaves(self, page: Elsewhere) -> str:
        back = re.search(r'<a href="([^"]+)">Back', self._http.request("GET", page.url).data.decode())
        assert back is not None
        return back[1]

    def time_passes(self, key: str, paid: bool = True) -> None:
        fails = "" if paid else self._fails.get(key) or "generic_decline"
        with self.stand_in.books.lock:
            (intent,) = self._mine("payment_intent", key)
            intents.settle(self.stand_in.books, intent["id"], fails)

    def taken(self) -> list[Money]:
        """Every time that money moved."""
        return [_money(charge, "amount") for charge in self.stand_in.books.all("charge", status="succeeded")]

    def given_back(self) -> list[int]:
        """How much of each charge went back."""
        return [charge["amount_refunded"] for charge in self.stand_in.books.all("charge")]

    def _filed(self, method: Thing, customer: str) -> Method:
        id = self._books.customer(customer)
        if not id:
            id = client(self.stand_in).v1.customers.create({}).id
            self._books.know(customer, id)
        with self.stand_in.books.lock:
            methods.put_on_file(self.stand_in.books, method, id)
        return next(one for one in self.gateway.methods(customer) if one.id == method["id"])

    def _mine(self, name: str, key: str) -> list[Thing]:
        return [one for one in self.stand_in.books.all(name) if one["metadata"].get(OUR_KEY) == key]

    def _silent(self, at: str, times: int, after: int = 0) -> None:
        """So often nobody hears the answer, however often the library asks again within one call of ours."""
        fault = trouble.status(at, 504, times * 3, done=True)
        self.stand_in.troubles.add(replace(fault, after=after))

    def _answers(self, page: Elsewhere, answer: str) -> str:
        """Checkout sends whom it asks on to the bank by itself."""
        asks = self._http.request("GET", page.url, redirect=False).headers.get("Location", page.url)
        where = self._submit(asks, {"answer": answer})
        return self._submit(where, None) if "/c/pay/" in where else where

    def _submit(self, url: str, form: dict[str, str] | None) -> str:
        if form is None:
            answer = self._http.request("GET", url, redirect=False)
        else:
            answer = self._http.request("POST", url, fields=form, encode_multipart=False, redirect=False)
        return answer.headers.get("Location", "")


def _money(thing: Thing, name: str) -> Money:
    return Money(thing[name], thing["currency"].upper())


@contextmanager
def stripe_town(folder: Path) -> Iterator[StripeTown]:
    with standing_in() as stand_in, sqlite(folder) as database, pytest.MonkeyPatch.context() as hurry:
        hurry.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)
        hurry.setattr(stripe.HTTPClient, "MAX_DELAY", 0.02)
        wire = Wire(int(stand_in.url.rpartition(":")[2]), DECISIVE)
        threading.Thread(target=wire.serve_forever, args=(0.01,), daemon=True).start()
        account = Account(KEY, base=wire.url, pages=(stand_in.url,), patience=5.0)
        yield StripeTown(stand_in, wire, Books(database), StripeGateway(account, database, Breaker(after=99)))
        wire.shutdown()
        wire.server_close()
