"""Where the customer meets the bank: the card form, the mandate, the challenge, and the way back to the shop."""

from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.adapters.sandbox import address, cards, mandates
from generator.adapters.sandbox.bank import Bank
from generator.adapters.sandbox.cards import Faults, Typed
from generator.adapters.sandbox.entry import Entry
from generator.adapters.sandbox.mandates import AccountFaults, TypedAccount
from generator.adapters.sandbox.page import CardPage, ChallengePage, DonePage, MandatePage, Page, respond
from generator.model.payment import New


def counter(bank: Bank, today: Callable[[], date], onward: Sequence[str]) -> Blueprint:
    """`/pay/<token>...`, for the customer. Whoever knows the token holds the charge: nothing else identifies them."""
    counter = Blueprint("counter", __name__, url_prefix="/pay/<token>")

    def held(token: str) -> Entry:
        entry = bank.at(token)
        return entry if entry and entry.charge else abort(404)

    def show(entry: Entry, page: Page, status: int = 200) -> Response:
        back = address.origin(entry.asked.come_back)
        return respond(page, entry.asked.language, url_for("style"), status, (back, *onward))

    @counter.before_request
    def only_from_here() -> None:
        """A form of somebody else's page is not the customer's will, even where that page knows the token."""
        origin = request.headers.get("Origin")
        if request.method == "POST" and origin is not None and urlsplit(origin).netloc != request.host:
            abort(403)

    @counter.get("")
    def card_page(token: str) -> AnyResponse:
        entry = held(token)
        match entry.status:
            case "open" if _debits(entry):
                return show(entry, _mandate_page(entry, AccountFaults()))
            case "open":
                return show(entry, _card_page(entry, Faults()))
            case "challenge":
                return _onward(entry)
        return show(entry, _done_page(entry))

    @counter.post("")
    def pay(token: str) -> AnyResponse:
        entry = held(token)
        if _debits(entry):
            return sign(entry)
        typed = Typed(*(request.form.get(name, "")[:100] for name in ("number", "expiry", "cvc", "name")))
        match cards.read(typed, today()):
            case Faults() as faults if entry.status == "open":
                return show(entry, _card_page(entry, faults, typed), 422)
            case Faults():
                return _onward(entry)
            case card:
                return _onward(bank.pay(token, card))

    def sign(entry: Entry) -> AnyResponse:
        """The account, and with the same button the customer's word that it may be debited."""
        typed = TypedAccount(*(request.form.get(name, "")[:100] for name in ("iban", "holder")))
        match mandates.read(typed, _mandate_reference(entry)):
            case AccountFaults() as faults if entry.status == "open":
                return show(entry, _mandate_page(entry, faults, typed), 422)
            case AccountFaults():
                return _onward(entry)
            case mandate:
                return _onward(bank.pay(entry.token, mandate))

    @counter.get("/challenge")
    def challenge_page(token: str) -> AnyResponse:
        entry = held(token)
        match entry.status:
            case "open":
                return _onward(entry)
            case "challenge":
                return show(entry, _challenge_page(entry))
        return show(entry, _done_page(entry))

    @counter.post("/challenge")
    def answer(token: str) -> AnyResponse:
        held(token)
        match request.form.get("answer"):
            case "confirm":
                return _onward(bank.confirm(token))
            case "refuse":
                return _onward(bank.refuse(token))
        return abort(400)

    @counter.post("/cancel")
    def cancel(token: str) -> AnyResponse:
        return _onward(bank.cancel(held(token).key))

    return counter


def _onward(entry: Entry) -> AnyResponse:
    """To where this charge is dealt with now; a second click finds what the first one decided."""
    match entry.status:
        case "open":
            return redirect(url_for("counter.card_page", token=entry.token), 303)
        case "challenge":
            return redirect(url_for("counter.challenge_page", token=entry.token), 303)
    return redirect(entry.asked.come_back, 303)


def _card_page(entry: Entry, faults: Faults, typed: Typed | None = None) -> CardPage:
    return CardPage(
        amount=entry.asked.amount,
        shop=entry.asked.payee,
        cancel=url_for("counter.cancel", token=entry.token),
        faults=faults,
        name=typed.name if typed else "",
        expiry=typed.expiry if typed else "",
    )


def _debits(entry: Entry) -> bool:
    """Whether what is asked of the customer is an account and not a card."""
    return entry.asked.choice == New("sepa")


def _mandate_reference(entry: Entry) -> str:
    """What the mandate is known by: it stands on the page before it is given, and on the account's statement after."""
    return f"M-{entry.reference}"


def _mandate_page(entry: Entry, faults: AccountFaults, typed: TypedAccount | None = None) -> MandatePage:
    return MandatePage(
        amount=entry.asked.amount,
        shop=entry.asked.payee,
        cancel=url_for("counter.cancel", token=entry.token),
        reference=_mandate_reference(entry),
        faults=faults,
        holder=typed.holder if typed else "",
    )


def _challenge_page(entry: Entry) -> ChallengePage:
    return ChallengePage(entry.asked.amount, entry.asked.payee, entry.label)


def _done_page(entry: Entry) -> DonePage:
    return DonePage(
        entry.status, entry.asked.amount, entry.asked.payee, entry.asked.come_back, entry.mandate is not None
    )
