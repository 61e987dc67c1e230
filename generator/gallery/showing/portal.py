"""The sections of the portal, for who has nothing, one thing, several, and everything that may be wrong."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import get_args

from generator.engine import answers
from generator.engine.ground import Ground
from generator.engine.methods import Keeper
from generator.gallery.exhibit import Exhibit
from generator.gallery.sample import billed, held, people
from generator.gallery.sample.methods import CARD, EXPIRED, EXPIRES_SOON, MANDATE, SECOND
from generator.gallery.sample.moment import TODAY
from generator.gallery.sample.shop import Shop
from generator.gallery.showing import invoices
from generator.locale import speech
from generator.model.catalog import Catalog
from generator.model.customer import Customer
from generator.model.live.parts import PaymentNews, Url
from generator.model.live.portal import PortalPage, TextPage
from generator.model.pages import ADDRESS
from generator.model.payment import Method
from generator.model.portal import Section
from generator.model.quote import Answer
from generator.model.rule import ALWAYS
from generator.model.subscription import Subscription
from generator.model.text import words_in
from generator.model.usage import Consumption
from generator.model.workflow import Field
from generator.rehearsal.drafting import likely
from generator.runtime import addresses
from generator.runtime.present import portal as present
from generator.runtime.present.portal import Owned
from generator.runtime.present.questions import Questions

Live = Callable[[str], object]

NOTHING = Catalog(())
"""What is sold where nothing is."""


@dataclass(frozen=True)
class Hall:
    """One section, and how things are hung in it."""

    shop: Shop
    section: Section

    def exhibit(self, state: str, says: str, live: Live, more: str = "", here: str = "") -> Exhibit:
        """`more` is which of the section's pages it is, where that is not its own."""
        page = f"{self.section.page}{f'.{more}' if more else ''}.html"
        here = here or addresses.section(self.section.id)
        return Exhibit("portal", self.section.id, page, state, says, self._tabbed(live), here)

    def _tabbed(self, live: Live) -> Live:
        def made(language: str) -> object:
            page = live(language)
            assert isinstance(page, PortalPage), "what is hung here is the portal's"
            return replace(page, tabs=self.shop.tabs(people.CLARA, self.section.id))

        return made


def exhibits(shop: Shop) -> Iterator[Exhibit]:
    """Every section in its states; a link has no page."""
    for section in shop.site.portal.sections:
        hall = Hall(shop, section)
        match section.kind:
            case "subscriptions":
                yield from _subscriptions(hall)
            case "invoices":
                yield from invoices.exhibits(shop, section, hall.exhibit)
            case "payment_method":
                yield from _methods(hall)
            case "billing_info" | "form":
                yield from _questions(hall)
            case "text":
                frame = shop.frame(addresses.section(section.id), people.CLARA)
                yield hall.exhibit(
                    "filled", "what the merchant says", _same(TextPage(frame.here, frame.csrf, frame.who))
                )


def _same(live: object) -> Live:
    return lambda _: live


def _subscriptions(hall: Hall) -> Iterator[Exhibit]:
    shop, sold, clara = hall.shop, hall.shop.sold, people.CLARA
    public = sold.with_code().public
    running = held.running(clara, sold.rich)
    ended = held.in_state("ended_terminated", clara, sold.paid, "sub-3")
    yield hall.exhibit("empty", "nothing is had, and nothing is sold", _listed(hall, (), catalog=NOTHING))
    yield hall.exhibit("plans", "nothing is had, and plans can be chosen", _listed(hall, (), catalog=public))
    yield hall.exhibit("filled", "one subscription", _listed(hall, (running,)))
    late = held.in_state("suspended_payment_due", clara, sold.paid, "sub-2")
    yield hall.exhibit("several", "several, and one that has ended", _listed(hall, (running, late, ended)))
    owned = [replace(one, id=f"sub-{at}") for at, one in enumerate(held.every_state(clara, sold.rich), 1)]
    yield hall.exhibit("every-state", "one in each state that there is", _listed(hall, owned))
    yield hall.exhibit("ended", "only such as have ended", _listed(hall, (ended,), catalog=public))
    for state, says, customer in (
        ("long-german", "very long German words", people.GERMAN),
        ("arabic", "a name in Arabic", people.ARABIC),
    ):
        yield hall.exhibit(state, says, _listed(hall, (held.running(customer, sold.rich),), customer))
    for name in ("under_way", "failed"):
        news = _news(hall, name, shop.site.languages[0])
        yield hall.exhibit(
            f"payment-{name.replace('_', '-')}", "news of a payment", _listed(hall, (running,), news=news)
        )
    for one in held.every_state(clara, sold.rich):
        state = "scheduled-change" if one.state == "active_delayed_upgrade" else one.state.replace("_", "-")
        state = "suspended" if one.state == "suspended_agent" else state
        if Owned(one, TODAY, True).shown:
            yield hall.exhibit(state, one.state.replace("_", " "), _alone(hall, one), "one", _here(one))
    yield from _kinds(hall, running)


