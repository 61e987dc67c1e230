"""A price list as the `catalog.yaml` that it could have been read from."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.locale import money
from generator.model.catalog import Option, Period, Plan, Scale, Table
from generator.model.dunning import USUAL, Dunning
from generator.model.money import Money
from generator.model.price_list import PriceList
from generator.model.promotion import Promotion
from generator.model.tax import TaxRules

Tree = Mapping[str, Any]
"""What is written, as maps, lists and single values; an amount is its digits."""

HEAD = "# What is sold, as it is kept: `hosted-pages catalog import` reads it back.\nversion: 1\n"

_WIDEST = 110
"""A map or list that is longer on one line is written below each other."""


def write(prices: PriceList) -> str:
    """The whole file."""
    currency = next((plan.price.currency for plan in prices.catalog.plans), "")
    document = {"currency": currency, **tree(prices)}
    for named in (*document["plans"].values(), *document["promotions"].values(), document["dunning"]):
        if named.get("currency") == currency:
            del named["currency"]
    return HEAD + "\n".join(_lines({key: value for key, value in document.items() if value}, 0)) + "\n"


def tree(prices: PriceList) -> dict[str, Any]:
    """All of it under the keys of the file; everything in an amount says its currency."""
    catalog = prices.catalog
    plans = {plan.ref: plan for plan in catalog.plans}
    return {
        "tax": _tax(prices.rules),
        "plans": {ref: _plan(plan) for ref, plan in plans.items()},
        "tables": {table.ref: _table(table) for table in catalog.tables},
        "changes": [{"from": rule.before, "to": rule.after, "timing": rule.timing} for rule in catalog.changes],
        "dunning": _dunning(prices.dunning),
        "promotions": {promotion.code: _promotion(promotion) for promotion in prices.promotions},
    }


def _tax(rules: TaxRules) -> dict[str, Any]:
    rates: dict[str, Any] = {}
    for rate in rules.rates:
        rates.setdefault(rate.country, {})[rate.kind or "rate"] = _percent(rate.rate)
    return _said(
        rate=_percent(rules.default),
        inclusive=rules.inclusive,
        seller=rules.seller or None,
        rates={country: said["rate"] if set(said) == {"rate"} else said for country, said in rates.items()},
    ) | {
        **({} if rules.outside is None else {"outside": _percent(rules.outside)}),
        **({} if rules.reverse_charge else {"reverse_charge": False}),
    }


def _dunning(dunning: Dunning) -> dict[str, Any]:
    """What is not as usual."""
    said = {
        "retries": list(dunning.retries),
        "grace": dunning.grace,
        "patience": dunning.patience,
        "currency": dunning.above.currency if dunning.above else None,
        "above": money.figures(dunning.above) if dunning.above else None,
        "then": dunning.then,
    }
    usual = {"retries": list(USUAL.retries), "grace": USUAL.grace, "patience": USUAL.patience, "then": USUAL.then}
    return {key: value for key, value in said.items() if value != usual.get(key)}


def _plan(plan: Plan) -> dict[str, Any]:
    return _said(
        title=plan.title,
        description=plan.description,
        currency=plan.price.currency,
        price=money.figures(plan.price),
        period=_period(plan.period),
        setup=money.figures(plan.setup) if plan.setup else None,
        trial=_period(plan.trial) if plan.trial else None,
        trial_price=money.figures(plan.trial_price) if plan.trial_price is not None else None,
        commitment=plan.commitment,
        terms=plan.terms,
        termination=money.figures(plan.termination) if plan.termination is not None else None,
        termination_at=plan.termination_at if plan.termination_at != "request" else None,
        private=plan.private,
        highlights=list(plan.highlights),
        options={option.ref: _option(option) for option in plan.options},
    )


def _option(option: Option) -> dict[str, Any]:
    return _said(
        kind=option.kind,
        title=option.title,
        description=option.description,
        price=_price(option.price),
        included=option.included,
        minimum=option.minimum if option.kind == "quantity" else None,
        maximum=option.maximum if option.kind == "quantity" else None,
        step=option.step if option.step != 1 else None,
    )


def _price(price: Money | Scale) -> str | dict[str, Any]:
    if isinstance(price, Money):
        return money.figures(price)
    tiers = [
        _said(
            up_to=tier.up_to,
            price=money.figures(tier.price),
            increment=tier.increment if tier.increment != 1 else None,
            flat=money.figures(tier.flat) if tier.flat is not None else None,
        )
        for tier in price.tiers
    ]
    return {"rule": price.rule, "tiers": tiers}


def _table(table: Table) -> dict[str, Any]:
    changes = table.changes if table.changes != "by_price" else None
    return _said(title=table.title, plans=[plan.ref for plan in table.plans], changes=changes)


def _promotion(promotion: Promotion) -> dict[str, Any]:
    return _said(
        title=promotion.title,
        currency=promotion.amount.currency if promotion.amount else None,
        percent=_percent(promotion.percent) if not promotion.amount else None,
        amount=money.figures(promotion.amount) if promotion.amount else None,
        terms=promotion.terms,
        plans=list(promotion.plans),
        until=promotion.until,
        uses=promotion.uses,
        new_only=promotion.new_only,
    )


def _said(**values: Any) -> dict[str, Any]:
    """What says something: nothing, no, and an empty list are what there is without a word."""
    return {key: value for key, value in values.items() if value not in (None, False, 0, {}, [])}


def _percent(hundredths: int) -> int | str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02}".rstrip("0") if rest else whole


def _period(period: Period) -> str:
    return period.unit if period.count == 1 else f"{period.count} {period.unit}s"


def _lines(value: Any, indent: int) -> Iterator[str]:
    """A map or a list below each other, each entry on one line where it fits there."""
    space = "  " * indent
    entries = [(f"{_text(key)}:", below) for key, below in value.items()] if isinstance(value, Mapping) else []
    for lead, below in entries or [("-", item) for item in value]:
        line = f"{space}{lead} {flat(below)}"
        if not isinstance(below, (Mapping, list)) or (indent and len(line) <= _WIDEST and _shallow(below)):
            yield line
        else:
            yield f"{space}{lead}"
            yield from _lines(below, indent + 1)


def _shallow(value: Any) -> bool:
    items = value.values() if isinstance(value, Mapping) else value
    return not any(isinstance(item, (Mapping, list)) for item in items)


def flat(value: Any) -> str:
    """A value on one line."""
    match value:
        case bool():
            return str(value).lower()
        case int() | date():
            return str(value)
        case list():
            return f"[{', '.join(map(flat, value))}]"
        case Mapping():
            return f"{{{', '.join(f'{_text(key)}: {flat(below)}' for key, below in value.items())}}}"
    return _text(value)


_PLAIN = re.compile(r"([0-9]+ )?[^\W\d_]\w*( \w+)*")
_TAKEN = ("true", "false", "null")


def _text(words: str) -> str:
    """Plain where every reader of YAML takes it for a text, else between quotes."""
    if _PLAIN.fullmatch(words) and words.lower() not in (*_TAKEN, "yes", "no", "on", "off", "y", "n"):
        return words
    return f'"{"".join(map(_letter, words))}"'


def _letter(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    shown = letter.isprintable() or unicodedata.category(letter) == "Zs"
    return letter if shown else f"\\U{ord(letter):08X}"
