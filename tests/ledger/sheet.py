"""Plays a scenario that was worked out by hand on the embedded biller; `scenarios/README.md` says in which form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from generator.adapters.clock import TravellingClock
from generator.adapters.ledger import Ledger
from generator.adapters.sql.database import Database
from generator.locale import money
from generator.model.catalog import Catalog, Option, Period, Plan, PlanChange, Scale, Table, Tier
from generator.model.credit import CreditNote, NotCredited
from generator.model.customer import BillingInfo, Customer
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.payment import NothingDue, Paid, Promised
from generator.model.price_list import PriceList
from generator.model.promotion import Promotion
from generator.model.quote import (
    Change,
    ChangeOptions,
    ChangePlan,
    Keep,
    Line,
    Order,
    Pause,
    Refused,
    Request,
    Restart,
    Subscribe,
    Terminate,
)
from generator.model.subscription import Subscription
from generator.model.tax import TaxRate, TaxRules
from generator.model.usage import NotCounted, Usage

BILLING = BillingInfo("ada@example.com", "Ada", country="FR")
BEFORE = datetime(2020, 1, 1, tzinfo=UTC)
Said = Mapping[str, Any]
"""What the file says, all of it text: whatever YAML would make of it."""


@dataclass
class Sheet:
    """One scenario on the stage."""

    said: Said
    clock: TravellingClock
    ledger: Ledger
    customer: Customer
    seen: set[str] = field(default_factory=set)
    count: int = 0

    def play(self) -> Iterator[tuple[str, Any, Any]]:
        """For each event, what was expected and what there was."""
        for event in self.said["events"]:
            self.count += 1
            wanted = {key: value for key, value in event.items() if key not in ("at", "do")}
            wanted = {"now": "", "invoices": [], "credits": [], **wanted}
            found = self._happens(event["at"], event.get("do", "nothing"), wanted)
            yield f"{event['at']} {event.get('do', '')}", _plain(wanted), _plain(found)

    def _happens(self, at: str, does: str, wanted: Said) -> dict[str, Any]:
        self.clock.travel(_moment(at, self._zone) - self.clock.now())
        self.ledger.keep_up()
        found: dict[str, Any] = {"now": "", "invoices": [_table(one.lines, one.total) for one in self._issued()]}
        change = self._change(does.split())
        if change is not None:
            found |= self._commits(change, does)
        found["invoices"] += [_table(one.lines, one.total) for one in self._issued()]
        found["credits"] = [_table(one.lines, one.total) for one in self._credited()]
        found["invoice"] = " ".join(self._states())
        running = self._subscription
        if running is not None:
            found |= {"state": running.state, "term": f"{running.period_start} to {running.period_end}"}
        return {key: found.get(key) for key in wanted}

    def _commits(self, change: Change, does: str) -> dict[str, Any]:
        code = next((word.removeprefix("code=") for word in does.split() if word.startswith("code=")), "")
        request = Request(self.customer.id, change, None, {}, promotion=code)
        quote = self.ledger.quote(request)
        if isinstance(quote, Refused):
            return {"refused": quote.reason}
        order = self.ledger.open(quote.id, quote.shown, f"key-{self.count}")
        assert isinstance(order, Order), order
        paid = Promised("transfer") if self.customer.terms else Paid("p", "card", quote.due_now)
        closed = self.ledger.close(order.id, paid if quote.due_now else NothingDue(), f"key-{self.count}")
        if closed.invoice:
            invoice = self.ledger.invoice(closed.invoice)
            assert invoice is not None, "it was issued just now"
            assert [line for line in quote.lines_now if line.kind != "invoice"] == list(invoice.lines)
            self.seen.add(closed.invoice)
        self._settle()
        dates = {one.name: getattr(quote, one.name) for one in fields(quote)}
        return {
            **dates,
            "now": _table(quote.lines_now, quote.due_now),
            "later": _table(quote.lines_later, quote.due_later),
            "end": _table(quote.lines_end, quote.due_end),
            "used": _table(quote.lines_used, _sum(quote.lines_used, quote.due_now.currency)),
            "afterwards": [f"{later.first} {_amount(later.due)}" for later in quote.afterwards],
        }

    def _change(self, words: list[str]) -> Change | None:
        given = dict(word.split("=") for word in words if "=" in word)
        given.pop("code", None)
        id = self._subscription.id if self._subscription else ""
        match words:
            case ["subscribe", plan, *_]:
                return Subscribe(plan, _chosen(given))
            case ["change", "plan", plan, *_]:
                return ChangePlan(id, plan, _chosen(given))
            case ["change", "options", *_]:
                return ChangeOptions(id, _chosen(given))
            case ["terminate"]:
                return Terminate(id)
            case ["restart"]:
                return Restart(id)
            case ["keep", *_]:
                return Keep(id)
            case ["pause", "until", day]:
                return Pause(id, date.fromisoformat(day))
            case ["use", option, amount]:
                usage = Usage(f"use-{self.count}", self.customer.id, id, option, int(amount))
                assert not isinstance(self.ledger.report(usage), NotCounted)
                return None
            case ["suspend"]:
                assert not isinstance(self.ledger.suspend(id, "suspended_agent"), Refused)
                return None
            case ["bill", "to", *_]:
                self.ledger.save_billing_info(self.customer.id, replace(BILLING, **given))
                return None
            case ["refund", number, *amount]:
                wanted = money.read(" ".join(amount)) if amount else None
                asked = (self._numbered(number), wanted, "transfer", "", f"refund-{self.count}")
                assert not isinstance(self.ledger.refund(*asked), NotCredited)
                return None
            case ["void", number]:
                assert not isinstance(self.ledger.void(self._numbered(number), ""), NotCredited)
                return None
            case ["write", "off", number]:
                assert not isinstance(self.ledger.write_off(self._numbered(number), ""), NotCredited)
                return None
            case ["nothing"]:
                return None
        raise ValueError(f"nobody knows how to do {' '.join(words)!r}")

    def _issued(self) -> list[Invoice]:
        """What was invoiced since the last look, oldest first."""
        new = [one for one in reversed(self.ledger.invoices(self.customer.id)) if one.id not in self.seen]
        self.seen |= {one.id for one in new}
        self._settle()
        return new

    def _credited(self) -> list[CreditNote]:
        """The credit notes since the last look, oldest first."""
        new = [one for one in reversed(self.ledger.credit_notes(self.customer.id)) if one.id not in self.seen]
        self.seen |= {one.id for one in new}
        return new

    def _states(self) -> Iterator[str]:
        """How each invoice stands, oldest first."""
        return (one.state for one in reversed(self.ledger.invoices(self.customer.id)))

    def _numbered(self, number: str) -> str:
        found = self.ledger.invoice_numbered(number)
        assert found is not None, number
        return found.id

    def _settle(self) -> None:
        """Whoever owes pays, unless the sheet says that nobody does."""
        if self.said.get("pays") == "nobody":
            return
        for invoice in self.ledger.invoices(self.customer.id):
            if invoice.payable:
                self.ledger.receive(invoice.id, self.clock.now().date(), "sheet")

    @property
    def _subscription(self) -> Subscription | None:
        """The one that runs; where none does, the newest."""
        found = self.ledger.subscriptions(self.customer.id)
        return next((one for one in found if one.active or one.suspended), found[0] if found else None)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.said.get("zone", "Europe/Paris"))


def set_up(file: Path, database: Database) -> Sheet:
    """The scenario of this file, before anything happened."""
    said: Said = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    clock = TravellingClock(BEFORE)
    ledger = Ledger(database, clock, said.get("zone", "Europe/Paris"))
    ledger.sell(_price_list(said))
    billing = replace(BILLING, **said.get("customer", {}))
    customer = ledger.put_customer("ada", "en", billing, int(said.get("terms", "0")), frozenset())
    return Sheet(said, clock, ledger, customer)


def _price_list(said: Said) -> PriceList:
    plans = [_plan(ref, plan) for ref, plan in said["plans"].items()]
    currencies = dict.fromkeys(plan.price.currency for plan in plans)
    timing = said.get("changes", "by_price")
    tables = (
        Table(currency, {}, tuple(plan for plan in plans if plan.price.currency == currency), timing)
        for currency in currencies
    )
    pairs = tuple(PlanChange(*pair.split(" to "), when) for pair, when in said.get("pairs", {}).items())
    codes = tuple(_promotion(code, promotion) for code, promotion in said.get("codes", {}).items())
    return PriceList(Catalog(tuple(tables), pairs), promotions=codes, tax=_tax(said.get("tax", "0%")))


def _tax(said: Any) -> TaxRules:
    """`20%`, or the rules: `default`, `seller`, `inclusive`, `outside`, and rates as `DE: 19%`, `ES business: 4%`."""
    if isinstance(said, str):
        return TaxRules(_hundredths(said))
    rates = tuple(
        TaxRate(words[0], _hundredths(rate), *words[1:])  # type: ignore[arg-type]
        for words, rate in ((place.split(), rate) for place, rate in said.get("rates", {}).items())
    )
    return TaxRules(
        default=_hundredths(said.get("default", "0%")),
        inclusive=said.get("inclusive") == "yes",
        seller=said.get("seller", ""),
        rates=rates,
        outside=_hundredths(said["outside"]) if "outside" in said else None,
        reverse_charge=said.get("reverse_charge") != "no",
    )


def _plan(ref: str, said: Said) -> Plan:
    price = money.read(said["price"])
    options = tuple(_option(option, told) for option, told in said.get("options", {}).items())
    amounts = {name: money.read(said[name]) for name in ("setup", "termination", "trial_price") if name in said}
    counts = {name: int(said[name]) for name in ("commitment", "terms") if name in said}
    plan = Plan(ref, {}, {}, price, _period(said.get("period", "1 month")), Money.zero(price.currency), options=options)
    trial = _period(said["trial"]) if "trial" in said else None
    return replace(plan, trial=trial, termination_at=said.get("termination_at", "request"), **amounts, **counts)


def _option(ref: str, said: Said) -> Option:
    counts = {name: int(said[name]) for name in ("included", "minimum", "maximum", "step") if name in said}
    price = money.read(said["price"]) if "price" in said else _scale(said)
    return Option(ref, said["kind"], {}, price, **{"maximum": 1000, **counts})


def _scale(said: Said) -> Scale:
    (rule,) = (rule for rule in ("graduated", "volume") if rule in said)
    return Scale(tuple(_tier(row.split()) for row in said[rule].splitlines()), rule)


def _tier(words: list[str]) -> Tier:
    """`up to 10: 2.00 EUR each` · `beyond: 5.00 EUR per 100 plus 1.00 EUR`"""
    ceiling = None if words[0] == "beyond:" else int(words[2].removesuffix(":"))
    del words[: 1 if ceiling is None else 3]
    amount, currency, *rest = words
    increment, rest = (1, rest[1:]) if rest[0] == "each" else (int(rest[1]), rest[2:])
    flat = money.read(" ".join(rest[1:3])) if rest else None
    return Tier(money.read(f"{amount} {currency}"), ceiling, increment, flat)


def _promotion(code: str, said: Said) -> Promotion:
    off = said["off"]
    by = {"percent": _hundredths(off)} if off.endswith("%") else {"amount": money.read(off)}
    return Promotion(code, {}, terms=int(said.get("terms", "0")), **by)


def _period(said: str) -> Period:
    count, unit = said.split()
    return Period(int(count), unit.removesuffix("s"))  # type: ignore[arg-type]


def _chosen(given: Mapping[str, str]) -> dict[str, bool | int]:
    return {ref: value == "on" if value in ("on", "off") else int(value) for ref, value in given.items()}


def _moment(said: str, zone: ZoneInfo) -> datetime:
    """By the merchant's clock, unless it says by which."""
    moment = datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _hundredths(percent: str) -> int:
    return int(Decimal(percent.removesuffix("%")) * 100)


