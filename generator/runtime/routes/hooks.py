"""`/hooks/<gateway>`: what a gateway says unasked is written down and answered at once; a worker acts on it."""

import logging

from flask import Flask, Response, request

from generator.runtime.desk import Desk
from generator.runtime.screens import Notice

log = logging.getLogger(__name__)


def register(app: Flask, desk: Desk) -> None:
    """Add the address."""
    parts = desk.parts

    @app.post("/hooks/<gateway>")
    def hear(gateway: str) -> Response:
        """Nothing but its form and its signature is looked at here, and no other server is asked."""
        if gateway != parts.gateway.name:
            return desk.answer(Notice("not_found"))
        hint = parts.gateway.heard(request.get_data(), dict(request.headers))
        if hint is None:
            return _said("not from the gateway, or not now", 400)
        new = parts.store.hear(hint, parts.clock.now())
        log.info("hint id=%s kind=%s aside=%s new=%s", hint.id, hint.kind, hint.aside or "no", new)
        return _said("heard", 200)


def _said(words: str, status: int) -> Response:
    return Response(words + "\n", status, mimetype="text/plain")
