"""The sections of the portal, for who has nothing, one thing, several, and everything that may be wrong."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from generator.engine.ground import Ground
from generator.engine.methods import Keeper
from generator.gallery.exhibit import Exhibit
from generator.gallery.sample import people
from generator.gallery.sample.methods import CARD, EXPIRED, EXPIRES_SOON, MANDATE, SECOND
from generator.gallery.sample.moment import TODAY
from generator.gallery.sample.shop import Shop
from generator.gallery.showing import invoices, subscriptions
from generator.gallery.showing.hall import Hall, Live, answered, same
from generator.locale import speech
from generator.model.customer import Customer
from generator.model.live.portal import TextPage
from generator.model.pages import ADDRESS
from generator.model.payment import Method
from generator.runtime import addresses
from generator.runtime.present import portal as present
from generator.runtime.present.questions import Questions


def exhibits(shop: Shop) -> Iterator[Exhibit]:
    """Every section in its states; a link has no page."""
    for section in shop.site.portal.sections:
        hall = Hall(shop, section)
        match section.kind:
            case "subscriptions":
                yield from subscriptions.exhibits(hall)
            case "invoices":
                yield from invoices.exhibits(shop, section, hall.exhibit)
            case "payment_method":
                yield from _methods(hall)
            case "billing_info" | "form":
                yield from _questions(hall)
            case "text":
                frame = shop.frame(addresses.section(section.id), people.CLARA)
                yield hall.exhibit(
                    "filled", "what the merchant says", same(TextPage(frame.here, frame.csrf, frame.who))
                )


def _methods(hall: Hall) -> Iterator[Exhibit]:
    doors = hall.shop.doors(hall.section, people.CLARA)
    frame = hall.shop.frame(addresses.section(hall.section.id), people.CLARA)

    def shown(*methods: Method, kept: Keeper | None = None, changed: bool = False) -> Live:
        stay = {method.id: kept for method in methods if kept}
        return same(present.payment_method(frame, doors, methods, stay, TODAY, changed))

    yield hall.exhibit("empty", "nothing is on file", shown())
    yield hall.exhibit("filled", "two cards and a mandate", shown(CARD, SECOND, MANDATE))
    yield hall.exhibit("one", "a single card", shown(CARD))
    yield hall.exhibit("changed", "changed just now", shown(CARD, SECOND, changed=True))
    yield hall.exhibit("expires-soon", "the card expires within two months", shown(EXPIRES_SOON))
    yield hall.exhibit("expired", "the card has expired", shown(EXPIRED))
    for keeper in get_args(Keeper):
        yield hall.exhibit(f"kept-{keeper.replace('_', '-')}", "the last one has to stay", shown(CARD, kept=keeper))
    for state, others in (("filled", True), ("last", False)):
        live = same(present.remove_method(frame, doors, SECOND, others, TODAY))
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

    said = {name: answer for asks in section.fields for name, answer in answered(asks).items()}
    somebody = replace(clara, fields={f"{section.id}.{name}": answer for name, answer in said.items()})
    yield hall.exhibit("empty", "nothing is known", page(people.NEW))
    yield hall.exhibit("filled", "all is known", page(somebody))
    yield hall.exhibit("saved", "saved just now", page(somebody, saved=True))
    yield hall.exhibit("errors", "sent with nothing in it", page(clara, ""))
    yield hall.exhibit("malformed", "sent with wrong words", page(clara, "???"))
    if section.kind == "billing_info":
        yield hall.exhibit("long-german", "very long German words", page(people.GERMAN))
        yield hall.exhibit("arabic", "name and address in Arabic", page(people.ARABIC))
        yield hall.exhibit("japanese", "an address that begins with its postal code", page(people.JAPANESE))
        yield hall.exhibit("filled", "the part that follows the country", page(people.JAPANESE), ADDRESS)
