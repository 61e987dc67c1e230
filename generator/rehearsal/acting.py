"""Sentences that say what the customer does: opens, types, presses, pays, waits, leaves."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from generator.model.payment import MethodKind
from generator.model.walk import Subject
from generator.model.workflow import PURPOSES
from generator.rehearsal.stage import KNOWN, Person, Stage, Unmet
from generator.rehearsal.visitor import Visitor
from generator.runtime import addresses, links
from generator.runtime.links import Link
from generator.runtime.ways_in import WaysIn

FURTHEST = 9
"""No workflow has more steps than a customer presses Continue in `comes to`."""


def opens(stage: Stage, who: Person, workflow: str, thing: str = "", other: str = "") -> None:
    """By a link, as the merchant's application would make it."""
    if workflow not in PURPOSES:
        raise Unmet("a workflow", workflow)
    _open(stage, who, workflow, subject(stage, who, workflow, thing, other))


def opens_given(stage: Stage, who: Person, workflow: str, thing: str, pairs: str) -> None:
    """With values for fields that nobody is asked."""
    given = dict(pair.strip().split("=", 1) for pair in pairs.split(","))
    _open(stage, who, workflow, subject(stage, who, workflow, thing, ""), given=given)


def opens_with_code(stage: Stage, who: Person, workflow: str, thing: str, code: str) -> None:
    """By a link that carries a promotion."""
    _open(stage, who, workflow, subject(stage, who, workflow, thing, ""), promotion=code)


def opens_portal(stage: Stage, who: Person, section: str = "") -> None:
    _open(stage, who, f"portal/{section}" if section else "portal", Subject())


def subscribes_as_visitor(stage: Stage, who: Person, plan: str) -> None:
    """By the address that anybody may put into a catalog of their own."""
    who.way = "catalog"
    who.window.open(f"{stage.stand.pages}{addresses.start('anonymous_subscription', Subject(plan=plan))}")


def opens_catalog(stage: Stage, who: Person) -> None:
    """The one that anybody may see."""
    who.way = "catalog"
    who.window.open(stage.stand.pages + addresses.catalog())


def gets_link_once(stage: Stage, who: Person, workflow: str, thing: str = "", other: str = "") -> None:
    """One that is used up by the button of the page that it opens."""
    ways, about = WaysIn(stage.stand.parts), subject(stage, who, workflow, thing, other)
    who.way, who.link = "link", ways.address(ways.link(stage.customer(who), workflow, about, single_use=True))


def opens_mailed_link(stage: Stage, who: Person) -> None:
    """The address in the newest mail to them."""
    found = [line for line in stage.mailed(who).splitlines() if line.startswith(stage.stand.pages)]
    if not found:
        raise Unmet("a link in the mail", stage.mailed(who)[:300])
    who.way, who.link = "mail", found[0]
    who.window.open(who.link)


def types_mailed_code(stage: Stage, who: Person) -> None:
    """The code in the newest mail to them, where the page asks for it."""
    found = [line for line in stage.mailed(who).splitlines() if line.isdecimal()]
    if not found:
        raise Unmet("a code in the mail", stage.mailed(who)[:300])
    who.typed[field_name(who, "code")] = found[0]


def goes_to(stage: Stage, who: Person, path: str) -> None:
    who.window.open(stage.stand.pages + path)


def opens_page_of(stage: Stage, who: Person, name: str) -> None:
    """The address that somebody else has before them."""
    who.window.open(stage.other(name).window.url)


def opens_of(stage: Stage, who: Person, workflow: str, plan: str, name: str) -> None:
    """About what somebody else has."""
    _open(stage, who, workflow, Subject(subscription=stage.subscription(stage.other(name), plan).id))


def opens_on_behalf(stage: Stage, who: Person, workflow: str, plan: str, name: str) -> None:
    """To pay for somebody else: on the stage, or anybody whom the merchant's link may name."""
    recipient = stage.people[name].ref if name in stage.people else name.lower()
    _open(stage, who, workflow, Subject(plan=plan), recipient)


def opens_catalog_on_behalf(stage: Stage, who: Person, name: str) -> None:
    _open(stage, who, "choose_plan", Subject(), stage.other(name).ref)


