"""An amount of money: whole minor units and a currency."""

from dataclasses import dataclass


class CurrencyMismatch(Exception):
    """Two currencies met in one sum: a bug of ours or of a biller, never a customer's doing."""


@dataclass(frozen=True)
class Money:
    """`minor` counts the currency's smallest unit (cents, yen); `currency` is an ISO 4217 code."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} in one sum")
        return other.minor

    @staticmethod
    def zero(currency: str) -> "Money":
        """Nothing, in a currency."""
        return Money(0, currency)
