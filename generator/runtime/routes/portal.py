"""`/portal/…`: the standing billing area, language and sign-out."""

from zoneinfo import ZoneInfo

from flask import Flask, Response, request

from generator.engine import answers
from generator.model.customer import BILLING_FIELDS, BillingInfo, Customer
from generator.model.portal import Section
from generator.model.site import Site
from generator.model.walk import Held, Walk
from generator.runtime import addresses
from generator.runtime.desk import Desk
from generator.runtime.present import portal as present
from generator.runtime.screens import GoTo, Notice, Refusal
from generator.runtime.survey import Survey
from generator.runtime.visit import LANGUAGE_COOKIE

A_YEAR = 365 * 24 * 3600


def register(app: Flask, desk: Desk) -> None:
    """Add the addresses of the portal."""
    survey = Survey(desk.parts)

    def site() -> Site:
        return desk.parts.library.current.site

    def found(id: str) -> Section:
        section = site().portal.section(id)
        if section is None:
            raise Refusal(Notice("not_found"))
        return section

    def member() -> Customer:
        """A customer who may see the portal."""
        customer = desk.customer()
        if customer.suspended:
            raise Refusal(Notice("suspended"))
        return customer

    def owned(customer: Customer) -> list[present.Owned]:
        """The customer's subscriptions, with what decides their buttons."""
        biller, today = desk.parts.biller, desk.parts.clock.now().astimezone(ZoneInfo(site().time_zone)).date()
        has = (*biller.subscriptions(customer.id), *biller.paid_for(customer.id))
        all = {subscription.id: subscription for subscription in has}
        held = {standing.subscription: walk.id for walk, standing in holding(customer)}
        return [
            present.Owned(
                subscription=one,
                today=today,
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

    @app.get("/portal")
    def portal() -> Response:
        member()
        sections = site().portal.sections
        return desk.answer(GoTo(addresses.section(sections[0].id)) if sections else Notice("not_found"))

    @app.get("/portal/<id>")
    def section(id: str) -> Response:
        section, customer = found(id), member()
        language = desk.language(site(), customer)
        frame = desk.frame(customer=customer)
        doors = present.Doors(site(), section, customer.id)
        live: object
        match section.kind:
            case "subscriptions":
                live = present.subscriptions(frame, doors, owned(customer), language)
            case "invoices":
                paying = {walk.subject.invoice: walk.id for walk, _ in holding(customer)}
                live = present.invoices(frame, doors, desk.parts.biller.invoices(customer.id), paying, language)
            case "payment_method":
                live = present.payment_method(frame, doors, desk.parts.gateway.methods(customer.id))
            case "billing_info":
                known = survey.customer_facts(customer)
                live = present.billing_info(frame, section, customer, known, saved="saved" in request.args)
        return desk.page(section.page, live, language)

    @app.post("/portal/<id>")
    def save(id: str) -> Response:
        section, customer = found(id), member()
        if section.kind != "billing_info":
            raise Refusal(Notice("not_allowed", addresses.section(id)))
        form, known = desk.form(), survey.customer_facts(customer)
        reading = answers.read(section.fields, form, known)
        if reading.problems:
            live = present.billing_info(desk.frame(customer=customer), section, customer, known, form, reading.problems)
            return desk.page(section.page, live, desk.language(site(), customer), 422)
        asked = {field.id for field in answers.applying(section.fields, known)}
        kept = {name: getattr(customer.billing, name) for name in BILLING_FIELDS if name not in asked}
        given = {name: str(reading.answers.get(name, "")) for name in asked}
        desk.parts.biller.save_billing_info(customer.id, BillingInfo(**kept, **given))
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
        return desk.answer(GoTo(addresses.section("subscriptions")))

    @app.post("/sign-out")
    def sign_out() -> Response:
        desk.form()
        desk.sign_in("")
        return desk.answer(Notice("signed_out"))

    @app.post("/language")
    def switch() -> Response:
        """Back to the page where it was switched: a path of ours, whatever was sent."""
        form = desk.form()
        response = desk.answer(GoTo(_path(form.get("here", ""))))
        if form.get("language") in site().languages:
            response.set_cookie(
                LANGUAGE_COOKIE, form["language"], max_age=A_YEAR, samesite="Lax", secure=desk.parts.secure
            )
        return response


def _path(typed: str) -> str:
    """The path of ours that was typed, without its query; else the front door. Browsers read `\\` as `/`."""
    path = typed.partition("?")[0]
    ours = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if ours else "/"
