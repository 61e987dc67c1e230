"""What a biller can do and what it cannot, each with why not: what `check` reads before a customer finds out."""

from collections.abc import Iterator, Mapping

from generator.model.catalog import Plan, Scale

Capabilities = Mapping[str, str]
"""Why it cannot, by what is asked of it; empty where it can."""

CAN = ""

STRIPE: Capabilities = {
    "subscribe": CAN,
    "register_method": CAN,
    "pay_invoice": CAN,
    "change_plan": CAN,
    "change_options": CAN,
    "terminate": CAN,
    "restart": CAN,
    "start": "a subscription that was prepared for one customer cannot be shown before they take it",
    "replace": "a subscription that was prepared for one customer cannot be shown before they take it",
    "pause": CAN,
    "pause of who has terms": "Stripe lets only what it charges by itself go on after a pause",
    "a discount that rests": "a coupon counts months, also those of a pause",
    "keep": "a promotion for who stays cannot begin with the next term",
    "promotions": CAN,
    "promotion with a change": "a code at Stripe is for who begins a subscription here",
    "promotion in a trial": "a coupon that counts terms is used up by the trial",
    "free trial": CAN,
    "set-up fee": CAN,
    "switches and quantities": CAN,
    "tax by country": CAN,
    "paid trial": "a trial at Stripe costs nothing",
    "commitment": "Stripe lets every subscription end with its term",
    "number of terms": "a subscription at Stripe goes on until somebody ends it",
    "fee for leaving": "nothing is charged when a subscription at Stripe ends",
    "price by tiers": "our tiers count from what is included, and by increments",
    "consumption": "use would have to be sent to a meter of Stripe's",
    "terms by the merchant's calendar": "Stripe counts terms from the second of the order, in UTC",
    "numbers from one series": "Stripe numbers invoices by customer, unless its Dashboard is set otherwise",
    "a term from the day of the order": "Stripe begins it when the payment is there",
    "another subscription with another plan": "at Stripe it stays the same one, with the same id",
    "dunning by the merchant's rules": "Stripe asks again and gives up as its Dashboard says",
    "mails about renewals": "Stripe charges and mails by itself: Billing settings in its Dashboard",
    "events of subscriptions": "they are Stripe's own webhooks",
    "prepare": "a subscription that was prepared for one customer cannot be shown before they take it",
    "suspend and resume": CAN,
    "a hold beyond the term": "Stripe begins no new term on the day on which such a hold ends",
    "what is owed with a restart": "a payment at Stripe is for one invoice: the other is paid first",
    "end": CAN,
    "mark as paid": CAN,
    "write off": CAN,
    "refunds and credit notes": CAN,
    "disputes": CAN,
    "statement": CAN,
    "find an invoice by its number": CAN,
}
"""Stripe Billing, as far as we keep books there."""

BILLERS: Mapping[str, Capabilities] = {"ledger": {}, "stripe": STRIPE}
"""By the name that a definition says. The embedded one can do all that there is."""


def why_not(biller: Capabilities, what: str) -> str:
    """Why the biller cannot do this; empty where it can."""
    return biller.get(what, CAN)


def lacking(biller: Capabilities, plan: Plan) -> tuple[str, ...]:
    """What a plan has and the biller cannot keep; nothing where it can be sold."""
    return tuple(what for what in _wanted(plan) if why_not(biller, what))


def _wanted(plan: Plan) -> Iterator[str]:
    if plan.trial_price:
        yield "paid trial"
    if plan.commitment:
        yield "commitment"
    if plan.terms:
        yield "number of terms"
    if plan.termination:
        yield "fee for leaving"
    if plan.consumptions:
        yield "consumption"
    if any(isinstance(option.price, Scale) for option in plan.options):
        yield "price by tiers"