def opens_link(stage: Stage, who: Person) -> None:
    """The one by which they came in last."""
    who.window.open(who.link)


def opens_again(stage: Stage, who: Person) -> None:
    who.window.open(who.window.url)


def follows(stage: Stage, who: Person, words: str) -> None:
    """A link that begins with these words."""
    found = [href for name, href in who.window.links().items() if name.startswith(words)]
    if not found:
        raise Unmet(f'a link "{words}"', ", ".join(who.window.links()) or "no links")
    if "/portal" in who.window.url:
        who.way = "portal"
    if addresses.catalog() in who.window.url:
        who.way = "catalog"
    who.window.open(found[0])


def presses(stage: Stage, who: Person, words: str) -> None:
    if not any(words in button for button in who.window.buttons()):
        raise Unmet(f'a button "{words}"', ", ".join(who.window.buttons()) or place(who))
    who.window.fill(who.fills(), words)


def types(stage: Stage, who: Person, value: str, field: str) -> None:
    who.typed[field_name(who, field)] = value


def looks(stage: Stage, who: Person, field: str, value: str) -> None:
    """As a script does while somebody types: the page's form is sent for its price, and nothing else."""
    who.window.open(who.window.url)
    typed: dict[str, Any] = {field_name(who, field).replace(".", "__"): value}
    request = who.window.request(**typed)
    request.full_url += "?part=quote"
    who.window.send(request)


def types_unasked(stage: Stage, who: Person, value: str, field: str) -> None:
    """Into a field that the page does not have, as only somebody does who means no good."""
    who.typed[field] = value


def ticks(stage: Stage, who: Person, field: str) -> None:
    who.typed[field_name(who, field)] = "true"


def unticks(stage: Stage, who: Person, field: str) -> None:
    who.typed[field_name(who, field)] = None


def billing_info(stage: Stage, who: Person) -> None:
    known = {**asdict(KNOWN), "email": f"{who.ref}@example.com"}
    who.typed |= {name: value for name, value in known.items() if value and name in who.window.names()}


def chooses(stage: Stage, who: Person, plan: str) -> None:
    """In a catalog."""
    title = next((sold.title for sold in stage.stand.ledger.catalog().plans if sold.ref == plan), {})
    words = title.get(stage.customer(who).language) or next(iter(title.values()), plan)
    presses(stage, who, words)


def continues(stage: Stage, who: Person) -> None:
    _submit(who)


def agrees(stage: Stage, who: Person) -> None:
    """Ticks every box that must be ticked, and goes on."""
    _submit(who, dict.fromkeys(who.window.boxes(), "true"))


def comes_to(stage: Stage, who: Person, step: str) -> None:
    """Goes on with what is asked for until this step is there."""
    for _ in range(FURTHEST):
        if who.window.step == step:
            return
        if who.window.status != 200:
            break
        billing_info(stage, who)
        agrees(stage, who)
    raise Unmet(f"the step {step}", place(who))


def pays_with_new_card(stage: Stage, who: Person, number: str = "4242424242424242") -> None:
    """Up to the bank's page, and the card's number into it."""
    _submit(who, {"method": "new:card"})
    if "number" in who.window.names():
        gives_card(stage, who, number)


def gives_card(stage: Stage, who: Person, number: str = "4242424242424242") -> None:
    _submit(who, {"number": number, "expiry": "12/30", "cvc": "123"})


def pays_with_saved_card(stage: Stage, who: Person) -> None:
    _pays_with_saved(stage, who, "card")


def _pays_with_saved(stage: Stage, who: Person, kind: MethodKind) -> None:
    saved = [method for method in stage.stand.parts.gateway.methods(who.id) if method.kind == kind]
    if not saved:
        raise Unmet(f"a {kind} on file", "none")
    _submit(who, {"method": saved[0].id})


def pays_with_new_account(stage: Stage, who: Person, iban: str = "DE89370400440532013000") -> None:
    """Up to the bank's page, the account into it, and the mandate given."""
    _submit(who, {"method": "new:sepa"})
    if "iban" in who.window.names():
        gives_account(stage, who, iban)


