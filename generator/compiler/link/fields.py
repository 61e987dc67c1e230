"""Fields: what each kind may say, and what it says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import cast

from generator.compiler.link import words
from generator.compiler.link.conditions import Conditions
from generator.compiler.link.texts import text
from generator.compiler.node import Entry, List, Map, Node, Scalar
from generator.model.customer import ADDRESS
from generator.model.day import DayLimit, Unit
from generator.model.facts import KIND_OF_FIELD, Fact
from generator.model.nearest import suggestion
from generator.model.problem import Problem
from generator.model.workflow import Choosable, Field, FieldKind, PersonalData

ONLY_FOR: Mapping[str, tuple[FieldKind, ...]] = {
    "options": ("choice", "choices"),
    "options_were": ("choice", "choices"),
    "min": ("integer", "decimal", "choices", "date"),
    "max": ("integer", "decimal", "choices", "date"),
    "digits": ("decimal",),
    "min_length": ("text", "long_text"),
    "holds": ("hidden",),
    "document": ("consent",),
}
"""What only some kinds of field have a use for; a hidden one has the use that the kind has which it holds."""

NOT_HIDDEN = ("label", "help", "required", "locked", "autocomplete")
"""What makes no sense for a field that nobody sees."""

AUTOCOMPLETE: Mapping[str, str] = {"email": "email", "phone": "tel", "country": "country", "region": "address-level1"}
"""What browsers may fill in where the definition says nothing."""

PII: Mapping[str, PersonalData] = {
    "email": "contact",
    "phone": "contact",
    "country": "contact",
    "region": "contact",
    "vat_number": "identity",
    "iban": "financial",
}
"""What kind of personal data it is where the definition says nothing."""


def answer(field: Node) -> Fact | None:
    """What a condition reads of a field; None where it does not say its kind."""
    kind = words.string(words.below(field, "kind"))
    if kind == "hidden":
        kind = words.string(words.below(field, "holds"), "text")
    if kind not in KIND_OF_FIELD:
        return None
    offered = tuple(option.id for option in _options(words.below(field, "options")))
    country = kind == "country"
    return Fact(KIND_OF_FIELD[cast(FieldKind, kind)], "an answer", optional=True, words=offered, country=country)


@dataclass(frozen=True)
class Fields:
    """Links the fields in one place of a definition. `documents` are the keys that `site.urls` has."""

    conditions: Conditions
    documents: frozenset[str]
    problems: list[Problem]

    def all(self, node: Node | None) -> Iterator[Field]:
        """The fields under a `fields:`, but consents to a document that the site does not have."""
        for entry in words.entries(node):
            document = words.string(words.below(entry.node, "document"))
            if isinstance(entry.node, Map) and (not document or document in self.documents):
                yield from self._field(entry, entry.node)

    def _field(self, entry: Entry, node: Map) -> Iterator[Field]:
        written = words.string(node.get("kind"))
        if not written:
            says = f'the field "{entry.name}" does not say what is typed into it'
            self._wrong("missing-kind", entry.key, says, "add `kind: text`, or another kind")
            return
        kind = cast(FieldKind, written)
        options = tuple(self._renamed(_options(node.get("options")), node.get("options_were")))
        holds = cast(FieldKind, words.string(node.get("holds"), "text"))
        self._fits(entry, node, kind, holds)
        if kind in ONLY_FOR["options"] and not options:
            says = f'the field "{entry.name}" is a {kind} without options'
            self._wrong("choice-and-options", entry.key, says, "add `options: [first, second]`")
        held = holds if kind == "hidden" else kind
        low, high = self._bound(node.get("min"), held), self._bound(node.get("max"), held)
        self._in_order(entry, node, low, high)
        shortest, longest = words.integer(node.get("min_length"), 0), words.integer(node.get("max_length"), 200)
        if shortest > longest:
            says = f'nothing can be typed into "{entry.name}": {shortest} letters at least, and {longest} at most'
            self._wrong("wrong-bound", node.entries["min_length"].key, says, "change one of the two")
        yield Field(
            id=entry.name,
            kind=kind,
            required=words.flag(node.get("required")),
            when=self.conditions.rule(node.get("when")),
            label=text(node.get("label")),
            help=text(node.get("help")),
            options=options,
            min_length=shortest,
            max_length=longest,
            minimum=low if isinstance(low, Decimal) else None,
            maximum=high if isinstance(high, Decimal) else None,
            digits=words.integer(node.get("digits"), 2),
            earliest=low if isinstance(low, DayLimit) else None,
            latest=high if isinstance(high, DayLimit) else None,
            locked=words.flag(node.get("locked")),
            holds=holds,
            autocomplete=words.string(node.get("autocomplete")) or AUTOCOMPLETE.get(kind, ""),
            document=words.string(node.get("document")),
            pii=cast(PersonalData, words.string(node.get("pii"), PII.get(held, "unsaid"))),
            was=words.strings(node.get("was")),
            place=entry.key.place,
        )

    def _renamed(self, options: Iterator[Choosable], were: Node | None) -> Iterator[Choosable]:
        """Each option with the names that it had before."""
        before = {entry.name: entry for entry in words.entries(were)}
        offered = []
        for option in options:
            offered.append(option.id)
            was = words.strings(before[option.id].node) if option.id in before else ()
            yield replace(option, was=was)
        for name, entry in before.items():
            if name not in offered:
                says = f'"{name}" is said to have had another name, and is no option'
                self._wrong("unknown-option", entry.key, says, suggestion(name, offered))

    def _fits(self, entry: Entry, node: Map, kind: FieldKind, holds: FieldKind) -> None:
        """Everything that it says is of use to its kind."""
        for name, below in node.entries.items():
            fitting = ONLY_FOR.get(name)
            if fitting is not None and kind not in fitting and not (kind == "hidden" and holds in fitting):
                says = f'"{name}" has no use in a field of kind "{kind}"'
                hint = f"take it away, or make it `kind: {fitting[0]}`"
                self._wrong("choice-and-options" if name == "options" else "not-for-this-kind", below.key, says, hint)
            if kind == "hidden" and name in NOT_HIDDEN:
                says = f'"{name}" has no use in a hidden field: nobody sees it, and only a link can fill it'
                self._wrong("not-for-this-kind", below.key, says, "take it away")
            if name == "locked" and kind == "consent" and words.flag(below.node):
                says = f'the box "{entry.name}" cannot be locked: nobody but the customer ticks it'
                self._wrong("not-for-this-kind", below.key, says, "take it away")

    def _bound(self, node: Node | None, kind: FieldKind) -> Decimal | DayLimit | None:
        """A bound as its kind of field can be held against it."""
        if not isinstance(node, Scalar) or kind not in ONLY_FOR["min"]:
            return None
        written = str(node.value)
        if kind == "date":
            if found := _day(written):
                return found
            hint = 'write a day such as "2026-12-31", or `today`, `today + 14 days`, `today - 18 years`'
            self._wrong("wrong-bound", node, f'"{written}" is no day', hint)
            return None
        try:
            number = Decimal(written)
        except InvalidOperation:
            number = Decimal("nan")
        if not number.is_finite():
            self._wrong("wrong-bound", node, f'"{written}" is no number', "write a number, such as 10")
        elif kind != "decimal" and number != number.to_integral_value():
            self._wrong("wrong-bound", node, f'"{written}" is no whole number', "write one, such as 10")
        else:
            return number
        return None

    def _in_order(self, entry: Entry, node: Map, low: object, high: object) -> None:
        match low, high:
            case Decimal(), Decimal() if low > high:
                pass
            case DayLimit(day=date() as first), DayLimit(day=date() as last) if first > last:
                pass
            case _:
                return
        says = f'nothing can be typed into "{entry.name}": its `max` is below its `min`'
        self._wrong("wrong-bound", node.entries["max"].key, says, "change one of the two")

    def _wrong(self, code: str, node: Scalar, says: str, hint: str) -> None:
        self.problems.append(Problem(code, node.place, says, hint))


def of_address(field: Field) -> Field:
    """The same as a part of the billing address, where it is one: what is asked of it depends on the country."""
    kinds: tuple[FieldKind, ...] = ("text", "region") if field.id == "region" else ("text",)
    return replace(field, part=field.id) if field.id in ADDRESS and field.kind in kinds else field


_COUNTED = re.compile(r"today(?: ([+-]) ([0-9]{1,4}) (day|week|month|year)s?)?")


def _day(written: str) -> DayLimit | None:
    if found := _COUNTED.fullmatch(written):
        count = int(found[2] or 0)
        return DayLimit(None, -count if found[1] == "-" else count, cast(Unit, found[3] or "day"))
    try:
        return DayLimit(date.fromisoformat(written)) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written) else None
    except ValueError:
        return None


def _options(node: Node | None) -> Iterator[Choosable]:
    if isinstance(node, List):
        yield from (Choosable(option) for option in words.strings(node))
    else:
        yield from (Choosable(entry.name, text(entry.node)) for entry in words.entries(node))
