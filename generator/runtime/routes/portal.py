"""`/portal/…`: the standing billing area, language and sign-out."""

import logging
from collections.abc import Mapping, Sequence

from flask import Flask, Response, request

from generator.engine import answers
from generator.engine import methods as methods_rules
from generator.engine.ground import Ground
from generator.engine.methods import Keeper
from generator.locale import speech
from generator.model.customer import BILLING_FIELDS, BillingInfo, Customer
from generator.model.invoice import UNPAID, Sought
from generator.model.live.portal import TextPage
from generator.model.pages import ADDRESS
from generator.model.payment import Method
from generator.model.portal import ButtonId, Section
from generator.model.site import Site
from generator.model.walk import Held, Walk
from generator.runtime import addresses
from generator.runtime.conductor import UPDATE
from generator.runtime.desk import Desk
from generator.runtime.news import News
from generator.runtime.present import bills
from generator.runtime.present import portal as present
from generator.runtime.present.doors import Doors
from generator.runtime.present.questions import Questions, said_before
from generator.runtime.routes import papers
from generator.runtime.routes.papers import Asking
from generator.runtime.screens import GoOut, GoTo, Notice, Refusal
from generator.runtime.sheets import sheet
from generator.runtime.visit import LANGUAGE_COOKIE

log = logging.getLogger(__name__)

A_YEAR = 365 * 24 * 3600