def _sum(lines: tuple[Line, ...], currency: str) -> Money:
    return sum((line.amount for line in lines), Money.zero(currency))


def _table(lines: tuple[Line, ...], total: Money) -> str:
    """A row for each line, and one for what they come to; nothing where there are none."""
    return "\n".join([*map(_row, lines), f"total {_amount(total)}"]) if lines else ""


def _row(line: Line) -> str:
    words: list[str] = [line.kind]
    if line.part != "whole":
        words.append(line.part)
    if line.kind in ("option", "usage"):
        words.append(str(line.quantity))
    if line.kind == "tax":
        words.append(line.note or f"{Decimal(line.rate) / 100:f}%")
    if line.included:
        return " ".join([*words, "within", _amount(line.included)])
    return " ".join([*words, _amount(line.amount)])


def _amount(amount: Money) -> str:
    places = money.digits(amount.currency)
    return f"{Decimal(amount.minor).scaleb(-places):.{places}f}"


def _spaced(text: str) -> str:
    return "\n".join(" ".join(row.split()) for row in text.strip().splitlines())


def _plain(said: Mapping[str, Any]) -> dict[str, Any]:
    """Without the spaces that put numbers below each other."""
    return {
        key: [_spaced(str(one)) for one in value] if isinstance(value, list | tuple) else _spaced(str(value))
        for key, value in said.items()
    }