def _kinds(hall: Hall, running: Subscription) -> Iterator[Exhibit]:
    """What a subscription may have beside its state."""
    shop, sold, clara = hall.shop, hall.shop.sold, people.CLARA
    ours = sold.with_code().promotions[-1]
    paid = replace(
        running, trial_until=TODAY + timedelta(days=4), plan=replace(running.plan, trial_price=running.price)
    )
    shown: tuple[tuple[str, str, Subscription], ...] = (
        ("in-trial", "its trial lasts", held.in_trial(running)),
        ("in-paid-trial", "so does a trial with a price", paid),
        ("for-less", "for less, for some terms", held.reduced(running, ours)),
        ("committed", "it cannot be left yet", replace(running, committed_until=TODAY + timedelta(days=200))),
        ("for-another", "paid for somebody else", replace(running, customer=people.FRIEND.id, payer=clara.id)),
        ("by-another", "paid by somebody else", replace(running, payer=people.FRIEND.id)),
        ("other-options", "its options change with the next term", _other_options(running)),
        ("answered", "with answers to the merchant's own questions", replace(running, fields=_answers(shop))),
        ("counted", "with what was used of it", held.running(clara, sold.counted)),
    )
    for state, says, one in shown:
        yield hall.exhibit(state, says, _alone(hall, one), "one", _here(one))


def _other_options(of: Subscription) -> Subscription:
    return replace(of, state="active_delayed_upgrade", next_options=of.options)


def _here(one: Subscription) -> Url:
    return addresses.subscription(one.id)


def _answers(shop: Shop) -> dict[str, Answer]:
    """One to each question of the merchant's own."""
    found: dict[str, Answer] = {}
    for workflow in shop.site.workflows:
        for step in workflow.steps:
            for asked in step.fields if step.kind == "form" else ():
                found |= {f"{step.id}.{name}": said for name, said in _likely(asked).items()}
    return found


def _likely(asked: Field) -> dict[str, Answer]:
    """Something to answer to it, by whomever it is asked; nothing where a link answers it."""
    always = replace(asked, when=ALWAYS)
    words = likely.typed(always, {}) if asked.kind != "hidden" else None
    known = {"customer.country": "FR"}
    return dict(answers.read([always], {asked.id: words}, known).answers) if words is not None else {}


def _owned(hall: Hall, one: Subscription) -> Owned:
    sold = hall.shop.sold
    used = (0, 7, 380, 2300)
    counted = tuple(Consumption(option, used[(at + 2) % 4]) for at, option in enumerate(one.plan.consumptions))
    return Owned(
        one,
        TODAY,
        other_plans=len(sold.plans) > 1,
        successor=held.successor(one, sold.cheapest) if one.successor else None,
        consumption=counted,
        asks=people.CLARA.id if one.customer == people.FRIEND.id else one.customer,
        other=people.FRIEND if one.payer else None,
        held="held" if one.state == "draft_customer" else "",
    )


def _bills(hall: Hall, customer: Customer) -> present.About:
    made = billed.many(hall.shop.sold.prices, customer, hall.shop.sold.paid, 4)
    return lambda _: made


