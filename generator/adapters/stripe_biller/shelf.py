"""What is sold, as it stands at Stripe: a product and a price for each thing that is paid for, tax rates and codes."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select

from generator.adapters.sql.database import Database, won
from generator.adapters.sql.stripe_tables import stripe_things
from generator.adapters.stripe import amounts
from generator.adapters.stripe.account import Refused, Said, asked
from generator.adapters.stripe_biller.discounting import lengths
from generator.model.capability import STRIPE, lacking
from generator.model.catalog import Option, Period, Plan
from generator.model.money import Money
from generator.model.price_list import PriceList
from generator.model.promotion import Promotion
from generator.model.quote import Options
from generator.model.text import Words

NUMBER = re.compile(r"[A-Za-z0-9-]{1,40}", re.ASCII)
"""What may be the number of an invoice."""

Kind = Literal["plan", "option", "setup", "tax", "coupon", "code", "invoice"]


@dataclass(frozen=True)
class Part:
    """One thing that is paid for: each term, or once where it has no `period`."""

    kind: Kind
    name: str
    title: Words
    amount: Money
    period: Period | None = None


@dataclass(frozen=True)
class Named:
    """What something at Stripe is here: its kind, and what it is called on a line."""

    kind: Kind
    words: Words


def of_plan(plan: Plan) -> Part:
    return Part("plan", plan.ref, plan.title, plan.price, plan.period)


def of_option(plan: Plan, option: Option) -> Part:
    assert isinstance(option.price, Money), "what has tiers is not sold at Stripe"
    return Part("option", f"{plan.ref}.{option.ref}", option.title, option.price, plan.period)


def of_setup(plan: Plan) -> Part:
    return Part("setup", plan.ref, plan.title, plan.setup)


def chosen(plan: Plan, options: Options) -> Iterator[tuple[Part, int]]:
    """What each term is made of, and how many of it."""
    yield of_plan(plan), 1
    for option in plan.choices:
        value = options[option.ref]
        count = int(value) if option.kind == "switch" else max(int(value) - option.included, 0)
        if count:
            yield of_option(plan, option), count


class Shelf:
    """Makes what is missing, each once: its key at Stripe is a digest of what it says."""

    def __init__(self, v1: Any, database: Database, zone: ZoneInfo) -> None:
        self._v1 = v1
        self._database = database
        self._zone = zone

    def fill(self, prices: PriceList, today: date) -> None:
        """All of it, so that nobody waits for it who buys; a code whose day is past is none. Raises what `asked`
        raises."""
        for plan in sold(prices):
            self.price(of_plan(plan))
            for option in plan.choices:
                self.price(of_option(plan, option))
            if plan.setup:
                self.price(of_setup(plan))
        for promotion in prices.promotions:
            if promotion.until is None or today <= promotion.until:
                for months in lengths(promotion, prices):
                    self.coupon(promotion, prices, months)

    def price(self, part: Part) -> str:
        """The id of its price."""
        period = part.period and [part.period.count, part.period.unit]
        what = _digest("price", part.kind, part.name, part.amount.minor, part.amount.currency, period)
        return self._known(what) or self._keep(what, part.kind, part.title, self._priced(part, what)["id"])

    def _priced(self, part: Part, what: str) -> Said:
        product = f"hosted-pages-{part.kind}-{_digest(part.name)[:24]}"
        said: dict[str, Any] = {
            "product": self._product(product, part),
            "currency": part.amount.currency.lower(),
            "unit_amount": amounts.theirs(part.amount),
            "metadata": {"hosted_pages": f"{part.kind} {part.name}"},
        }
        if part.period:
            said["recurring"] = {"interval": part.period.unit, "interval_count": part.period.count}
        return asked(self._v1.prices.create, said, key=f"price-{what}")

    def _product(self, id: str, part: Part) -> str:
        name = part.title.get("en") or next(iter(part.title.values()), part.name)
        try:
            asked(self._v1.products.create, {"id": id, "name": name}, key=f"product-{_digest(id, name)}")
        except Refused as fault:
            if fault.code != "resource_already_exists":
                raise
            asked(self._v1.products.update, id, {"name": name})
        return id

    def tax(self, rate: int, inclusive: bool) -> str:
        """The id of a tax rate, which is in hundredths of a percent."""
        what = _digest("tax", rate, inclusive)
        known = self._known(what)
        if known:
            return known
        said = {"display_name": "VAT", "inclusive": inclusive, "percentage": rate / 100}
        return self._keep(what, "tax", {}, asked(self._v1.tax_rates.create, said, key=f"tax-{what}")["id"])

    def coupon(self, promotion: Promotion, prices: PriceList, months: int) -> tuple[str, str]:
        """The ids of the coupon that lasts so many months, and of the code under which it is taken.

        A code leads to one coupon: where plans have terms of several lengths there is none, and we count its uses.
        """
        less = promotion.amount and [promotion.amount.minor, promotion.amount.currency]
        what = _digest("coupon", promotion.code, promotion.percent, less, promotion.terms, months)
        coupon = self._known(what) or self._keep(
            what, "coupon", promotion.title, self._lowered(promotion, months, what)["id"]
        )
        if len(lengths(promotion, prices)) > 1:
            return coupon, ""
        limits = _digest("code", what, promotion.uses, str(promotion.until))
        code = self._known(limits) or self._keep(
            limits, "code", promotion.title, self._coded(promotion, coupon, limits)["id"]
        )
        return coupon, code

    def _lowered(self, promotion: Promotion, months: int, what: str) -> Said:
        said: dict[str, Any] = {"name": promotion.code[:40], "duration": "forever"}
        if promotion.terms == 1:
            said["duration"] = "once"
        elif promotion.terms:
            said |= {"duration": "repeating", "duration_in_months": months}
        if promotion.percent:
            said["percent_off"] = promotion.percent / 100
        elif promotion.amount:
            said |= {"amount_off": amounts.theirs(promotion.amount), "currency": promotion.amount.currency.lower()}
        return asked(self._v1.coupons.create, said, key=f"coupon-{what}")

    def _coded(self, promotion: Promotion, coupon: str, what: str) -> Said:
        """One that was sold under this code in another way is taken down first: only one of a name is active."""
        for before in asked(self._v1.promotion_codes.list, {"code": promotion.code, "active": True})["data"]:
            asked(self._v1.promotion_codes.update, before["id"], {"active": False})
        said: dict[str, Any] = {"code": promotion.code, "promotion": {"type": "coupon", "coupon": coupon}}
        if promotion.uses:
            said["max_redemptions"] = promotion.uses
        if promotion.until:
            last = datetime.combine(promotion.until, time(), self._zone) + timedelta(days=1, seconds=-1)
            said["expires_at"] = int(last.timestamp())
        return asked(self._v1.promotion_codes.create, said, key=f"code-{what}")

    def named(self, ids: Iterable[str]) -> Mapping[str, Named]:
        """What these prices are here."""
        found = select(stripe_things).where(stripe_things.c.id.in_(tuple(ids)))
        with self._database.read() as connection:
            return {row.id: Named(row.kind, json.loads(row.words)) for row in connection.execute(found)}

    def number(self, number: str, invoice: str) -> None:
        """The invoice of this number is this one."""
        if number and self.numbered(number) != invoice:
            self._keep(_digest("number", number), "invoice", {}, invoice)

    def numbered(self, number: str) -> str:
        """The id of the invoice of this number; empty where none was seen yet."""
        return self._known(_digest("number", number))

    def _known(self, what: str) -> str:
        with self._database.read() as connection:
            return connection.scalar(select(stripe_things.c.id).where(stripe_things.c.what == what)) or ""

    def _keep(self, what: str, kind: Kind, words: Words, id: str) -> str:
        row = {"what": what, "id": id, "kind": kind, "words": json.dumps(words)}
        with self._database.write() as connection:
            won(connection, insert(stripe_things).values(row))
        return self._known(what)


def sold(prices: PriceList) -> tuple[Plan, ...]:
    """The plans that can be sold at Stripe."""
    return tuple(plan for plan in prices.catalog.plans if not lacking(STRIPE, plan))


def _digest(*said: object) -> str:
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:40]
