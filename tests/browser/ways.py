"""The thirteen workflows as customers go through them, as data: where each begins, what is done, how it ends."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.model.customer import BillingInfo, Customer
from generator.model.quote import Terminate
from generator.rehearsal.stage import KNOWN
from generator.runtime import links
from generator.runtime.links import Link
from tests.support.journeys import BILLING
from tests.support.town import Town


@dataclass(frozen=True)
class Act:
    """What is done to which element: `type` words, `choose` an option, `tick` a box or a round one, `press` a button or
    a link."""

    does: str
    on: str
    words: str = ""


@dataclass(frozen=True)
class Way:
    """`begins` stages what there must be and answers an address; `ends` stands in the last one, or on its page."""

    begins: Callable[[Town, Customer], str]
    acts: tuple[Act, ...]
    ends: str
    billing: BillingInfo = KNOWN
    terms_days: int = 0


GO = Act("press", "main form button.primary:not([name])")
AGREE = Act("tick", "[name=terms]")
NEW_CARD = (Act("type", "[name=number]", "4242424242424242"), Act("type", "[name=expiry]", "12/30"))
PAY = (*NEW_CARD, Act("type", "[name=cvc]", "123"), Act("press", "button.pay"))
BILL = tuple(Act("choose" if name == "country" else "type", f"[name={name}]", value) for name, value in BILLING.items())


def typed(name: str, words: str) -> Act:
    return Act("type", f"[name='{name}']", words)


def chosen(name: str, value: str) -> Act:
    return Act("press", f"button[name='{name}'][value='{value}']")


def _to_prepared(town: Town, customer: Customer) -> str:
    has = town.subscribes(customer, "studio")
    return town.link(customer, "change_to_subscription", subscription=has.id, target=town.prepares(customer).id)


def _ending(town: Town, customer: Customer) -> str:
    has = town.subscribes(customer, "studio")
    town.does(customer, Terminate(has.id))
    return town.link(customer, "restart_subscription", subscription=has.id)


def _has(workflow: str, plan: str, to: str = "") -> Callable[[Town, Customer], str]:
    return lambda town, customer: town.link(customer, workflow, to, town.subscribes(customer, plan).id)


def _billed(town: Town, customer: Customer) -> str:
    town.subscribes(customer, "studio")
    (invoice,) = town.ledger.invoices(customer.id)
    made = Link(customer.ref, "pay_invoice", invoice=invoice.id)
    return links.make(made, town.parts.links, town.pages, town.clock.now())


NOBODY = BillingInfo()

WAYS = {
    "anonymous_subscription": Way(
        lambda town, _: f"{town.pages}/start/anonymous_subscription?plan=solo", (*BILL, GO, AGREE, GO, GO), "nocharge"
    ),
    "choose_plan": Way(
        lambda town, customer: town.link(customer, "choose_plan"), (chosen("plan", "solo"), AGREE, GO, GO), "nocharge"
    ),
    "subscribe_to_plan": Way(
        lambda town, customer: town.link(customer, "subscribe_to_plan", "studio"), (AGREE, GO, GO, *PAY), "outcome=paid"
    ),
    "subscribe_to_subscription": Way(
        lambda town, customer: town.link(
            customer, "subscribe_to_subscription", subscription=town.prepares(customer).id
        ),
        (AGREE, GO, GO, *PAY),
        "outcome=paid",
    ),
    "change_plan": Way(
        _has("change_plan", "studio"),
        (chosen("plan", "business"), typed("option.seats", "25"), GO, AGREE, GO, GO, *PAY),
        "outcome=paid",
    ),
    "change_to_plan": Way(_has("change_to_plan", "studio", "solo"), (AGREE, GO, GO), "outcome=nocharge"),
    "change_to_subscription": Way(_to_prepared, (AGREE, GO, GO, *PAY), "outcome="),
    "restart_subscription": Way(_ending, (GO, GO, *PAY), "goes on"),
    "change_options": Way(
        _has("change_options", "business"), (typed("option.seats", "25"), GO, GO, GO, *PAY), "are changed"
    ),
    "terminate_subscription": Way(
        _has("terminate_subscription", "studio"), (chosen("leaving.choice", "terminate"),), "is canceled"
    ),
    "register_billing_info": Way(
        lambda town, customer: town.link(customer, "register_billing_info"), (*BILL, GO, GO, *PAY), "on file", NOBODY
    ),
    "register_payment_method": Way(
        lambda town, customer: town.link(customer, "register_payment_method"), (GO, *PAY), "on file"
    ),
    "pay_invoice": Way(
        _billed, (GO, Act("tick", "[name=method][value='new:card']"), GO, *PAY), "it is paid", KNOWN, 30
    ),
}
