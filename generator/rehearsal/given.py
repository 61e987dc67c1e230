"""Sentences that say how things are before a walk, and what the merchant, the bank and the calendar do in it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import urllib3

from generator.compiler.build import priced
from generator.model.catalog import Period
from generator.model.customer import BILLING_FIELDS, BillingInfo, Unclaimed
from generator.model.payment import NothingDue, Paid, Promised
from generator.model.quote import Options, Order, PayInvoice, Quote, Request, Subscribe
from generator.model.tax import TaxRate, TaxRules
from generator.model.walk import Subject
from generator.model.workflow import PURPOSES
from generator.rehearsal.acting import subject
from generator.rehearsal.stage import KNOWN, Person, Stage, Unmet, amount
from generator.rehearsal.visitor import Visitor
from generator.runtime.ways_in import Unlinkable, WaysIn
from generator.runtime.worker import Worker


def billing_info(stage: Stage, who: Person) -> None:
    stage.becomes(who, billing=replace(KNOWN, email=f"{who.ref}@example.com"))


def billing_info_with(stage: Stage, who: Person, pairs: str) -> None:
    """All of it, some in other words than usual."""
    stage.becomes(who, billing=replace(KNOWN, email=f"{who.ref}@example.com", **_named(pairs)))


def billing_info_only(stage: Stage, who: Person, pairs: str) -> None:
    stage.becomes(who, billing=BillingInfo(**_named(pairs)))


def _named(pairs: str) -> dict[str, str]:
    """`country=FR, company=Lumen` by name."""
    said = dict(pair.strip().split("=", 1) for pair in pairs.split(","))
    if unknown := said.keys() - set(BILLING_FIELDS):
        raise Unmet(f"billing info: {', '.join(BILLING_FIELDS)}", ", ".join(sorted(unknown)))
    return said


def terms(stage: Stage, who: Person, days: str) -> None:
    stage.becomes(who, terms_days=int(days))


def language(stage: Stage, who: Person, language: str) -> None:
    stage.becomes(who, language=language)


def tagged(stage: Stage, who: Person, tag: str) -> None:
    stage.becomes(who, tags=stage.customer(who).tags | {tag})


def on_hold(stage: Stage, who: Person) -> None:
    stage.becomes(who, suspended=True)


def card(stage: Stage, who: Person, number: str = "4242424242424242", expires: str = "2031-01") -> None:
    url = f"{stage.stand.bank}/api/test/customers/{who.id}/methods"
    answer = urllib3.request("POST", url, json={"number": number, "expires": expires})
    if answer.status != 201:
        raise Unmet("a card that the sandbox bank knows", number)


def card_until(stage: Stage, who: Person, month: str) -> None:
    card(stage, who, expires=month)


def mandate(stage: Stage, who: Person, iban: str = "DE89370400440532013000") -> None:
    url = f"{stage.stand.bank}/api/test/customers/{who.id}/methods"
    answer = urllib3.request("POST", url, json={"iban": iban, "holder": who.ref.title()})
    if answer.status != 201:
        raise Unmet("an account that the sandbox bank knows", iban)


def bought_with_code(stage: Stage, who: Person, plan: str, code: str) -> None:
    bought(stage, who, plan, promotion=code)


def bought(stage: Stage, who: Person, plan: str, options: str = "", promotion: str = "") -> None:
    """As if it had been bought through these pages, today: paid, or on terms."""
    ledger = stage.stand.ledger
    stage.plan(plan)
    quote = ledger.quote(Request(who.id, Subscribe(plan, chosen(options)), None, {}, promotion=promotion))
    if not isinstance(quote, Quote):
        raise Unmet(f"{plan} for sale with {options or 'its options'}", str(quote))
    order = ledger.open(quote.id, quote.shown, quote.id)
    assert isinstance(order, Order), "it was quoted just now"
    paid = Promised("transfer") if stage.customer(who).terms else Paid("before", "card", quote.due_now)
    ledger.close(order.id, paid if quote.due_now else NothingDue(), quote.id)


def was_offered(stage: Stage, who: Person, plan: str, price: str) -> None:
    stage.stand.ledger.prepare(who.id, replace(stage.plan(plan), price=amount(price)), {})


def was_offered_from(stage: Stage, who: Person, plan: str, price: str, day: str) -> None:
    stage.stand.ledger.prepare(who.id, replace(stage.plan(plan), price=amount(price)), {}, date.fromisoformat(day))


def was_offered_paid(stage: Stage, who: Person, plan: str, price: str, name: str) -> None:
    """Prepared for somebody who has the rights, while another one pays."""
    offer = replace(stage.plan(plan), price=amount(price))
    stage.stand.ledger.prepare(who.id, offer, {}, payer=stage.other(name).id)


def suspended(stage: Stage, who: Person, plan: str, state: str) -> None:
    known = ("suspended_agent", "suspended_no_payment_info", "suspended_payment_due")
    if state not in known:
        raise Unmet(f"one of {', '.join(known)}", state)
    stage.stand.ledger.suspend(stage.subscription(who, plan).id, state)  # type: ignore[arg-type]


def suspends_later(stage: Stage, who: Person, plan: str) -> None:
    found = stage.subscription(who, plan)
    stage.stand.ledger.suspend(found.id, "suspended_agent", found.period_end)


def withdraws_code(stage: Stage, who: Person, code: str) -> None:
    stage.promotes(code, None)


def limits_code(stage: Stage, who: Person, code: str, count: str) -> None:
    stage.promotes(code, replace(stage.promotion(code), uses=int(count)))


def ends_code(stage: Stage, who: Person, code: str, day: str) -> None:
    stage.promotes(code, replace(stage.promotion(code), until=date.fromisoformat(day)))


def price(stage: Stage, who: Person, plan: str, price: str) -> None:
    stage.sells(plan, replace(stage.plan(plan), price=amount(price)))


def fee(stage: Stage, who: Person, price: str, plan: str) -> None:
    stage.sells(plan, replace(stage.plan(plan), termination=amount(price)))


def commitment(stage: Stage, who: Person, terms: str, plan: str) -> None:
    stage.sells(plan, replace(stage.plan(plan), commitment=int(terms)))


def fee_at_end(stage: Stage, who: Person, price: str, plan: str) -> None:
    stage.sells(plan, replace(stage.plan(plan), termination=amount(price), termination_at="end"))


def trial_price(stage: Stage, who: Person, price: str, plan: str) -> None:
    stage.sells(plan, replace(stage.plan(plan), trial_price=amount(price)))


def trial(stage: Stage, who: Person, days: str, plan: str) -> None:
    stage.sells(plan, replace(stage.plan(plan), trial=Period(int(days), "day")))


def withdrawn(stage: Stage, who: Person, plan: str) -> None:
    stage.sells(plan, None)


BY_COUNTRY = TaxRules(2000, seller="FR", rates=(TaxRate("DE", 1900), TaxRate("BE", 2100)), outside=0)
"""A seller in France: Germany and Belgium at their rates, no tax outside of the EU."""


def taxes_by_country(stage: Stage, who: Person) -> None:
    stage.stand.ledger.sell(replace(stage.stand.ledger.price_list(), tax=BY_COUNTRY))


def prices_hold_tax(stage: Stage, who: Person) -> None:
    now = stage.stand.ledger.price_list()
    stage.stand.ledger.sell(replace(now, tax=replace(now.rules, inclusive=True)))


def imports(stage: Stage, who: Person, file: str) -> None:
    """What the file says is sold from now on, as `hosted-pages catalog import` does it."""
    read = priced(Path(file), file)
    if read.prices is None:
        raise Unmet("a catalog without problems", "; ".join(problem.says for problem in read.problems))
    stage.stand.ledger.sell(read.prices)


def paid_elsewhere(stage: Stage, who: Person) -> None:
    """The newest invoice, as if the customer had paid it in another way."""
    asked = Request(who.id, PayInvoice(stage.invoice(who).id), None, {})
    quote = stage.stand.ledger.quote(asked)
    if not isinstance(quote, Quote):
        raise Unmet("an invoice that can be paid", str(quote))
    order = stage.stand.ledger.open(quote.id, quote.shown, quote.id)
    if not isinstance(order, Order):
        raise Unmet("an invoice that nobody is paying", str(order))
    stage.stand.ledger.close(order.id, Paid("elsewhere", "card", quote.due_now), quote.id)


def mails_link(stage: Stage, who: Person, to: str, thing: str = "", other: str = "") -> None:
    """The merchant has a mail sent with a link, and the worker brings it."""
    ways, about = WaysIn(stage.stand.parts), subject(stage, who, to, thing, other) if to in PURPOSES else Subject()
    customer = stage.customer(who)
    try:
        ways.mail(customer, ways.link(customer, to, about))
    except Unlinkable as fault:
        raise Unmet(f"a mail with a link to {to}", str(fault)) from fault
    worker(stage, who)


def revokes(stage: Stage, who: Person) -> None:
    """A moment passes, so that what is made afterwards is made later."""
    WaysIn(stage.stand.parts).revoke(stage.customer(who))
    stage.stand.clock.travel(timedelta(seconds=1))


def claims(stage: Stage, who: Person, ref: str) -> None:
    claimed = stage.stand.ledger.claim(who.id, ref)
    if isinstance(claimed, Unclaimed):
        raise Unmet(f"to call the customer {ref}", claimed.reason)
    who.ref = ref


def scanner(stage: Stage, who: Person) -> None:
    """A machine looks at the link before the customer does, and follows wherever it leads."""
    Visitor().open(who.link)
    urllib3.request("HEAD", who.link)


def later(stage: Stage, who: Person, days: str) -> None:
    _travels(stage, timedelta(days=int(days)))


def hours_later(stage: Stage, who: Person, hours: str) -> None:
    _travels(stage, timedelta(hours=int(hours)))


def today(stage: Stage, who: Person, day: str) -> None:
    there = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
    if there < stage.stand.clock.now():
        raise Unmet("a day to come", day)
    _travels(stage, there - stage.stand.clock.now())


def worker(stage: Stage, who: Person) -> None:
    Worker(stage.stand.parts).round()


def without_worker(stage: Stage, who: Person, days: str) -> None:
    """Nobody does what falls due, and nobody is charged or told."""
    stage.stand.clock.travel(timedelta(days=int(days)))


def schedule(stage: Stage, who: Person, schedule: str, then: str) -> None:
    """After each charge that fails the next one waits as many days as is said next; after the last one it is over."""
    retries = tuple(int(days) for days in schedule.split(","))
    _duns(stage, retries=retries, then=then.removesuffix("s"))


def patience(stage: Stage, who: Person, days: str) -> None:
    _duns(stage, patience=int(days))


def patient_up_to(stage: Stage, who: Person, price: str) -> None:
    """Who owes no more than that keeps what they have, however long it takes."""
    _duns(stage, above=amount(price))


def _duns(stage: Stage, **said: object) -> None:
    prices = stage.stand.ledger.price_list()
    stage.stand.ledger.sell(replace(prices, dunning=replace(prices.dunning, **said)))  # type: ignore[arg-type]


def bank_decides(stage: Stage, who: Person, answer: str) -> None:
    """What is pending at the bank is paid, or not; and we hear of it."""
    for charge in stage.charges(who):
        if charge["status"] == "pending":
            paid = "yes" if answer == "yes" else "no"
            urllib3.request("POST", f"{stage.stand.bank}/api/test/charges/{charge['key']}/settle?paid={paid}")
            return
    raise Unmet("a payment that is pending at the bank", str([charge["status"] for charge in stage.charges(who)]))


def chosen(words: str) -> Options:
    """`seats 5, support on` as options."""
    options: dict[str, bool | int] = {}
    for part in filter(None, (part.strip() for part in words.split(","))):
        name, _, value = part.rpartition(" ")
        options[name] = int(value) if value.isdigit() else value == "on"
    return options


def _travels(stage: Stage, by: timedelta) -> None:
    """The worker does what fell due meanwhile."""
    stage.stand.clock.travel(by)
    Worker(stage.stand.parts).round()
