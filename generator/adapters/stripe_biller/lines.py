"""Lines of a preview or an invoice at Stripe, as ours: what each is of, what is off, and one for the tax on all."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from generator.adapters.stripe import amounts
from generator.adapters.stripe.account import Said
from generator.adapters.stripe_biller.shelf import Shelf
from generator.model.money import Money
from generator.model.quote import Line, LineKind
from generator.model.tax import Tax
from generator.model.text import Words

_ORDER: tuple[LineKind, ...] = ("plan", "trial", "option", "discount", "setup", "credit", "tax")


def read(shelf: Shelf, said: Said, all_lines: Iterable[Said], tax: Tax, promised: Words) -> tuple[Line, ...]:
    """The lines of this invoice, the plan first and the tax last. `promised` is what its discount is called.

    What a trial takes for nothing is no line.
    """
    found = [line for line in all_lines if not _free(said, line)]
    names = shelf.named(price for line in found if (price := price_of(line)))
    lines = []
    for line in found:
        known = names.get(price_of(line))
        kind: LineKind = known.kind if known and known.kind in _ORDER else "credit"
        title = known.words if known else {"": str(line.get("description") or "")}
        prorated = _prorated(line)
        part = ("unused" if line["amount"] < 0 else "rest") if prorated else "whole"
        lines.append(Line(kind, money(line, "amount"), title, int(line.get("quantity") or 1), part=part))  # type: ignore[arg-type]
    lines += _less(said, promised)
    lines.sort(key=lambda line: _ORDER.index(line.kind))
    return (*lines, *_taxes(said, tax))


def every(page: Callable[..., Any], said: Said) -> list[Said]:
    """All lines of an issued invoice: what stands in it is the first ten."""
    lines: list[Said] = list(said["lines"]["data"])
    while said["lines"]["has_more"]:
        more = page(lines[-1]["id"])
        lines += more["data"]
        said = {"lines": more}
    return lines


def money(said: Said, name: str) -> Money:
    return amounts.ours(said[name], said["currency"])


def price_of(line: Said) -> str:
    details = (line.get("pricing") or {}).get("price_details") or {}
    price = details.get("price") or ""
    return str(price["id"] if isinstance(price, dict) else price)


def _free(said: Said, line: Said) -> bool:
    """What costs nothing beside what costs something, or with nothing else."""
    return line["amount"] == 0 and (said["total"] != 0 or not said["subtotal"])


def _prorated(line: Said) -> bool:
    parent = line.get("parent") or {}
    return any(
        (parent.get(name) or {}).get("proration") for name in ("invoice_item_details", "subscription_item_details")
    )


def _less(said: Said, promised: Words) -> Iterator[Line]:
    for one in said.get("total_discount_amounts") or []:
        if one["amount"]:
            yield Line("discount", -amounts.ours(one["amount"], said["currency"]), promised)


def _taxes(said: Said, tax: Tax) -> Iterator[Line]:
    """The rate is ours, and what it comes to is Stripe's."""
    nothing = Money.zero(said["currency"].upper())
    if not said["total"]:
        return
    if not tax.rate:
        if tax.note:
            yield Line("tax", nothing, {}, note=tax.note)
        return
    amount = amounts.ours(sum(one["amount"] for one in said.get("total_taxes") or []), said["currency"])
    if tax.inclusive:
        yield Line("tax", nothing, {}, rate=tax.rate, included=amount)
    else:
        yield Line("tax", amount, {}, rate=tax.rate)
