"""A condition in words: what `when: {plan.ref: team}` says to somebody who reads no YAML."""

from collections.abc import Mapping
from datetime import date

from generator.locale import money
from generator.model.facts import FACTS
from generator.model.money import Money
from generator.model.rule import All, Always, Any, Compare, Is, IsKnown, Not, Rule, Value

Nouns = Mapping[str, str]
"""What an answer is called, by its name in conditions: the label of its field."""

FLAGS: Mapping[str, tuple[str, str]] = {
    "customer.terms": ("the customer may pay later by transfer", "the customer may not pay later by transfer"),
    "customer.has_method": ("a payment method is on file", "no payment method is on file"),
    "customer.billing_complete": ("all that an invoice needs is known", "something that an invoice needs is missing"),
    "plan.free": ("the plan costs nothing", "the plan costs something"),
    "plan.trial": ("the plan starts with a trial", "the plan starts without a trial"),
    "plan.private": ("the plan is reached by link only", "the plan is on offer to all"),
    "plan.has_options": ("the plan has something to choose", "the plan has nothing to choose"),
    "subscription.committed": ("the subscription is bound by a commitment", "no commitment binds the subscription"),
    "subscription.in_trial": ("the subscription is in its trial", "the subscription is in no trial"),
    "quote.method_required": ("a payment method is required", "no payment method is required"),
}
"""Of each fact that is true or false, both in words."""

NOUNS: Nouns = {
    "customer.language": "the customer’s language",
    "customer.country": "the country on the invoice",
    "customer.company": "the company on the invoice",
    "customer.vat_number": "the VAT number on the invoice",
    "plan.ref": "the plan",
    "subscription.state": "the state of the subscription",
    "subscription.plan": "the present plan",
    "invoice.state": "the state of the invoice",
    "invoice.total": "the total of the invoice",
    "invoice.days_overdue": "the number of days overdue",
    "quote.due_now": "what is due now",
    "quote.due_later": "what is due later",
}
"""What every other fact is called."""

_AMOUNTS = {
    "quote.due_now": ("nothing is due now", "something is due now"),
    "quote.due_later": ("nothing is due later", "something is due later"),
}
_COMPARED = {"above": "more than", "below": "less than", "at_least": "at least", "at_most": "at most"}
_DATED = {"above": "after", "below": "before", "at_least": "on or after", "at_most": "on or before"}
_OPPOSITE = {"above": "at_most", "below": "at_least", "at_least": "below", "at_most": "above"}


def words(rule: Rule, nouns: Nouns | None = None) -> str:
    """The condition as a clause, such as `the plan is team`; nothing where it always holds."""
    return _clause(rule, nouns or {}, True)


def only_where(rule: Rule, nouns: Nouns | None = None) -> str:
    """The same beside what it decides: `only where the plan is team`; nothing where it always holds."""
    said = words(rule, nouns)
    return f"only where {said}" if said else ""


def noun(name: str, nouns: Nouns | None = None) -> str:
    """What a name in conditions is called in a sentence."""
    if name in NOUNS:
        return NOUNS[name]
    called = (nouns or {}).get(name)
    return f"“{called}”" if called else f"the answer to {name}"


def so(name: str, known: Value, nouns: Nouns | None = None) -> str:
    """That a name stands for this: `the plan is team`."""
    return words(Is(name, tuple(sorted(known)) if isinstance(known, frozenset) else (known,)), nouns)


def value(written: object) -> str:
    """A value as a sentence says it."""
    match written:
        case bool():
            return "yes" if written else "no"
        case Money():
            return money.written(written)
        case date():
            return written.isoformat()
        case frozenset():
            return _listed(sorted(written), "and") or "nothing"
        case _:
            return str(written)


def _clause(rule: Rule, nouns: Nouns, holds: bool) -> str:
    match rule:
        case Always():
            return "" if holds else "never"
        case Is():
            return _is(rule, nouns, holds)
        case Compare():
            return _compare(rule, nouns, holds)
        case IsKnown():
            return f"{noun(rule.name, nouns)} is {'known' if rule.wanted is holds else 'not known'}"
        case Not():
            return _clause(rule.rule, nouns, not holds)
        case All() | Any():
            both = isinstance(rule, All) is holds
            return _joined(tuple((part, _clause(part, nouns, holds)) for part in rule.rules), both, holds)


def _joined(parts: tuple[tuple[Rule, str], ...], both: bool, holds: bool) -> str:
    """All parts, or one of them. What `known` guards goes without saying; an inner list stands in brackets."""
    read = {part.name for part, _ in parts if isinstance(part, Is | Compare)} if both and holds else set()
    said = [
        f"({words})" if isinstance(part, All | Any | Not) and (" and " in words or " or " in words) else words
        for part, words in parts
        if words and not (isinstance(part, IsKnown) and part.wanted and part.name in read)
    ]
    if len(said) == 1:
        return said[0].removeprefix("(").removesuffix(")") if said[0].startswith("(") else said[0]
    return (" and " if both else " or ").join(said)


def _is(rule: Is, nouns: Nouns, holds: bool) -> str:
    if rule.name in FLAGS and len(rule.values) == 1 and isinstance(rule.values[0], bool):
        return FLAGS[rule.name][0 if rule.values[0] is holds else 1]
    if rule.name in _AMOUNTS and rule.values in ((0,), (Money(0, _currency(rule.values)),)):
        return _AMOUNTS[rule.name][0 if holds else 1]
    if rule.name == "customer.tags" and not rule.values:
        return "the customer has no tags"
    if rule.name == "customer.tags":
        return f"the customer is {'' if holds else 'not '}tagged {_listed(list(map(value, rule.values)), 'or')}"
    if rule.name not in FACTS and len(rule.values) == 1 and isinstance(rule.values[0], bool):
        return f"{noun(rule.name, nouns)} is {'' if rule.values[0] is holds else 'not '}ticked"
    return f"{noun(rule.name, nouns)} is {'' if holds else 'not '}{_listed(list(map(value, rule.values)), 'or')}"


def _compare(rule: Compare, nouns: Nouns, holds: bool) -> str:
    how = rule.how if holds else _OPPOSITE[rule.how]
    if rule.name in _AMOUNTS and rule.bound == 0 and how in ("above", "at_most"):
        return _AMOUNTS[rule.name][1 if how == "above" else 0]
    compared = _DATED if isinstance(rule.bound, date) else _COMPARED
    return f"{noun(rule.name, nouns)} is {compared[how]} {value(rule.bound)}"


def _currency(values: tuple[object, ...]) -> str:
    return values[0].currency if len(values) == 1 and isinstance(values[0], Money) else ""


def _listed(said: list[str], last: str) -> str:
    return f" {last} ".join(filter(None, [", ".join(said[:-1]), said[-1]])) if said else ""
