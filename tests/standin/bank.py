"""The stand-in where walks expect the sandbox: its controls, and its cards as those that do the same at Stripe."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import stripe
from sqlalchemy import select
from werkzeug import Request, Response

from generator import record
from generator.adapters.sql.stripe_tables import stripe_charges
from generator.adapters.stripe import amounts, reading
from generator.adapters.stripe.account import Account
from generator.adapters.stripe.books import Books
from generator.adapters.stripe.breaker import Breaker
from generator.adapters.stripe.gateway import StripeGateway
from generator.model.payment import Charge
from generator.ports.gateway import Gateway
from generator.rehearsal.stand import Town
from tests.standin import cards, trouble
from tests.standin.api import intents, methods
from tests.standin.faults import Refusal
from tests.standin.server import KEY, StandIn, standing_in
from tests.standin.shapes import Thing

UNHEARD = "4000000000000119"

SAME: Mapping[str, str] = {
    "4000000000000077": cards.CARDS["late"].number,
    UNHEARD: cards.CARDS["visa"].number,
    "4000000000005126": cards.CARDS["createDispute"].number,
    "DE62370400440532013001": "AT601904300000121212",
    "DE35370400440532013002": "DE62370400440532013001",
}
"""The sandbox's, and what does the same at Stripe."""


class Controls:
    """What walks ask the sandbox for beside what a gateway is asked."""

    def __init__(self, stand_in: StandIn, town: Town) -> None:
        self._stand_in = stand_in
        self._there = stand_in.books
        self._ours = Books(town.database)
        self._database = town.database
        stand_in.controls = self
        stand_in.books.typed = self._typed

    def __call__(self, request: Request) -> Response:
        parts = request.path.strip("/").split("/")[1:]
        with self._there.lock:
            self._there.do_due()
            match parts:
                case ["charges"]:
                    return _json({"charges": list(self._charges())})
                case ["test", "customers", customer, "methods"]:
                    return self._file(customer, json.loads(request.get_data()))
                case ["test", "charges", key, "settle"]:
                    return self._settle(key, request.args.get("paid") != "no")
        return Response("", 404)

    def _typed(self, number: str) -> str:
        plain = number.replace(" ", "").upper()
        if plain == UNHEARD:
            self._silent("get /v1/checkout/sessions", 2)
            self._silent("post /v1/refunds", 1)
            self._silent("get /v1/refunds", 1, after=1)
        return SAME.get(plain, plain)

    def _silent(self, at: str, times: int, after: int = 0) -> None:
        """So often nobody hears the answer, however often the library asks again within one call of ours."""
        self._stand_in.troubles.add(replace(trouble.status(at, 504, times * 3, done=True), after=after))

    def _charges(self) -> Iterator[Thing]:
        with self._database.read() as connection:
            rows = connection.execute(select(stripe_charges)).all()
        for row in rows:
            charge = record.read(row.charge, Charge) if row.charge else None
            yield {
                "key": row.key,
                "customer": charge and charge.customer,
                "amount": charge and charge.amount.minor,
                "currency": charge and charge.amount.currency,
                "page": "",
                "reason": row.ended,
                "status": "declined" if row.ended else "open",
                "given_back": 0,
                **(self._stands(self._there.things[row.object]) if row.object else {}),
            }

    def _stands(self, thing: Thing) -> Thing:
        """How a page or a payment stands, in the sandbox's words."""
        if thing["object"] == "checkout.session":
            intent = self._there.things.get(thing["payment_intent"] or thing["setup_intent"] or "")
            if thing["status"] == "expired":
                return {"status": "declined", "reason": "cancelled"}
            asked = intent is not None and intent["status"] == "requires_action"
            if thing["status"] == "open":
                return {"status": "open", "page": f"/c/pay/{thing['id']}" + ("/challenge" if asked else "")}
            assert intent is not None, "somebody was through with it"
            return self._stands(intent)
        match thing["status"]:
            case "succeeded" if thing["object"] == "setup_intent":
                return {"status": "registered"}
            case "succeeded":
                back = self._there.things[thing["latest_charge"]]["amount_refunded"]
                return {"status": "paid", "given_back": amounts.ours(back, thing["currency"]).minor}
            case "processing":
                return {"status": "pending"}
            case "requires_action":
                return {"status": "open", "page": f"/3ds/{thing['id']}/challenge"}
            case "requires_payment_method" if thing["last_payment_error"]:
                return {"status": "declined", "reason": reading.reason(thing["last_payment_error"])}
            case "canceled":
                return {"status": "declined", "reason": "cancelled"}
        return {"status": "open"}

    def _file(self, customer: str, said: Mapping[str, Any]) -> Response:
        id = self._ours.customer(customer)
        if not id:
            id = self._there.new("customer", "cus", invoice_settings={"default_payment_method": None})["id"]
            self._ours.know(customer, id)
        with suppress(Refusal):
            if "iban" in said:
                billing = {"name": said["holder"], "email": "ada@example.com"}
                method = methods.of_account(self._there, SAME.get(said["iban"], said["iban"]), billing)
                methods.mandate(self._there, method, {"type": "offline", "offline": {}})
            else:
                method = self._card(said["number"], said["expires"])
            methods.put_on_file(self._there, method, id)
            return _json({}, 201)
        return _json({}, 400)

    def _card(self, number: str, expires: str) -> Thing:
        card = cards.numbered(SAME.get(number, number))
        if card is None:
            raise Refusal(400, "card_error", "This is no card")
        if number == UNHEARD:
            self._silent("/confirm", 1)
            self._silent("get /v1/payment_intents/", 1)
        year, _, month = expires.partition("-")
        return methods.of_card(self._there, card, None, int(month), int(year))

    def _settle(self, key: str, paid: bool) -> Response:
        for intent in list(self._there.all("payment_intent", status="processing")):
            if intent["metadata"].get(reading.KEY) == key:
                method = self._there.things[self._there.things[intent["latest_charge"]]["payment_method"]]
                debit = methods.kind(method) == "sepa_debit"
                intents.settle(
                    self._there, intent["id"], "" if paid else "insufficient_funds" if debit else "generic_decline"
                )
                return _json({})
        return _json({}, 404)


@contextmanager
def at_stripe(town: Town) -> Iterator[tuple[Gateway, str]]:
    """Stripe in place of the sandbox, as far as the stand-in is it. It says nothing unasked: the worker asks."""
    stripe.HTTPClient.INITIAL_DELAY = 0.01
    stripe.HTTPClient.MAX_DELAY = 0.02
    with standing_in(timedelta(days=5), clock=town.clock.now) as stand_in:
        Controls(stand_in, town)
        account = Account(KEY, base=stand_in.url, pages=(stand_in.url,), patience=20.0)
        yield StripeGateway(account, town.database, Breaker(after=99)), stand_in.url


def _json(said: object, status: int = 200) -> Response:
    return Response(json.dumps(said), status, mimetype="application/json")