def register(app: Flask, desk: Desk) -> None:
    """Add the addresses of the portal."""
    news = News(desk.parts)

    def site() -> Site:
        return desk.parts.library.current.site

    def found(id: str) -> Section:
        section = desk.sections().section(id) if desk.whoever() else site().portal.section(id)
        if section is None:
            raise Refusal(Notice("not_found"))
        return section

    def member() -> Customer:
        """A customer who may see the portal."""
        customer = desk.customer()
        if customer.suspended:
            raise Refusal(Notice("suspended"))
        return customer

    def kept(customer: Customer, method: Method, methods: Sequence[Method]) -> Keeper | None:
        """Why this method stays on file, if it does."""
        biller = desk.parts.biller
        has = (*biller.subscriptions(customer.id), *biller.paid_for(customer.id))
        billed, owes = [one for one in has if one.billed == customer.id], biller.invoices(customer.id, UNPAID)
        return methods_rules.kept(method, methods, customer, billed, owes, news.under_way(customer))

    def on_file(section: Section, button: ButtonId, customer: Customer, id: str) -> tuple[Method, Sequence[Method]]:
        """The customer's method with this id, and all that they have. Raises `Refusal`."""
        methods = desk.parts.gateway.methods(customer.id)
        found = [method for method in methods if method.id == id]
        here = addresses.section(section.id)
        if section.kind != "payment_method" or doors(section, customer).to(button, here) != here or not found:
            raise Refusal(Notice("not_found", here))
        return found[0], methods

    def doors(section: Section, customer: Customer) -> Doors:
        """Where the section's buttons lead."""
        return Doors(site(), section, customer.id, desk.sections().known_in(section))

    def owned(customer: Customer) -> list[present.Owned]:
        """The customer's subscriptions, with what decides their buttons."""
        biller = desk.parts.biller
        has = (*biller.subscriptions(customer.id), *biller.paid_for(customer.id))
        all = {subscription.id: subscription for subscription in has}
        held = {standing.subscription: walk.id for walk, standing in holding(customer)}
        return [
            present.Owned(
                subscription=one,
                today=desk.parts.today,
                other_plans=one.active and bool(biller.plan_changes(one.id).tables),
                successor=all.get(one.successor),
                consumption=biller.consumption(one.id) if one.plan.consumptions else (),
                asks=customer.id,
                other=biller.customer(one.customer if one.billed == customer.id else one.billed) if one.payer else None,
                held=held.get(one.id, ""),
            )
            for one in all.values()
        ]

    def holding(customer: Customer) -> list[tuple[Walk, Held]]:
        """The customer's walks in which a payment is under way."""
        walks = desk.parts.store.held(customer.id)
        return [(walk, walk.standing) for walk in walks if isinstance(walk.standing, Held)]

    def questions(section: Section, customer: Customer, language: str) -> Questions:
        """What a section asks; what is locked there is what is known already."""
        point, gap = speech.separators(language)
        said = said_before(section, customer)
        held = {field.id: answers.written(said[field.id]) for field in section.fields if field.id in said}
        known = desk.sections().known_in(section)
        return Questions(section, customer, known, Ground("", point, gap, desk.parts.today, held), language)

    def about(customer: Customer) -> present.About:
        """The newest invoices to the customer about a subscription."""
        most = present.MOST_INVOICES
        return lambda id: desk.parts.biller.invoices(customer.id, Sought(subscription=id, most=most))

    def paying(customer: Customer) -> Mapping[str, str]:
        """The walks that a payment is under way in, by the invoice that they are about."""
        return {walk.subject.invoice: walk.id for walk, _ in holding(customer)}

    @app.get("/portal")
    def portal() -> Response:
        member()
        first = desk.sections().first
        return desk.answer(GoTo(addresses.section(first.id)) if first else Notice("not_found"))

    @app.get("/portal/<id>")
    def section(id: str) -> Response:
        section, customer = found(id), member()
        language = desk.language(site(), customer)
        frame, to, biller = desk.frame(customer=customer), doors(section, customer), desk.parts.biller
        live: object
        match section.kind:
            case "subscriptions":
                has, told = owned(customer), news.of(customer, language)
                live = present.subscriptions(frame, to, has, about(customer), told, biller.catalog(), language)
            case "invoices":
                shown, told = sheet(biller, customer.id, _number(request.args)), news.of(customer, language)
                live = bills.listed(frame, to, shown, paying(customer), told, desk.parts.today, language)
            case "payment_method":
                methods = desk.parts.gateway.methods(customer.id)
                stay = {one.id: rule for one in methods if (rule := kept(customer, one, methods)) is not None}
                live = present.payment_method(frame, to, methods, stay, desk.parts.today, "changed" in request.args)
            case "billing_info" | "form":
                live = questions(section, customer, language).page(frame, saved="saved" in request.args)
            case "text":
                live = TextPage(frame.here, frame.csrf, frame.who)
            case "link":
                return desk.answer(GoOut(to.out(section.redirect)))
        return desk.page(section.page, live, language)

    @app.get("/portal/<id>/<thing>")
    def one(id: str, thing: str) -> Response:
        """One of the things that a section lists; to anybody but its customer there is none."""
        section, customer = found(id), member()
        language, frame = desk.language(site(), customer), desk.frame(customer=customer)
        to = doors(section, customer)
        live: object
        match section.kind:
            case "subscriptions":
                has = next((one for one in owned(customer) if one.subscription.id == thing), None)
                if has is None or not has.shown:
                    raise Refusal(Notice("not_found"))
                live = present.subscription(frame, to, has, about(customer), language)
            case "invoices":
                return desk.page(*papers.one(Asking(desk, customer, to, desk.parts.today), thing, paying(customer)))
            case _:
                raise Refusal(Notice("not_found"))
        return desk.page(f"{section.page}.one", live, language)

    @app.get("/portal/<id>/<thing>/pdf")
    def pdf(id: str, thing: str) -> Response:
        """An invoice, a credit note or the statement as a file."""
        section, customer = found(id), member()
        if section.kind != "invoices":
            raise Refusal(Notice("not_found"))
        return papers.pdf(Asking(desk, customer, doors(section, customer), desk.parts.today), thing)

    @app.post("/portal/<id>")
    def save(id: str) -> Response:
        section, customer = found(id), member()
        if section.kind not in ("billing_info", "form"):
            raise Refusal(Notice("not_allowed", addresses.section(id)))
        form, language = desk.form(), desk.language(site(), customer)
        frame, asks = desk.frame(customer=customer), questions(section, customer, language)
        if section.kind == "billing_info" and request.args.get("part") == ADDRESS:
            desk.looks(customer.id)
            return desk.page(f"{section.page}.{ADDRESS}", asks.page(frame, form), language)
        if section.kind == "billing_info" and UPDATE in form:
            return desk.page(section.page, asks.page(frame, form), language)
        reading = asks.read(form)
        if reading.problems:
            live = asks.page(frame, form, reading.problems)
            return desk.page(section.page, live, language, 422)
        if section.kind == "form":
            said = said_before(section, customer)
            kept = {name: answer for name, answer in said.items() if name not in asks.asked}
            desk.parts.biller.save_answers(customer.id, id, {**kept, **reading.answers})
            return desk.answer(GoTo(addresses.section(id) + "?saved"))
        kept_billing = {name: getattr(customer.billing, name) for name in BILLING_FIELDS if name not in asks.asked}
        given = {name: str(reading.answers.get(name, "")) for name in asks.asked}
        desk.parts.biller.save_billing_info(customer.id, BillingInfo(**kept_billing, **given))
        return desk.answer(GoTo(addresses.section(id) + "?saved"))

    @app.post("/portal/subscriptions/<id>/undo")
    def undo(id: str) -> Response:
        """What was scheduled stays as it is. It costs nothing and can be asked for again, so nobody is asked twice."""
        customer = member()
        desk.form()
        subscription = desk.parts.biller.subscription(id)
        if subscription is None or customer.id not in (subscription.customer, subscription.billed):
            raise Refusal(Notice("not_found"))
        if subscription.billed != customer.id:
            raise Refusal(Notice("paid_by_other", addresses.section("subscriptions")))
        desk.parts.biller.undo_change(id)
        return desk.answer(GoTo(addresses.subscription(id)))

    @app.post("/portal/<id>/<method>/default")
    def make_default(id: str, method: str) -> Response:
        section, customer = found(id), member()
        desk.form()
        chosen, _ = on_file(section, "make_default", customer, method)
        desk.parts.gateway.make_default(customer.id, chosen.id)
        return desk.answer(GoTo(addresses.section(id) + "?changed"))

    @app.get("/portal/<id>/<method>/remove")
    def ask_to_remove(id: str, method: str) -> Response:
        section, customer = found(id), member()
        chosen, methods = on_file(section, "remove", customer, method)
        if kept(customer, chosen, methods) is not None:
            raise Refusal(Notice("method_needed", addresses.section(id)))
        frame = desk.frame(customer=customer)
        live = present.remove_method(frame, doors(section, customer), chosen, len(methods) > 1, desk.parts.today)
        return desk.page(f"{section.page}.remove", live, desk.language(site(), customer))

    @app.post("/portal/<id>/<method>/remove")
    def remove(id: str, method: str) -> Response:
        """Whether it may go is asked again: another window may have taken the others away. Gone already is gone."""
        section, customer = found(id), member()
        desk.form()
        if method not in [one.id for one in desk.parts.gateway.methods(customer.id)]:
            return desk.answer(GoTo(addresses.section(id)))
        chosen, methods = on_file(section, "remove", customer, method)
        if kept(customer, chosen, methods) is not None:
            raise Refusal(Notice("method_needed", addresses.section(id)))
        desk.parts.gateway.remove(customer.id, chosen.id)
        return desk.answer(GoTo(addresses.section(id) + "?changed"))

    @app.post("/sign-out")
    def sign_out() -> Response:
        desk.form()
        desk.sign_in("")
        return desk.answer(Notice("signed_off"))

    @app.post("/language")
    def switch() -> Response:
        """Back to the page where it was switched: a path of ours, whatever was sent."""
        form = desk.form()
        response = desk.answer(GoTo(addresses.ours(form.get("here", ""))))
        if form.get("language") in site().languages:
            response.set_cookie(
                LANGUAGE_COOKIE, form["language"], max_age=A_YEAR, samesite="Lax", secure=desk.parts.secure
            )
        return response


def _number(said: Mapping[str, str]) -> int:
    """The page of a list that is asked for; the first where it says none."""
    page = said.get("page", "")
    return int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
