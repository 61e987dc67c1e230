"""`/w/<walk>/…` and `/start/…`: a customer goes through a workflow."""

from dataclasses import fields, replace

from flask import Flask, Response, request

from generator.engine.promotion import LONGEST
from generator.model.pages import ADDRESS
from generator.model.walk import Subject, Walk
from generator.model.workflow import PURPOSES
from generator.ports.gateway import INSET
from generator.runtime import addresses, rels
from generator.runtime.desk import Desk
from generator.runtime.screens import GoTo, Notice, Refusal, StepScreen
from generator.runtime.ways_in import WaysIn


def register(app: Flask, desk: Desk) -> None:
    """Add the addresses of walks."""
    conductor, ways = desk.conductor, WaysIn(desk.parts)

    @app.get("/start/<workflow>")
    def start(workflow: str) -> Response:
        """Begins nothing twice: an open walk is gone on with, so that a reload or a scanner does no harm."""
        site = desk.parts.library.current.site
        said = Subject(**{field.name: request.args.get(field.name, "") for field in fields(Subject)})
        meant = rels.meant(workflow, said)
        if meant != workflow and meant == "subscribe_to_plan" and desk.whoever() is None:
            meant = "anonymous_subscription" if site.workflow("anonymous_subscription") else meant
        if meant not in PURPOSES:
            desk.customer()
            return desk.answer(Notice("not_found"))
        about = PURPOSES[meant].things
        subject = Subject(**{thing: what for thing, what in said.said.items() if thing in about})
        if PURPOSES[meant].visitor:
            return visit(meant, subject)
        customer = desk.customer()
        if site.workflow(meant) is None:
            return desk.answer(Notice("no_longer_offered", addresses.portal()))
        if "subscription" in about and not subject.subscription:
            onward = ways.completed(customer, meant, subject)
            return desk.answer(GoTo(onward) if onward else Notice("not_found"))
        if elsewhere := desk.instead_of_plans(meant, customer, subject):
            return desk.answer(elsewhere)
        walk = conductor.begin(customer, meant, subject, desk.language(site, customer), promotion=promotion())
        return desk.answer(conductor.stand(walk))

    def promotion() -> str:
        """The code that a link carried."""
        return request.args.get("promotion", "").strip()[:LONGEST]

    def visit(workflow: str, subject: Subject) -> Response:
        """Who is somebody already subscribes as such."""
        if desk.whoever():
            return desk.answer(GoTo(addresses.start("subscribe_to_plan", subject, promotion())))
        if desk.parts.library.current.site.workflow(workflow) is None:
            raise Refusal(Notice("signed_out", wanted=addresses.start("subscribe_to_plan", subject)))
        language = desk.language(desk.parts.library.current.site)
        return desk.visiting(conductor.visiting(workflow, subject, language, promotion()))

    @app.post("/start/<workflow>")
    def welcome(workflow: str) -> Response:
        """The first step of a visitor, sent: from here on they are a customer."""
        if workflow not in PURPOSES or not PURPOSES[workflow].visitor:
            raise Refusal(Notice("not_allowed"))
        form, subject = desk.form(), Subject(plan=request.args.get("plan", ""))
        if desk.whoever():
            return desk.answer(GoTo(addresses.start("subscribe_to_plan", subject, promotion())))
        language = desk.language(desk.parts.library.current.site)
        before = conductor.visiting(workflow, subject, language, promotion())
        if request.args.get("part") == ADDRESS:
            desk.looks(desk.client)
            return desk.visiting(replace(before, typed=form, part=ADDRESS))
        arrived = conductor.welcome(before, form, desk.said(form))
        if isinstance(arrived, StepScreen):
            return desk.visiting(arrived)
        desk.sign_in(arrived.customer)
        return desk.answer(conductor.stand(arrived))

    @app.get("/w/<id>")
    def walk(id: str) -> Response:
        return desk.answer(conductor.stand(conductor.walk(id, desk.customer().id)))

    @app.get("/w/<id>/leave")
    def leave(id: str) -> Response:
        return desk.answer(conductor.leave(conductor.walk(id, desk.customer().id)))

    @app.get("/w/<id>/waiting")
    def waiting(id: str) -> Response:
        return desk.answer(conductor.show_waiting(conductor.walk(id, desk.customer().id)))

    @app.post("/w/<id>/waiting")
    def give_up(id: str) -> Response:
        desk.form()
        return desk.answer(conductor.give_up(conductor.walk(id, desk.customer().id)))

    @app.get("/w/<id>/paying")
    def paying(id: str) -> Response:
        return desk.answer(conductor.show_paying(conductor.walk(id, desk.customer().id)))

    @app.post("/w/<id>/paying")
    def otherwise(id: str) -> Response:
        """On the gateway's own page, or in another way altogether."""
        away, customer = desk.form().get("go") == "away", desk.customer()
        walk = conductor.walk(id, customer.id)
        return desk.answer(conductor.pay_away(walk) if away else conductor.give_up(walk))

    @app.get("/w/<id>/done")
    def done(id: str) -> Response:
        return desk.answer(conductor.show_done(conductor.walk(id, desk.customer().id)))

    @app.get("/w/<id>/<step>")
    def show(id: str, step: str) -> Response:
        return desk.answer(conductor.show(conductor.walk(id, desk.customer().id), step))

    @app.post("/w/<id>/<step>")
    def submit(id: str, step: str) -> Response:
        customer = desk.customer()
        form = desk.form()
        if part := request.args.get("part"):
            return look(conductor.walk(id, customer.id), step, form, part)
        return desk.answer(conductor.submit(conductor.walk(id, customer.id), step, form, desk.said(form)))

    def look(walk: Walk, step: str, form: dict[str, str], part: str) -> Response:
        """A part of a page, for the script that puts it in place: nothing is kept, so that it may be asked often."""
        desk.looks(walk.customer)
        return desk.answer(conductor.look(walk, step, form, part))

    @app.get("/return/<gateway>/<key>")
    def come_back(gateway: str, key: str) -> Response:
        """Whatever the address says beside the key is not even read."""
        if gateway != desk.parts.gateway.name:
            return desk.answer(Notice("not_found"))
        screen = conductor.returned(key)
        if not desk.visit.customer:
            return desk.answer(screen if isinstance(screen, GoTo) else Notice("signed_out"))
        return desk.answer(screen)

    @app.get(f"/return/<gateway>/<key>{INSET}")
    def go_on(gateway: str, key: str) -> Response:
        """Where a gateway sends whom it asks on a page of ours."""
        if gateway != desk.parts.gateway.name:
            return desk.answer(Notice("not_found"))
        return desk.answer(conductor.coming(key, desk.customer().id))

    @app.get("/")
    def home() -> Response:
        return desk.answer(GoTo(addresses.portal()))
