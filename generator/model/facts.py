"""The names that a condition may read without anybody having been asked: what is known of customer, plan and quote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from generator.model.states import InvoiceState, SubscriptionState

FactKind = Literal["flag", "number", "decimal", "amount", "day", "word", "words"]
"""True or false; a whole number; a number with a point; money; a day; one word; a set of words."""

ROOTS = ("customer", "plan", "subscription", "quote", "invoice", "link")
"""The first parts of names that are ours: no step is called so. Nothing is known of a `link` yet."""


@dataclass(frozen=True)
class Fact:
    """`optional` facts may be unknown, so that a condition must ask `known` before it reads them.

    `words` are all that it can ever be, where that is known; a `country` is one by its ISO 3166 code.
    """

    kind: FactKind
    says: str
    optional: bool = False
    words: tuple[str, ...] = ()
    country: bool = False


FACTS: Mapping[str, Fact] = {
    "customer.language": Fact("word", "the language in which the customer is addressed, such as `fr`"),
    "customer.tags": Fact("words", "the tags that the merchant gave the customer"),
    "customer.terms": Fact("flag", "whether the merchant lets the customer pay later by transfer"),
    "customer.has_method": Fact("flag", "whether a payment method is on file that can be charged"),
    "customer.billing_complete": Fact("flag", "whether all that an invoice needs was known when the walk began"),
    "customer.country": Fact("word", "the country on the invoice, such as `FR`", optional=True, country=True),
    "customer.company": Fact("word", "the company on the invoice", optional=True),
    "customer.vat_number": Fact("word", "the VAT number on the invoice", optional=True),
    "plan.ref": Fact("word", "the plan"),
    "plan.free": Fact("flag", "whether the plan costs nothing"),
    "plan.trial": Fact("flag", "whether the plan starts with a trial, free or not"),
    "plan.private": Fact("flag", "whether the plan is reached by link only"),
    "plan.has_options": Fact("flag", "whether the plan has something to choose"),
    "subscription.state": Fact(
        "word",
        "the state of the subscription that is changed, such as `active_running`",
        words=get_args(SubscriptionState),
    ),
    "subscription.plan": Fact("word", "the plan that it has now"),
    "subscription.committed": Fact("flag", "whether it cannot be left yet without staying on"),
    "subscription.in_trial": Fact("flag", "whether its trial lasts"),
    "invoice.state": Fact("word", "the state of the invoice, such as `due_offline`", words=get_args(InvoiceState)),
    "invoice.total": Fact("amount", "what the invoice is made out for"),
    "invoice.days_overdue": Fact("number", "how many days ago its last day to pay was; 0 until then, and once paid"),
    "quote.due_now": Fact("amount", "what is charged when the customer commits"),
    "quote.due_later": Fact("amount", "what is charged at the next term"),
    "quote.method_required": Fact("flag", "whether the biller wants a payment method for this"),
}

KIND_OF_FIELD: Mapping[str, FactKind] = {
    "text": "word",
    "long_text": "word",
    "email": "word",
    "phone": "word",
    "integer": "number",
    "decimal": "decimal",
    "choice": "word",
    "choices": "words",
    "date": "day",
    "country": "word",
    "region": "word",
    "vat_number": "word",
    "iban": "word",
    "consent": "flag",
    "hidden": "word",
}
"""What an answer to each kind of field is, to a condition that reads it as `<step>.<field>`.

A `hidden` field's is that of the kind which it holds.
"""
