"""What the sentences of a walk are about: the world, the people in it, and what each of them has before their eyes."""

from dataclasses import dataclass, field, replace
from email import message_from_string, policy
from typing import Literal
from urllib.parse import urlsplit

import urllib3

from generator.locale import money
from generator.model.catalog import Plan
from generator.model.customer import BillingInfo, Customer
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.price_list import PriceList
from generator.model.promotion import Promotion
from generator.model.subscription import Subscription
from generator.model.walk import Walk
from generator.rehearsal.stand import Stand
from generator.rehearsal.tries import Tries
from generator.rehearsal.visitor import Visitor

KNOWN = BillingInfo(
    email="ada@example.com",
    name="Ada Lovelace",
    address_line1="12 St James's Square",
    postal_code="SW1Y 4JH",
    city="London",
    country="GB",
)
"""The billing info that everybody has in a walk who has any."""


Way = Literal["portal", "link", "mail", "catalog"]
"""How somebody comes to a workflow: by a button of the portal, by a link that the merchant's application opens, by one
in a mail, or from a catalog: our public one, or by the address that stands in the merchant's own."""


class Unmet(Exception):
    """A sentence does not hold; says what it wanted and what there is."""

    def __init__(self, wanted: str, found: str) -> None:
        super().__init__(f"wanted {wanted}, found {found}")
        self.wanted, self.found = wanted, found


@dataclass
class Person:
    """A customer and their windows. `typed` waits for the next button, `link` is the last one that they were given.

    `walks` are those that they went through, by id, with the way in.
    """

    ref: str
    id: str
    windows: list[Visitor]
    at: int = 0
    typed: dict[str, str | None] = field(default_factory=dict)
    link: str = ""
    way: Way = "link"
    walks: dict[str, Way] = field(default_factory=dict)

    def arrived(self) -> None:
        """Remember the walk that the window is at, and by which way they came to it."""
        parts = urlsplit(self.window.url).path.split("/")
        if self.window.status and parts[1:2] == ["w"] and len(parts) > 2:
            self.walks.setdefault(parts[2], self.way)

    @property
    def window(self) -> Visitor:
        return self.windows[self.at]

    def fills(self) -> dict[str, str | None]:
        """What was typed, which counts once."""
        typed, self.typed = self.typed, {}
        return typed


