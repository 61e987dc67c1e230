"""Payment methods: cards and accounts, given by token or number, attached to customers and detached from them."""

from typing import Any

from tests.standin import cards
from tests.standin.api import Doings
from tests.standin.api.plain import changed, listed
from tests.standin.books import Books, letters
from tests.standin.cards import Bank
from tests.standin.faults import card_error, invalid, missing
from tests.standin.shapes import Thing


def create(books: Books, said: Thing) -> Thing:
    match said:
        case {"type": "card", "card": {"token": str(token)}}:
            return of_token(books, token.removeprefix("tok_"), "card[token]", said.get("billing_details"))
        case {"type": "card", "card": {"number": str(number), "exp_month": int(month), "exp_year": int(year)}}:
            card = cards.numbered(number)
            if card is None:
                raise card_error("incorrect_number")
            return of_card(books, card, said.get("billing_details"), month, year)
        case {"type": "sepa_debit", "sepa_debit": {"iban": str(iban)}}:
            return of_account(books, iban, said.get("billing_details"))
    raise invalid("This kind of payment method is not one of the stand-in's", "parameter_missing", "type")


def of_token(books: Books, token: str, param: str, billing: Any = None) -> Thing:
    """A new payment method with the card that is behind the token."""
    card = cards.known(token)
    if card is None:
        raise missing("token", token, param)
    return of_card(books, card, billing)


