"""A credit note takes back a part or all of an issued invoice; a refund is money that goes back for one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from generator.model.customer import BillingInfo
from generator.model.money import Money
from generator.model.payment import Key, RefundResult
from generator.model.quote import Line

CreditWhy = Literal["refund", "void", "dispute"]

Back = Literal["gateway", "transfer"]
"""How money goes back: in the way in which it was paid, or by a transfer that the merchant makes."""

CreditBack = Literal["gateway", "transfer", "bank", "nothing"]
"""The same of a credit note. `bank`: the customer's own bank took it; `nothing`: none had been paid."""


@dataclass(frozen=True)
class CreditNote:
    """As immutable as the invoice that it is about: `credits` is that one's number, `invoice` its id.

    Lines and total are negative. `number` is from a series of its own, without gaps. `reason` is in the merchant's own
    words, and the customer reads it. `paper` is the address of the file that the biller has made of it; where there is
    none, ours is what it looks like on paper.
    """

    id: str
    number: str
    invoice: str
    credits: str
    customer: str
    subscription: str
    issued: date
    lines: tuple[Line, ...]
    total: Money
    billed_to: BillingInfo
    why: CreditWhy
    back: CreditBack
    reason: str = ""
    paper: str = ""


@dataclass(frozen=True)
class Refund:
    """That money is to go back for an invoice: on disk, with its key, before the gateway is asked.

    `charge` is the key of the charge that it was taken with, empty where it goes back by transfer. `result` is the last
    that the gateway said; `note` is the number of the credit note, once the money is on its way; `came_back` is when it
    was known that the customer's bank did not take it. Times are UTC.
    """

    key: Key
    invoice: str
    amount: Money
    back: Back
    charge: Key
    reason: str
    asked: datetime
    next_check: datetime
    result: RefundResult
    checks: int = 0
    note: str = ""
    closed: bool = False
    came_back: datetime | None = None


@dataclass(frozen=True)
class NotCredited:
    """Nothing was credited, and no money moved.

    `not_now`: in this state there is nothing like that to be done. `too_much`: more than is left of it, which is
    `left`. `not_charged`: it was not paid through the gateway, so money goes back by transfer. `under_way`: the
    customer pays it, or money goes back for it, at this moment. `key_taken`: the key is another refund's.
    """

    reason: Literal["not_now", "too_much", "not_charged", "under_way", "key_taken"]
    left: Money | None = None
