"""To whom a merchant sells who is only shown, and what became of them."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import urllib3

from generator import record
from generator.engine.path import SHOWN
from generator.fill import fill as fill_in
from generator.locale import speech
from generator.model.customer import BillingInfo, Customer
from generator.model.payment import Intent, New, NothingDue, Paid, Promised
from generator.model.quote import Change, ChangePlan, Order, Pause, Quote, Request, Subscribe, Terminate
from generator.model.walk import Subject, Walk
from generator.model.workflow import AnyStep
from generator.runtime.conductor import Conductor
from generator.runtime.parts import Parts
from generator.runtime.spoken import Spoken


@dataclass(frozen=True)
class Member:
    """A customer of the demo. `has` are plans that they subscribed to before; `card` and `account` are on file.

    `does` is what then happened to the first of them, `offered` a plan that was prepared for them at half its price,
    `promotion` the code with which they subscribed.
    `pays_for` are plans that others, by their ref, have from them; `waits` is a plan whose payment is under way.
    """

    ref: str
    language: str
    billing: BillingInfo
    says: str
    terms_days: int = 0
    card: str = ""
    account: str = ""
    has: tuple[str, ...] = ()
    does: Literal["", "suspended", "terminates", "downgrades", "pauses", "rests"] = ""
    offered: str = ""
    pays_for: Mapping[str, str] = field(default_factory=dict)
    waits: str = ""
    promotion: str = ""


def read(path: Path) -> tuple[Member, ...]:
    """The customers as they lie beside the demo's definition."""
    return record.read(path.read_text(encoding="utf-8"), tuple[Member, ...])


def fill(parts: Parts, members: Iterable[Member]) -> None:
    """Customers with what they have; those who are there already stay as they are."""
    ledger = parts.biller
    for member in members:
        if ledger.customer_by_ref(member.ref) is not None:
            continue
        customer: Customer = ledger.put_customer(
            member.ref, member.language, member.billing, member.terms_days, frozenset()
        )
        if member.card:
            _put_on_file(parts, customer, {"number": member.card, "expires": "2031-01"})
        if member.account:
            _put_on_file(parts, customer, {"iban": member.account, "holder": member.billing.name})
        for plan in member.has:
            _commit(parts, customer, Subscribe(plan, {}), promotion=member.promotion)
        _goes_on(parts, customer, member)
        for ref, plan in member.pays_for.items():
            recipient = ledger.customer_by_ref(ref)
            assert recipient is not None, "who is paid for comes first in the books"
            _commit(parts, customer, Subscribe(plan, {}), recipient.id)
        if member.waits:
            _waits(parts, customer, member.waits)


def _put_on_file(parts: Parts, customer: Customer, given: dict[str, str]) -> None:
    url = f"{parts.gateway.origins[0]}/api/test/customers/{customer.id}/methods"
    urllib3.PoolManager().request("POST", url, json=given)


def _goes_on(parts: Parts, customer: Customer, member: Member) -> None:
    """What became of their first subscription, and what the merchant has prepared for them."""
    ledger = parts.biller
    if member.offered and (plan := ledger.plan(member.offered)):
        half = replace(plan, price=replace(plan.price, minor=plan.price.minor // 2))
        ledger.prepare(customer.id, half, {})
    for subscription in ledger.subscriptions(customer.id)[-1:]:
        match member.does:
            case "suspended":
                ledger.suspend(subscription.id, "suspended_payment_due")
            case "rests":
                day = parts.clock.now().date() + timedelta(days=20)
                ledger.suspend(subscription.id, "suspended_agent", resumes=day)
            case "terminates":
                _commit(parts, customer, Terminate(subscription.id))
            case "pauses":
                _commit(parts, customer, Pause(subscription.id, subscription.period_end + timedelta(days=45)))
            case "downgrades":
                cheapest = min(ledger.plan_changes(subscription.id).plans, key=lambda plan: plan.price.minor)
                _commit(parts, customer, ChangePlan(subscription.id, cheapest.ref, {}))


def _waits(parts: Parts, customer: Customer, plan: str) -> None:
    """As if they had just paid with a card whose bank is slow, on our own pages."""
    conductor, bundle = Conductor(parts), parts.library.current
    formats = speech.formats(customer.language)

    def says(walk: Walk, step: AnyStep) -> Spoken:
        bodies = {box.id: bundle.page(walk.language, f"{step.says(box)}.txt") for box in step.boxes}
        return Spoken(walk.language, {id: fill_in(body, SimpleNamespace(), formats) for id, body in bodies.items()})

    walk = conductor.begin(customer, "subscribe_to_plan", Subject(plan=plan), customer.language)
    assert walk.quote is not None, "the plan is known"
    (method,) = parts.gateway.methods(customer.id)
    for step, form in (("summary", {"terms": "true"}), ("payment", {"method": method.id})):
        sent = {**form, SHOWN: walk.quote.shown, "version": str(walk.version)}
        conductor.submit(walk, step, sent, says)
        walk = parts.store.walk(walk.id) or walk


def _commit(parts: Parts, customer: Customer, change: Change, recipient: str = "", promotion: str = "") -> None:
    """As if the customer had just done it: paid, or on terms. What the biller refuses nobody has done."""
    biller, key = parts.biller, f"demo-{customer.ref}-{secrets.token_hex(4)}"
    quote = biller.quote(Request(customer.id, change, None, {}, recipient, promotion=promotion))
    if not isinstance(quote, Quote):
        return
    order = biller.open(quote.id, quote.shown, key)
    assert isinstance(order, Order)
    if not quote.due_now or customer.terms:
        biller.close(order.id, Promised("transfer") if quote.due_now else NothingDue(), key)
        return
    paid, now = Paid("demo", "demo", quote.due_now), parts.clock.now()
    site = parts.library.current.site
    parts.store.keep_intent(
        Intent(
            key=key,
            walk="",
            order=order.id,
            customer=customer.id,
            amount=quote.due_now,
            choice=New("card"),
            payee=site.name,
            language=customer.language,
            come_back="",
            asked=now,
            next_check=now,
            result=paid,
            closed=True,
            decided=now,
        )
    )
    biller.close(order.id, paid, key)
