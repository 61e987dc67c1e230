"""The names that a condition may read without anybody having been asked: what is known of customer, plan and quote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FactKind = Literal["flag", "number", "amount", "word", "words"]
"""True or false; a whole number; money; one word; a set of words."""


@dataclass(frozen=True)
class Fact:
    """`optional` facts may be unknown, so that a condition must ask `known` before it reads them."""

    kind: FactKind
    says: str
    optional: bool = False


FACTS: Mapping[str, Fact] = {
    "customer.language": Fact("word", "the language in which the customer is addressed, such as `fr`"),
    "customer.tags": Fact("words", "the tags that the merchant gave the customer"),
    "customer.terms": Fact("flag", "whether the merchant lets the customer pay later by transfer"),
    "customer.has_method": Fact("flag", "whether a payment method is on file"),
    "customer.billing_complete": Fact("flag", "whether all that an invoice needs was known when the walk began"),
    "customer.country": Fact("word", "the country on the invoice, such as `FR`", optional=True),
    "customer.company": Fact("word", "the company on the invoice", optional=True),
    "customer.vat_number": Fact("word", "the VAT number on the invoice", optional=True),
    "plan.ref": Fact("word", "the plan"),
    "plan.free": Fact("flag", "whether the plan costs nothing"),
    "plan.trial": Fact("flag", "whether the plan starts with a free trial"),
    "plan.private": Fact("flag", "whether the plan is reached by link only"),
    "plan.has_options": Fact("flag", "whether the plan has something to choose"),
    "subscription.state": Fact("word", "the state of the subscription that is changed, such as `active_running`"),
    "subscription.plan": Fact("word", "the plan that it has now"),
    "subscription.committed": Fact("flag", "whether it cannot be left yet without staying on"),
    "subscription.in_trial": Fact("flag", "whether its free trial lasts"),
    "quote.due_now": Fact("amount", "what is charged when the customer commits"),
    "quote.due_later": Fact("amount", "what is charged at the next term"),
    "quote.method_required": Fact("flag", "whether the biller wants a payment method for this"),
}

KIND_OF_FIELD: Mapping[str, FactKind] = {
    "text": "word",
    "long_text": "word",
    "email": "word",
    "integer": "number",
    "choice": "word",
    "country": "word",
    "vat_number": "word",
    "consent": "flag",
}
"""What an answer to each kind of field is, to a condition that reads it as `<step>.<field>`."""
