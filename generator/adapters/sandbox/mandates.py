"""The accounts that this bank knows, what becomes of a debit from each, and how a typed IBAN becomes a mandate."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from stdnum import iban
from stdnum.exceptions import ValidationError

DebitBehaviour = Literal["debit_paid", "debit_unheard", "debit_unfunded", "debit_refused"]

ACCOUNTS: Mapping[str, DebitBehaviour] = {
    "DE89370400440532013000": "debit_paid",
    "FR1420041010050500013M02606": "debit_paid",
    "NL91ABNA0417164300": "debit_paid",
    "AT611904300234573201": "debit_unheard",
    "DE62370400440532013001": "debit_unfunded",
    "DE35370400440532013002": "debit_refused",
}
"""Whatever becomes of a debit, it is known only days later; of an unheard one even that it was asked for gets lost."""

DECIDED_AFTER = timedelta(days=5)
"""How long a debit takes until it is paid or comes back."""


@dataclass(frozen=True)
class Mandate:
    """A customer's word that their account may be debited. Of the account, its end is all that is kept."""

    reference: str
    holder: str
    last_four: str
    behaviour: DebitBehaviour

    @property
    def label(self) -> str:
        """The account as its owner recognises it."""
        return f"SEPA •••• {self.last_four}"

    def same_account(self, other: "Mandate") -> bool:
        return (self.last_four, self.behaviour, self.holder) == (other.last_four, other.behaviour, other.holder)


@dataclass(frozen=True)
class TypedAccount:
    """What a customer typed. What must not be kept does not show in a traceback either."""

    iban: str = field(repr=False)
    holder: str


@dataclass(frozen=True)
class AccountFaults:
    """What is wrong with a typed account, field by field; empty where nothing is."""

    iban: Literal["", "malformed", "unknown"] = ""
    holder: Literal["", "missing"] = ""


def read(typed: TypedAccount, reference: str) -> Mandate | AccountFaults:
    """The mandate that was given, or all that is wrong with what was typed."""
    number = re.sub(r"[\s.-]", "", unicodedata.normalize("NFKC", typed.iban)).upper()
    holder = " ".join(typed.holder.split())
    faults = AccountFaults(
        iban="malformed" if not _valid(number) else "unknown" if number not in ACCOUNTS else "",
        holder="" if holder else "missing",
    )
    return known(number, holder, reference) if faults == AccountFaults() else faults


def known(number: str, holder: str, reference: str) -> Mandate:
    """A mandate on this account. Raises `KeyError` where this bank knows no such number."""
    return Mandate(reference, holder, number[-4:], ACCOUNTS[number])


def _valid(number: str) -> bool:
    """The check digits, and the form that accounts have in their country."""
    try:
        iban.validate(number)
    except ValidationError:
        return False
    return True
