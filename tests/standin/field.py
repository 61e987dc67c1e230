"""What stands for Stripe.js: a script of the stand-in's that puts a frame of its own onto a page.

It has of Stripe's script what ours uses, and refuses what Stripe's would: another key, a secret of another payment.
"""

import json
from typing import Any

from werkzeug import Request, Response

from tests.standin import cards
from tests.standin.api import intents, methods, setups
from tests.standin.books import Books
from tests.standin.faults import Refusal, invalid
from tests.standin.shapes import Thing

SCRIPT = """
window.Stripe = (key, options) => {
  const origin = new URL(document.querySelector("script[src$='/js/stripe.js']").src).origin;
  const confirm = async (given) => {
    const { frame, secret } = given.elements;
    const heard = new Promise((resolve) => {
      const hear = (event) => {
        if (event.source !== frame.contentWindow || event.origin !== origin || !event.data.said) return;
        removeEventListener("message", hear);
        resolve(event.data.said);
      };
      addEventListener("message", hear);
    });
    frame.contentWindow.postMessage({ key, secret, back: given.confirmParams.return_url }, origin);
    const said = await heard;
    if (said.error) return said;
    location.assign(said.go);
    return new Promise(() => {});
  };
  return {
    elements: ({ clientSecret }) => {
      const kept = { secret: clientSecret };
      kept.create = (what) => {
        if (what !== "payment") throw new Error(what);
        const frame = document.createElement("iframe");
        const hears = {};
        kept.frame = frame;
        frame.title = "Secure payment input frame";
        frame.style.width = "100%";
        frame.style.height = "15rem";
        frame.style.border = "0";
        frame.src = `${origin}/js/frame?secret=${encodeURIComponent(clientSecret)}&key=${key}`;
        addEventListener("message", (event) => {
          if (event.source === frame.contentWindow && event.data.now) (hears[event.data.now] || (() => {}))();
        });
        return { on: (name, hear) => (hears[name] = hear), mount: (where) => where.append(frame) };
      };
      return kept;
    },
    confirmPayment: confirm,
    confirmSetup: confirm,
  };
};
"""

_FRAME = """<!doctype html><html lang=en><meta charset=utf-8><title>Secure payment input frame</title>
<main>{fields}</main>
<script>
addEventListener("message", async ({{ data, origin }}) => {{
  const typed = Object.fromEntries([...document.querySelectorAll("input")].map((one) => [one.name, one.value]));
  const answer = await fetch("/js/confirm", {{ method: "POST", body: JSON.stringify({{ ...data, typed }}) }});
  parent.postMessage({{ said: await answer.json() }}, origin);
}});
parent.postMessage({{ now: {now} }}, "*");
</script>"""

_FIELD = '<p><label>{label}<br><input name="{name}" autocomplete="off"></label>'
_CARD = {"number": "Card number", "expiry": "MM/YY", "cvc": "CVC"}
_ACCOUNT = {"iban": "IBAN", "holder": "Holder"}


def answer(books: Books, request: Request, public: str) -> Response:
    match request.path:
        case "/js/stripe.js":
            return Response(SCRIPT, mimetype="text/javascript")
        case "/js/frame":
            return _frame(books, request.args.get("secret", ""), request.args.get("key", ""), public)
        case "/js/confirm" if request.method == "POST":
            return Response(json.dumps(_confirmed(books, json.loads(request.get_data()), public)), mimetype="text/json")
    return Response("Not found", 404)


def _frame(books: Books, secret: str, key: str, public: str) -> Response:
    with books.lock:
        intent = _meant(books, secret)
    known = intent is not None and key == public and intent["status"] != "canceled"
    names = _ACCOUNT if intent and "sepa_debit" in intent["payment_method_types"] else _CARD
    fields = "".join(_FIELD.format(name=name, label=label) for name, label in names.items()) if known else ""
    now = json.dumps("ready" if known else "loaderror")
    return Response(_FRAME.format(fields=fields, now=now), mimetype="text/html")


def _meant(books: Books, secret: str) -> Thing | None:
    thing = books.things.get(secret.partition("_secret_")[0])
    return thing if thing is not None and thing.get("client_secret") == secret else None


def _confirmed(books: Books, said: Any, public: str) -> Thing:
    """Where to go on, or what is wrong."""
    with books.lock:
        try:
            intent = _meant(books, said["secret"])
            if intent is None or said["key"] != public:
                raise invalid("This is no payment of yours")
            room = intents if intent["object"] == "payment_intent" else setups
            given: Thing = {"payment_method": _typed(books, said["typed"])["id"], "return_url": said["back"]}
            if "iban" in said["typed"]:
                online = {"ip_address": "127.0.0.1", "user_agent": "a browser"}
                given["mandate_data"] = {"customer_acceptance": {"type": "online", "online": online}}
            done = room.confirm(books, given, intent["id"])
        except Refusal as refusal:
            return {"error": dict(refusal.body["error"])}
    action = (done["next_action"] or {}).get("redirect_to_url") or {}
    return {"go": action.get("url") or f"{said['back']}?payment_intent={done['id']}&redirect_status=succeeded"}


def _typed(books: Books, typed: Thing) -> Thing:
    billing = {"name": typed.get("holder") or "Ada", "email": "ada@example.com"}
    if "iban" in typed:
        return methods.of_account(books, books.typed(typed["iban"]), billing)
    month, _, year = (typed["expiry"] or "12/99").partition("/")
    card = cards.numbered(books.typed(typed["number"].replace(" ", "")))
    if card is None:
        raise Refusal(402, "card_error", "This is no card", "incorrect_number")
    return methods.of_card(books, card, billing, int(month), 2000 + int(year) % 100)
