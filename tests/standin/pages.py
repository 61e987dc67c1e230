"""The pages that customers see at Stripe: where a card is typed, an account given, and where a bank asks who pays."""

from contextlib import suppress
from html import escape

from werkzeug import Request, Response
from werkzeug.utils import redirect

from tests.standin import cards
from tests.standin.api import intents, methods, sessions, setups
from tests.standin.books import Books
from tests.standin.faults import Refusal
from tests.standin.shapes import Thing

_PAGE = "<!doctype html><html lang={lang}><meta charset=utf-8><title>{title}</title><main><h1>{title}</h1>{body}</main>"
_FIELD = '<p><label>{label} <input name="{name}" autocomplete="off"></label>'


def answer(books: Books, request: Request) -> Response:
    """The page at this address, or what comes of sending its form."""
    parts = request.path.strip("/").split("/")
    with books.lock:
        match parts:
            case ["c", "pay", id] if books.maybe("checkout.session", id):
                return _checkout(books, request, books.things[id])
            case ["3ds", id] if id in books.things:
                return _challenge(books, request, books.things[id])
            case ["i" | "cn", _, "pdf"]:
                return _paper(books, request.path)
    return _page("Not found", "", status=404)


def _paper(books: Books, path: str) -> Response:
    """The file of an invoice or a credit note, for whoever has its address."""
    url = f"{books.url}{path}"
    found = next(iter((*books.all("invoice", invoice_pdf=url), *books.all("credit_note", pdf=url))), None)
    if found is None:
        return _page("Not found", "", status=404)
    return Response(f"%PDF-1.4\n% {found['number']}\n%%EOF\n", mimetype="application/pdf")


def _checkout(books: Books, request: Request, session: Thing) -> Response:
    if session["status"] == "complete":
        return redirect(sessions.way_on(session), 303, Response)
    if session["status"] == "expired":
        return _page("This page is closed", "<p>Ask for a new one where you came from.", status=410)
    intent = books.things.get(session["payment_intent"] or session["setup_intent"] or "", {})
    if intent.get("status") == "requires_action":
        return redirect(intent["next_action"]["redirect_to_url"]["url"], 303, Response)
    if request.method == "GET":
        return _form(session, "")
    try:
        return redirect(sessions.pay(books, session["id"], _typed(books, request)), 303, Response)
    except Refusal as refusal:
        return _form(session, str(refusal))


def _typed(books: Books, request: Request) -> Thing:
    """The payment method that was typed. Raises `Refusal`."""
    said = request.form
    billing = {"name": said.get("name") or said.get("holder") or "Ada", "email": said.get("email") or "ada@example.com"}
    if "iban" in said:
        return methods.of_account(books, books.typed(said["iban"]), billing)
    month, _, year = said.get("expiry", "12/99").partition("/")
    card = cards.numbered(books.typed(said.get("number", "").replace(" ", "")))
    if card is None:
        raise Refusal(402, "card_error", "This is no card", "incorrect_number")
    return methods.of_card(books, card, billing, int(month), 2000 + int(year) % 100)


def _form(session: Thing, wrong: str) -> Response:
    account = "sepa_debit" in session["payment_method_types"]
    names = (
        {"iban": "IBAN", "holder": "Holder"} if account else {"number": "Card number", "expiry": "MM/YY", "cvc": "CVC"}
    )
    fields = "".join(_FIELD.format(name=name, label=label) for name, label in names.items())
    amount = f"<p>{session['amount_total']} {session['currency']}" if session["amount_total"] else ""
    said = f"<p role=alert>{escape(wrong)}" if wrong else ""
    back = f'<p><a href="{escape(session["cancel_url"])}">Back</a>' if session["cancel_url"] else ""
    return _page(
        "Pay", f"{amount}{said}<form method=post action=>{fields}<button>Pay</button></form>{back}", session["locale"]
    )


def _challenge(books: Books, request: Request, intent: Thing) -> Response:
    if request.method == "GET":
        return _page(
            "Your bank asks",
            "<form method=post action=><button name=answer value=confirm>It is me</button>"
            "<button name=answer value=refuse>No</button></form>",
        )
    room = intents if intent["object"] == "payment_intent" else setups
    action = (intent["next_action"] or {}).get("redirect_to_url") or {}
    back = action.get("return_url") or books.aside.get((intent["id"], "back")) or f"{books.url}/"
    with suppress(Refusal):
        room.answer(books, intent["id"], request.form.get("answer") == "confirm")
    session = books.maybe("checkout.session", books.aside.get((intent["id"], "session")))
    if session is not None and session["status"] == "complete":
        back = sessions.way_on(session)
    return redirect(back, 303, Response)


def _page(title: str, body: str, language: str | None = None, status: int = 200) -> Response:
    made = Response(_PAGE.format(lang=language or "en", title=title, body=body), status, mimetype="text/html")
    made.headers["Cache-Control"] = "no-store"
    return made