def gives_account(stage: Stage, who: Person, iban: str = "DE89370400440532013000") -> None:
    _submit(who, {"iban": iban, "holder": who.ref.title()})


def pays_with_saved_mandate(stage: Stage, who: Person) -> None:
    _pays_with_saved(stage, who, "sepa")


def sends(stage: Stage, who: Person, value: str, field: str) -> None:
    """What no button of the page would send."""
    _submit(who, {field: value})


def sends_method_of(stage: Stage, who: Person, name: str) -> None:
    """As their own, what somebody else has on file."""
    methods = stage.stand.parts.gateway.methods(stage.other(name).id)
    if not methods:
        raise Unmet(f"a method on file for {name}", "none")
    _submit(who, {"method": methods[0].id})


def pays_by_transfer(stage: Stage, who: Person) -> None:
    _submit(who, {"method": "offline:transfer"})


def confirms_at_bank(stage: Stage, who: Person) -> None:
    """On the page where the bank asks whether it is them."""
    _submit(who, {"answer": "confirm"})


def refuses_at_bank(stage: Stage, who: Person) -> None:
    _submit(who, {"answer": "refuse"})


def cancels_at_bank(stage: Stage, who: Person) -> None:
    """By the button of the bank's page that leads back."""
    if who.window.step == "challenge" or not {"number", "iban"} & who.window.names():
        raise Unmet("the bank's page for a card or an account", place(who))
    who.window.submit(form=-1)


def goes_back(stage: Stage, who: Person) -> None:
    follows(stage, who, "Back")


def leaves(stage: Stage, who: Person) -> None:
    follows(stage, who, "Leave")


def another_window(stage: Stage, who: Person) -> None:
    """On the same page, with the same cookies."""
    new = Visitor(cookies=who.window.cookies, inside=who.window.inside)
    new.open(who.window.url)
    who.windows.append(new)
    who.at = len(who.windows) - 1


def first_window(stage: Stage, who: Person) -> None:
    who.at = 0


def second_window(stage: Stage, who: Person) -> None:
    who.at = 1


def _open(
    stage: Stage,
    who: Person,
    to: str,
    about: Subject,
    recipient: str = "",
    given: Mapping[str, str] | None = None,
    promotion: str = "",
) -> None:
    parts = stage.stand.parts
    things = (about.plan, about.subscription, about.target, about.invoice)
    link = Link(who.ref, to, *things, recipient=recipient, given=given or {}, promotion=promotion)
    who.way = "link"
    who.link = links.make(link, parts.links, stage.stand.pages, stage.stand.clock.now())
    who.window.open(who.link)


def subject(stage: Stage, who: Person, workflow: str, thing: str, other: str) -> Subject:
    """What the sentence names is a plan, or by its plan a subscription; an invoice needs no name, it is the newest."""
    about = PURPOSES[workflow].about
    if about == ("invoice",):
        return Subject(invoice=stage.invoice(who).id)
    if about in ((), ("plan",)):
        return Subject(plan=thing) if about else Subject()
    if not thing:
        raise Unmet(f'which plan\'s subscription, as in "opens {workflow} for team"', "nothing named")
    has = stage.subscription(who, thing).id
    target = stage.subscription(who, other).id if "target" in about else ""
    return Subject(plan=other if "plan" in about else "", subscription=has, target=target)


def _submit(who: Person, more: dict[str, str] | None = None) -> None:
    try:
        who.window.fill({**who.fills(), **(more or {})})
    except AssertionError as fault:
        raise Unmet("a form to send", place(who)) from fault


def field_name(who: Person, field: str) -> str:
    """A field by its label or its name."""
    labels = who.window.labels()
    for words, name in labels.items():
        if words.startswith(field):
            return name
    for name in (field, f"option.{field}"):
        if name in who.window.names():
            return name
    raise Unmet(f'a field "{field}"', ", ".join(labels) or place(who))


def place(who: Person) -> str:
    """Where the customer is, in a line."""
    window = who.window
    if not window.status:
        return f"the customer was sent to {window.url}"
    return f'"{window.title}" ({window.status}) at {urlsplit(window.url).path}: {window.text[:300]}'
