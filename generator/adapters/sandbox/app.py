"""The bank as a web application of its own, and the server that runs it."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import waitress
from flask import Flask, Response, request, url_for
from werkzeug.exceptions import HTTPException

from generator.adapters.sandbox.api import api, controls
from generator.adapters.sandbox.bank import Bank
from generator.adapters.sandbox.books import Books
from generator.adapters.sandbox.counter import counter
from generator.adapters.sandbox.page import STYLE, FailurePage, language_of, respond

MOST_BYTES = 64 * 1024
"""Far more than any form or request here has."""


def _utc_today() -> date:
    return datetime.now(UTC).date()


def create_app(database: Path, onward: Sequence[str] = (), today: Callable[[], date] = _utc_today) -> Flask:
    """The bank with its books in that file.

    `onward` are the origins to which the shop may send the browser on when it comes back; its own needs no mention.
    """
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    bank = Bank(Books(database), today)
    app.register_blueprint(api(bank))
    app.register_blueprint(controls(bank))
    app.register_blueprint(counter(bank, today, onward))
    app.add_url_rule("/bank.css", "style", _style)
    app.register_error_handler(HTTPException, _failure)
    app.after_request(_guarded)
    return app


def serve(database: Path, host: str, port: int, onward: Sequence[str] = ()) -> None:
    """Serve the bank until the process ends."""
    app = create_app(database, onward)
    # The limits that held against slow clients: docs of waitress, "connection_limit" and "channel_timeout".
    waitress.serve(app, host=host, port=port, threads=8, connection_limit=2000, channel_timeout=15, ident=None)


def _style() -> Response:
    response = Response(STYLE, mimetype="text/css")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _failure(fault: HTTPException) -> Response | tuple[dict[str, Any], int]:
    """In JSON to a server, as a page to a person."""
    code = fault.code or 500
    if request.path.startswith("/api/"):
        return {"error": fault.name}, code
    language = language_of(request.accept_languages.values())
    return respond(FailurePage(code), language, url_for("style"), code)


def _guarded(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
