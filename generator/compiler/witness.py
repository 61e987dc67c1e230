"""Somebody for whom something is so, in the definition's words: `quote.due_now: 0.01 EUR, customer.terms: false`."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from generator.engine.worlds import World
from generator.locale import money
from generator.model.money import Money
from generator.model.rule import Rule, Value


def said(world: World, rules: Iterable[Rule]) -> str:
    """What the world says about the names that these rules read."""
    names = sorted({leaf.name for rule in rules for leaf in rule.leaves})
    return ", ".join(f"{name}: {_said(world[name])}" if name in world else f"{name} unknown" for name in names)


def whom(world: World, rules: Iterable[Rule]) -> str:
    """The same at the end of a sentence; nothing where everybody is meant."""
    words = said(world, rules)
    return f", for example with {words}" if words else ""


def _said(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Money():
            return money.written(value)
        case frozenset():
            return f"[{', '.join(sorted(value))}]"
        case int() | str() | Decimal() | date():
            return str(value)
