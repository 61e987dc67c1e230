"""Subscriptions: in a list, and alone in each of their states."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from generator.gallery.exhibit import Exhibit
from generator.gallery.sample import billed, held, people
from generator.gallery.sample.moment import TODAY
from generator.gallery.sample.shop import Shop
from generator.gallery.showing.hall import Hall, Live, answered
from generator.model.catalog import Catalog
from generator.model.customer import Customer
from generator.model.live.parts import PaymentNews, Url
from generator.model.quote import Answer
from generator.model.subscription import Subscription
from generator.model.text import words_in
from generator.model.usage import Consumption
from generator.runtime import addresses
from generator.runtime.present import portal as present
from generator.runtime.present.portal import Owned

NOTHING = Catalog(())
"""What is sold where nothing is."""


def exhibits(hall: Hall) -> Iterator[Exhibit]:
    """Where there is nothing, one, several, and each by itself in every state."""
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
                found |= {f"{step.id}.{name}": said for name, said in answered(asked).items()}
    return found


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
