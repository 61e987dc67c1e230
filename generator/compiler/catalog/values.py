"""Single values of a catalog: amounts, percentages, periods, days and words, each with what to write instead."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from generator.compiler.link import words
from generator.compiler.node import Map, Node, Scalar
from generator.locale import money
from generator.model.catalog import Period, Unit
from generator.model.money import Money
from generator.model.place import Place
from generator.model.problem import Edit, Problem
from generator.model.text import Words

LONGEST: dict[Unit, int] = {"day": 3660, "week": 520, "month": 120, "year": 10}
"""A longer period is a slip of the pen, and the calendar ends in the year 9999."""

_AMOUNT = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]{1,12})(?:\.(?P<rest>[0-9]+))?")
_PERCENT = re.compile(r"(?P<whole>[0-9]{1,3})(?:\.(?P<rest>[0-9]{1,2}))?")


@dataclass(frozen=True)
class Said:
    """Words that somebody wrote in some languages. `of` is what they are words for."""

    of: str
    place: Place
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Values:
    """Reads values in one currency. What is wrong goes to `problems`, what was said in words to `texts`."""

    currency: str
    problems: list[Problem]
    texts: list[Said] = field(default_factory=list)

    def among(self, node: Node | None) -> "Values":
        """The same in the currency that is written here, where one is."""
        if node is None:
            return self
        code = words.string(node)
        if not money.is_currency(code):
            says = f'"{code}" is no currency'
            self._wrong("unknown-currency", node, says, "write its ISO 4217 code, such as `EUR`")
        return Values(code, self.problems, self.texts)

    def nothing(self) -> Money:
        return Money.zero(self.currency)

    def amount(self, node: Node | None) -> Money:
        """Nothing where nothing was written."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return self.nothing()
        digits, written = money.digits(self.currency), _AMOUNT.fullmatch(node.value)
        if written is None:
            says = f'"{node.value}" is no amount'
            self.problems.append(
                Problem("wrong-amount", node.place, says, self._instead(node.value), edits=self._bare(node))
            )
            return self.nothing()
        if written["sign"]:
            says = f'"{node.value}" is below nothing'
            self._wrong("negative-amount", node, says, "write what it costs; a promotion makes it cost less")
            return self.nothing()
        rest = written["rest"] or ""
        if rest and len(rest) != digits:
            has = "none" if not digits else f"{digits}"
            says = f'"{node.value}" has {len(rest)} behind the point, and {self.currency} has {has}'
            self._wrong("wrong-amount", node, says, self._instead(""))
            return self.nothing()
        return Money(int(written["whole"] + (rest or "0" * digits)), self.currency)

    def _instead(self, written: str) -> str:
        digits = money.digits(self.currency)
        example = "12." + "505"[:digits] if digits else "12"
        if self.currency in written:
            return f'the currency is said once, by `currency`: write it like "{example}"'
        return f'write digits and a point, such as "{example}"'

    def _bare(self, node: Scalar) -> tuple[Edit, ...]:
        """`12.50 EUR` without its currency, where that is the one which holds here."""
        number, _, code = str(node.value).partition(" ")
        if code != self.currency or not _AMOUNT.fullmatch(number):
            return ()
        return (Edit(node.place, f'"{number}"'),)

    def percent(self, node: Node | None) -> int:
        """In hundredths of a percent."""
        if not isinstance(node, Scalar) or isinstance(node.value, bool) or not isinstance(node.value, (int, str)):
            return 0
        written = _PERCENT.fullmatch(str(node.value))
        hundredths = int(written["whole"] + (written["rest"] or "").ljust(2, "0")) if written else -1
        if not 0 <= hundredths <= 10_000:
            says = f'"{node.value}" is no percentage'
            self._wrong("wrong-percentage", node, says, 'write a number from 0 to 100, such as 20 or "5.5"')
            return 0
        return hundredths

    def period(self, node: Node | None) -> Period | None:
        count, _, unit = words.string(node).rpartition(" ")
        if node is None or not unit:
            return None
        period = Period(int(count or 1), cast(Unit, unit.removesuffix("s")))
        if period.count > LONGEST[period.unit]:
            self._wrong("out-of-bounds", node, f'"{words.string(node)}" is longer than 10 years', "shorten it")
            return Period(1, period.unit)
        return period

    def day(self, node: Node | None) -> date | None:
        written = words.string(node)
        if node is None or not written:
            return None
        try:
            return date.fromisoformat(written)
        except ValueError:
            self._wrong("wrong-date", node, f'"{written}" is no day of the calendar', "look at the month's last day")
            return None

    def words(self, node: Node | None, of: str) -> Words:
        """Words by language; none where nothing was written."""
        if not isinstance(node, Map):
            return {}
        said = {entry.name: words.string(entry.node) for entry in words.entries(node)}
        self.texts.append(Said(of, next(entry.key.place for entry in node.entries.values()), tuple(said)))
        return said

    def missing(self, at: Place, says: str, hint: str) -> None:
        self.problems.append(Problem("missing-key", at, says, hint))

    def _wrong(self, code: str, node: Node, says: str, hint: str) -> None:
        self.problems.append(Problem(code, node.place, says, hint))