def of_card(books: Books, card: cards.Card, billing: Any = None, month: int = 12, year: int = 2099) -> Thing:
    details = {
        "brand": card.brand,
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "US",
        "display_brand": card.brand,
        "exp_month": month,
        "exp_year": year,
        "fingerprint": card.fingerprint,
        "funding": "credit",
        "generated_from": None,
        "last4": card.last4,
        "networks": {"available": [card.brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }
    return _made(books, "card", details, card.bank, billing)


def of_account(books: Books, iban: str, billing: Any = None) -> Thing:
    number = iban.replace(" ", "").upper()
    if number not in cards.ACCOUNTS:
        raise invalid(
            "The IBAN is not one with which Stripe can be tried", "invalid_bank_account_iban", "sepa_debit[iban]"
        )
    if not (billing or {}).get("name") or not (billing or {}).get("email"):
        raise invalid("A mandate needs name and e-mail", "parameter_missing", "billing_details")
    details = {
        "bank_code": number[4:12],
        "branch_code": "",
        "country": number[:2],
        "fingerprint": cards.fingerprint(number),
        "generated_from": {"charge": None, "setup_attempt": None},
        "last4": number[-4:],
    }
    return _made(books, "sepa_debit", details, cards.ACCOUNTS[number], billing)


def _made(books: Books, kind: str, details: Thing, bank: Bank, billing: Any) -> Thing:
    said = {"address": None, "email": None, "name": None, "phone": None, "tax_id": None, **(billing or {})}
    address = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
    said["address"] = {**address, **(said["address"] or {})}
    method = books.new("payment_method", "pm", type=kind, **{kind: details}, billing_details=said, metadata={})
    books.aside[method["id"]] = bank
    return method


def found(books: Books, id: str, param: str = "payment_method") -> Thing:
    """The payment method, or a new one where a token was named. Raises `Refusal`."""
    if id not in books.things and id.startswith(("pm_card_", "tok_")):
        return of_token(books, id.removeprefix("pm_card_").removeprefix("tok_"), param)
    return books.maybe("card", id) or books.find("payment_method", id, param)


def kind(method: Thing) -> str:
    """`card` or `sepa_debit`; a source in the old way is a card."""
    return "card" if method["object"] == "card" else method["type"]


def bank_of(books: Books, method: Thing) -> Bank:
    return books.aside[method["id"]]


def attach(books: Books, said: Thing, id: str) -> Thing:
    method = found(books, id, "")
    customer = books.find("customer", said.get("customer"), "customer")
    if method["customer"] not in (None, customer["id"]):
        raise invalid("It is attached to another customer already", "payment_method_unexpected_state")
    bank = bank_of(books, method)
    if method["type"] == "card" and bank.declines and bank.at_once:
        code, decline = cards.code_of(bank.declines)
        raise card_error(code, decline)
    return put_on_file(books, method, customer["id"])


def put_on_file(books: Books, method: Thing, customer: str) -> Thing:
    """Attach it; where it is attached already, nothing happens."""
    if method["customer"] is None:
        books.tell("payment_method.attached", method, books.change(method, customer=customer))
    return method


def detach(books: Books, said: Thing, id: str) -> Thing:
    method = found(books, id, "")
    if method["customer"] is None:
        raise invalid("It is attached to no customer", "payment_method_unexpected_state")
    before = books.change(method, customer=None)
    owner = books.maybe("customer", before["customer"])
    if owner and owner["invoice_settings"]["default_payment_method"] == id:
        owner["invoice_settings"] = {**owner["invoice_settings"], "default_payment_method": None}
    books.aside[id, "detached"] = True
    books.tell("payment_method.detached", method, before)
    return method


def update(books: Books, said: Thing, id: str) -> Thing:
    method = found(books, id, "")
    if method["customer"] is None:
        raise invalid("It is attached to no customer: it cannot be changed", "payment_method_unexpected_state")
    return books.update(method, "payment_method.updated", **changed(method, said))


def usable(books: Books, id: str, customer: str | None) -> Thing:
    """The payment method, where this customer, or nobody in particular, may pay with it. Raises `Refusal`."""
    method = found(books, id)
    if method["customer"] not in (None, customer) or (customer and books.aside.get((id, "detached"))):
        raise missing("payment method of this customer", id, "payment_method")
    return method


def list_all(books: Books, said: Thing) -> Thing:
    return listed(books, "payment_method", said, "/v1/payment_methods")


def list_of(books: Books, said: Thing, customer: str) -> Thing:
    books.find("customer", customer)
    return listed(books, "payment_method", said, f"/v1/customers/{customer}/payment_methods", customer=customer)


def retrieve_of(books: Books, said: Thing, customer: str, id: str) -> Thing:
    method = books.find("payment_method", id)
    if method["customer"] != books.find("customer", customer)["id"]:
        raise missing("payment method", id)
    return method


def mandate(books: Books, method: Thing, acceptance: Thing) -> Thing:
    """The holder's word that the account may be debited."""
    accepted = {"accepted_at": books.now(), **acceptance}
    scheme = {"reference": letters(16).upper(), "url": f"{books.url}/mandate"}
    return books.new(
        "mandate",
        "mandate",
        customer_acceptance=accepted,
        payment_method=method["id"],
        payment_method_details={"type": "sepa_debit", "sepa_debit": scheme},
        status="active",
        type="multi_use",
        multi_use={},
    )


def pay_with_source(books: Books, said: Thing, customer: str) -> Thing:
    """A card in the old way: `sources` of a customer."""
    owner = books.find("customer", customer)
    source = source_of(books, said["source"], owner["id"])
    books.tell("customer.source.created", source)
    return source


def source_of(books: Books, token: str, customer: str) -> Thing:
    """The card behind the token, on file in the old way: it is also a payment method, under the same id."""
    card = cards.known(token.removeprefix("tok_"))
    if card is None:
        raise missing("token", token, "source")
    if card.bank.declines and card.bank.at_once:
        raise card_error(*cards.code_of(card.bank.declines))
    source = books.new(
        "card",
        "card",
        brand="Visa",
        country="US",
        customer=customer,
        cvc_check="pass",
        exp_month=12,
        exp_year=2099,
        fingerprint=card.fingerprint,
        funding="credit",
        last4=card.last4,
        metadata={},
    )
    books.aside[source["id"]] = card.bank
    return source


def update_source(books: Books, said: Thing, customer: str, id: str) -> Thing:
    source = books.find("card", id)
    return books.update(source, "customer.source.updated", **changed(source, said))


DOINGS: Doings = {
    "post /v1/payment_methods": create,
    "get /v1/payment_methods": list_all,
    "get /v1/payment_methods/{}": lambda books, said, id: books.find("payment_method", id),
    "post /v1/payment_methods/{}": update,
    "post /v1/payment_methods/{}/attach": attach,
    "post /v1/payment_methods/{}/detach": detach,
    "get /v1/customers/{}/payment_methods": list_of,
    "get /v1/customers/{}/payment_methods/{}": retrieve_of,
    "get /v1/mandates/{}": lambda books, said, id: books.find("mandate", id),
    "post /v1/customers/{}/sources": pay_with_source,
    "post /v1/customers/{}/sources/{}": update_source,
    "get /v1/customers/{}/sources/{}": lambda books, said, customer, id: books.find("card", id),
}