@dataclass
class Stage:
    """The world and the people in it, by name."""

    stand: Stand
    people: dict[str, Person] = field(default_factory=dict)
    tries: Tries = field(default_factory=Tries)

    def enter(self, name: str) -> Person:
        """Somebody whom nobody knows yet."""
        stand, ref = self.stand, name.lower()
        language = stand.parts.library.current.site.languages[0]
        made = stand.ledger.put_customer(ref, language, BillingInfo(), 0, frozenset())
        self.people[name] = Person(ref, made.id, [Visitor(inside=(stand.pages, stand.bank))])
        return self.people[name]

    def visit(self, name: str) -> Person:
        """Somebody who is nobody yet."""
        stand = self.stand
        self.people[name] = Person(name.lower(), "", [Visitor(inside=(stand.pages, stand.bank))])
        return self.people[name]

    def notice(self, person: Person) -> None:
        """Remember which walk they are at; a visitor may have become a customer by it."""
        person.arrived()
        for id in person.walks if not person.id else ():
            walk = self.stand.parts.store.walk(id)
            person.id = walk.customer if walk else ""
        self._notice_payment(person)

    def _notice_payment(self, person: Person) -> None:
        """How each of their tries to pay stands now."""
        store = self.stand.parts.store
        walks = [walk for id in person.walks if (walk := store.walk(id)) is not None]
        keys = [f"{walk.id}-{number}" for walk in walks for number in range(1, walk.attempts + 2)]
        intents = [intent for key in keys if (intent := store.intent(key)) is not None]
        if intents:
            kinds = {method.id: method.kind for method in self.stand.parts.gateway.methods(person.id)}
            pages = {str(charge["key"]): str(charge["page"]) for charge in self.charges(person)}
            for intent in intents:
                self.tries.look(intent, kinds, pages.get(intent.key, ""))

    def customer(self, person: Person) -> Customer:
        found = self.stand.ledger.customer(person.id)
        assert found is not None, "nobody leaves the stage"
        return found

    def becomes(self, person: Person, **said: object) -> None:
        """The merchant says something of a customer; the rest stays."""
        known = replace(self.customer(person), **said)  # type: ignore[arg-type]
        self.stand.ledger.put_customer(
            known.ref, known.language, known.billing, known.terms_days, known.tags, known.suspended
        )

    def subscriptions(self, person: Person) -> list[Subscription]:
        """All that they have or had, the newest first."""
        return list(self.stand.ledger.subscriptions(person.id))

    def subscription(self, person: Person, plan: str) -> Subscription:
        """Their newest subscription to the plan, or else the newest that they pay for somebody else."""
        has = [*self.subscriptions(person), *self.stand.ledger.paid_for(person.id)]
        for one in has:
            if one.plan.ref == plan:
                return one
        raise Unmet(f"a subscription to {plan}", ", ".join(one.plan.ref for one in has) or "no subscription")

    def invoice(self, person: Person) -> Invoice:
        """Their newest invoice."""
        invoices = self.stand.ledger.invoices(person.id)
        if not invoices:
            raise Unmet("an invoice", "none")
        return invoices[0]

    def walk(self, person: Person) -> Walk | None:
        """The one that they began last."""
        begun = list(person.walks)
        return self.stand.parts.store.walk(begun[-1]) if begun else None

    def other(self, name: str) -> Person:
        """Somebody else on the stage, by their name."""
        if name not in self.people:
            raise Unmet("somebody on the stage", f"{name}; there is {', '.join(self.people)}")
        return self.people[name]

    @property
    def prices(self) -> PriceList:
        """All that the merchant sells now."""
        return self.stand.ledger.price_list()

    def plan(self, ref: str) -> Plan:
        found = self.stand.ledger.plan(ref)
        if found is None:
            raise Unmet(f"a plan {ref} that is sold", ", ".join(plan.ref for plan in self.prices.catalog.plans))
        return found

    def sells(self, ref: str, plan: Plan | None) -> None:
        """From now on the merchant sells this plan in place of what had its name, or with nothing no longer."""
        self.plan(ref)
        now = self.prices
        tables = []
        for table in now.catalog.tables:
            plans = [plan if sold.ref == ref else sold for sold in table.plans]
            tables.append(replace(table, plans=tuple(sold for sold in plans if sold is not None)))
        self.stand.ledger.sell(replace(now, catalog=replace(now.catalog, tables=tuple(tables))))

    def promotes(self, code: str, promotion: Promotion | None) -> None:
        """From now on this is the promotion of the code; with nothing there is none."""
        now, gone = self.prices, self.promotion(code)
        others = tuple(known for known in now.promotions if known != gone)
        self.stand.ledger.sell(replace(now, promotions=(*others, promotion) if promotion else others))

    def promotion(self, code: str) -> Promotion:
        known = {promotion.code: promotion for promotion in self.prices.promotions}
        if code not in known:
            raise Unmet(f"a promotion {code}", ", ".join(known) or "none")
        return known[code]

    def charges(self, person: Person) -> list[dict[str, object]]:
        """What the bank has in its books about the customer, the oldest first."""
        said = urllib3.request("GET", f"{self.stand.bank}/api/charges").json()["charges"]
        return [charge for charge in said if charge["customer"] == person.id]

    def taken(self, person: Person) -> int:
        """What the bank has taken from the customer, in minor units."""
        return sum(int(str(charge["amount"])) for charge in self.charges(person) if charge["status"] == "paid")

    def mailed(self, person: Person) -> str:
        """The words of the newest mail to them, subject and text."""
        mails = [message_from_string(mail, policy=policy.default) for mail in self.mails()]
        own = [mail for mail in mails if f"{person.ref}@example.com" in str(mail["To"])]
        if not own:
            raise Unmet("a mail", "none")
        body = own[-1].get_body(("plain",))
        return f"{own[-1]['Subject']}\n{body.get_content() if body else ''}"

    def mails(self) -> list[str]:
        """Every mail as it lies in the mailbox, the newest last."""
        found = self.stand.mailbox.glob("*.eml") if self.stand.mailbox.exists() else ()
        files = sorted(found, key=lambda file: file.stat().st_mtime_ns)
        return [file.read_text(encoding="utf-8") for file in files]


def amount(words: str) -> Money:
    """`58.80 EUR`. Raises `Unmet`."""
    try:
        return money.read(words)
    except money.NotMoney as fault:
        raise Unmet("an amount", f"{words!r}: {fault}") from fault


def said(of: Money) -> str:
    """As walks write it."""
    return money.written(of)