def _listed(
    hall: Hall,
    has: Sequence[Subscription],
    customer: Customer = people.CLARA,
    news: Sequence[PaymentNews] = (),
    catalog: Catalog = NOTHING,
) -> Live:
    frame = hall.shop.frame(addresses.section(hall.section.id), customer)
    doors, about = hall.shop.doors(hall.section, customer), _bills(hall, customer)
    owned = [_owned(hall, one) for one in has]
    return lambda language: present.subscriptions(frame, doors, owned, about, news, catalog, language)


def _alone(hall: Hall, one: Subscription) -> Live:
    customer = people.CLARA
    frame, doors = hall.shop.frame(_here(one), customer), hall.shop.doors(hall.section, customer)
    about = _bills(hall, customer) if one.active or one.suspended else (lambda _: ())
    return lambda language: present.subscription(frame, doors, _owned(hall, one), about, language)


def _news(hall: Hall, state: str, language: str) -> tuple[PaymentNews, ...]:
    plan = hall.shop.sold.paid
    by = TODAY + timedelta(days=5) if state == "under_way" else None
    name = words_in(plan.title, language)
    return (PaymentNews(state, "plan", name, plan.price, by, addresses.walk("held")),)  # type: ignore[arg-type]


def _methods(hall: Hall) -> Iterator[Exhibit]:
    doors = hall.shop.doors(hall.section, people.CLARA)
    frame = hall.shop.frame(addresses.section(hall.section.id), people.CLARA)

    def shown(*methods: Method, kept: Keeper | None = None, changed: bool = False) -> Live:
        stay = {method.id: kept for method in methods if kept}
        return _same(present.payment_method(frame, doors, methods, stay, TODAY, changed))

    yield hall.exhibit("empty", "nothing is on file", shown())
    yield hall.exhibit("filled", "two cards and a mandate", shown(CARD, SECOND, MANDATE))
    yield hall.exhibit("one", "a single card", shown(CARD))
    yield hall.exhibit("changed", "changed just now", shown(CARD, SECOND, changed=True))
    yield hall.exhibit("expires-soon", "the card expires within two months", shown(EXPIRES_SOON))
    yield hall.exhibit("expired", "the card has expired", shown(EXPIRED))
    for keeper in get_args(Keeper):
        yield hall.exhibit(f"kept-{keeper.replace('_', '-')}", "the last one has to stay", shown(CARD, kept=keeper))
    for state, others in (("filled", True), ("last", False)):
        live = _same(present.remove_method(frame, doors, SECOND, others, TODAY))
        here = addresses.method(hall.section.id, SECOND.id, "remove")
        yield hall.exhibit(state, "before one is taken away", live, "remove", here)


def _questions(hall: Hall) -> Iterator[Exhibit]:
    section, clara = hall.section, people.CLARA

    def asked(customer: Customer, language: str) -> Questions:
        point, gap = speech.separators(language)
        return Questions(section, customer, hall.shop.known(customer), Ground("", point, gap, TODAY), language)

    def page(customer: Customer, typed: str | None = None, saved: bool = False) -> Live:
        frame = hall.shop.frame(addresses.section(section.id), customer)

        def live(language: str) -> object:
            questions = asked(customer, language)
            form = None if typed is None else {name: typed for field in section.fields for name in field.inputs}
            problems = questions.read(form).problems if form is not None else ()
            return questions.page(frame, form, problems, saved)

        return live

    said = {name: answer for asks in section.fields for name, answer in _likely(asks).items()}
    answered = replace(clara, fields={f"{section.id}.{name}": answer for name, answer in said.items()})
    yield hall.exhibit("empty", "nothing is known", page(people.NEW))
    yield hall.exhibit("filled", "all is known", page(answered))
    yield hall.exhibit("saved", "saved just now", page(answered, saved=True))
    yield hall.exhibit("errors", "sent with nothing in it", page(clara, ""))
    yield hall.exhibit("malformed", "sent with wrong words", page(clara, "???"))
    if section.kind == "billing_info":
        yield hall.exhibit("long-german", "very long German words", page(people.GERMAN))
        yield hall.exhibit("arabic", "name and address in Arabic", page(people.ARABIC))
        yield hall.exhibit("japanese", "an address that begins with its postal code", page(people.JAPANESE))
        yield hall.exhibit("filled", "the part that follows the country", page(people.JAPANESE), ADDRESS)
