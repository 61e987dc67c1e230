"""`/w/<walk>/…` and `/start/…`: a customer goes through a workflow."""

from flask import Flask, Response, request

from generator.model.walk import Subject
from generator.model.workflow import PURPOSES
from generator.runtime import addresses
from generator.runtime.desk import Desk
from generator.runtime.screens import GoTo, Notice


def register(app: Flask, desk: Desk) -> None:
    """Add the addresses of walks."""
    conductor = desk.conductor

    @app.get("/start/<workflow>")
    def start(workflow: str) -> Response:
        """Begins nothing twice: an open walk is gone on with, so that a reload or a scanner does no harm."""
        customer = desk.customer()
        if desk.parts.library.current.site.workflow(workflow) is None:
            return desk.answer(Notice("not_found"))
        language = desk.language(desk.parts.library.current.site, customer)
        subject = Subject(**{thing: request.args.get(thing, "") for thing in PURPOSES[workflow].about})
        walk = conductor.begin(customer, workflow, subject, language)
        return desk.answer(conductor.stand(walk))

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
        return desk.answer(conductor.submit(conductor.walk(id, customer.id), step, form))

    @app.get("/return/<gateway>/<key>")
    def come_back(gateway: str, key: str) -> Response:
        """Whatever the address says beside the key is not even read."""
        if gateway != desk.parts.gateway.name:
            return desk.answer(Notice("not_found"))
        screen = conductor.returned(key)
        if not desk.visit.customer:
            return desk.answer(screen if isinstance(screen, GoTo) else Notice("signed_out"))
        return desk.answer(screen)

    @app.get("/")
    def home() -> Response:
        return desk.answer(GoTo(addresses.portal()))
