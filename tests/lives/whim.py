"""A bank of whims for lives: the same key is the same charge, and what becomes of each is drawn by lot.

It keeps its own list of what it took, against which the books are held.
"""

from dataclasses import dataclass, field, replace
from random import Random

from generator.model.money import Money
from generator.model.payment import (
    Charge,
    Declined,
    Elsewhere,
    Key,
    Method,
    New,
    NotRefunded,
    Paid,
    Pending,
    Refunded,
    RefundResult,
    Registered,
    Result,
    Saved,
    Unknown,
)
from generator.ports.trouble import Unavailable

DECLINES = ("declined", "insufficient_funds", "expired")


@dataclass
class Whim:
    """`moods` are how often each thing happens; `away` is whether nobody answers at all."""

    lot: Random
    charges: dict[Key, Charge] = field(default_factory=dict)
    results: dict[Key, Result] = field(default_factory=dict)
    unheard: set[Key] = field(default_factory=set)
    files: dict[str, list[Method]] = field(default_factory=dict)
    refunds: dict[Key, RefundResult] = field(default_factory=dict)
    given: dict[Key, list[tuple[Key, Refunded]]] = field(default_factory=dict)
    away: bool = False
    name = "whim"
    origin = "http://127.0.0.1:1"

    def ready(self) -> None:
        """Who is away is not known to be, before they are asked."""

    def methods(self, customer: str) -> tuple[Method, ...]:
        if self.away:
            raise Unavailable("the bank is away")
        return tuple(sorted(self.files.get(customer, ()), key=lambda method: not method.default))

    def make_default(self, customer: str, method: str) -> None:
        there = self.files.get(customer, [])
        if method in [one.id for one in there]:
            self.files[customer] = [replace(one, default=one.id == method) for one in there]

    def remove(self, customer: str, method: str) -> None:
        left = [one for one in self.files.get(customer, []) if one.id != method]
        if left and not any(one.default for one in left):
            left[-1] = replace(left[-1], default=True)
        self.files[customer] = left

    def charge(self, charge: Charge, key: Key) -> Result:
        if self.away:
            raise Unavailable("the bank is away")
        if key in self.results:
            before = self.charges.get(key)
            assert before is None or (before.customer, before.amount, before.order) == (
                charge.customer,
                charge.amount,
                charge.order,
            ), "one key, one charge"
            return self.results[key]
        if self.lot.random() < 0.02:
            return Unknown()
        self.charges[key] = charge
        self.results[key] = self._becomes(charge)
        if self.lot.random() < 0.06:
            self.unheard.add(key)
            return Unknown()
        return self.results[key]

    def find(self, key: Key) -> Result | None:
        if self.away:
            return Unknown()
        if key in self.unheard and self.lot.random() < 0.5:
            return Unknown()
        self.unheard.discard(key)
        return self.results.get(key)

    def cancel(self, key: Key) -> Result:
        if self.away:
            return Unknown()
        if not isinstance(self.results.get(key), Paid | Registered | Declined):
            self.results[key] = Declined("cancelled")
        return self.results[key]

    def refund(self, charge: Key, amount: Money, key: Key) -> RefundResult:
        if self.away:
            raise Unavailable("the bank is away")
        if key not in self.refunds:
            before = sum(given.amount.minor for of, given in self.given.get(charge, ()) if of != key)
            taken = self.results.get(charge)
            assert isinstance(taken, Paid), "nothing goes back that was not taken"
            assert before + amount.minor <= taken.amount.minor, "no more goes back than was taken"
            good = self.lot.random() < 0.85
            self.refunds[key] = Refunded(f"back {len(self.refunds)}", amount) if good else NotRefunded("refused")
            if good:
                self.given.setdefault(charge, []).append((key, self.refunds[key]))
            if self.lot.random() < 0.2:
                return Unknown()
        return self.refunds[key]

    def find_refund(self, key: Key) -> RefundResult | None:
        return Unknown() if self.away else self.refunds.get(key)

    def dispute(self, charge: Key) -> None:
        """Nobody objects here: `life` does, at the merchant's other door."""

    def inset(self, key: Key) -> None:
        """All on pages of its own."""

    def decide(self) -> None:
        """What was on its way is decided, or a customer comes back from the bank's page."""
        for key, result in list(self.results.items()):
            if isinstance(result, Pending | Elsewhere) and self.lot.random() < 0.6:
                charge = self.charges[key]
                good = self.lot.random() < (0.7 if isinstance(result, Pending) else 0.85)
                self.results[key] = self._takes(charge) if good else Declined(self.lot.choice(DECLINES))

    def taken(self) -> dict[Key, int]:
        """What it took, by key."""
        return {key: result.amount.minor for key, result in self.results.items() if isinstance(result, Paid)}

    def _becomes(self, charge: Charge) -> Result:
        if isinstance(charge.choice, New):
            return Elsewhere("http://127.0.0.1:1/pay")
        filed = [one for one in self.files.get(charge.customer, ()) if one.id == charge.choice.method]
        if not filed:
            return Declined("declined")
        if not charge.amount:
            return Registered(filed[0].id)
        if filed[0].kind == "sepa":
            return Pending("on its way")
        drawn = self.lot.random()
        if drawn < 0.15:
            return Declined(self.lot.choice(DECLINES))
        return Elsewhere("http://127.0.0.1:1/confirm") if drawn < 0.22 else self._takes(charge)

    def _takes(self, charge: Charge) -> Result:
        """What paid is on file from then on."""
        if isinstance(charge.choice, Saved):
            method = charge.choice.method
        else:
            method = self.files_one(charge.customer, charge.choice.kind)
        if not charge.amount:
            self.make_default(charge.customer, method)
            return Registered(method)
        return Paid(f"taken {len(self.results)}", method, charge.amount)

    def files_one(self, customer: str, kind: str = "card") -> str:
        there = self.files.setdefault(customer, [])
        id = f"{kind}-{customer}-{len(there)}-{self.lot.randrange(10**6)}"
        there.append(Method(id, kind, id, default=not there))
        return id
