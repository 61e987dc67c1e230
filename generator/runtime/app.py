"""The Flask application, fed from the bundle and the ports alone."""

from collections.abc import Mapping

from flask import Flask, Response, g, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from generator.runtime import failure, headers, visit
from generator.runtime.api import app as api
from generator.runtime.desk import Desk
from generator.runtime.limits import LIMITS, Limit, Tried
from generator.runtime.parts import Parts
from generator.runtime.routes import assets, entry, hooks, links, portal, walk
from generator.runtime.screens import Notice

MOST_BYTES = 256_000
MOST_FIELDS = 500


def create(parts: Parts, limits: Mapping[Tried, Limit] = LIMITS) -> Flask:
    """A WSGI application that serves one merchant's pages."""
    app = Flask("generator.runtime", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_MEMORY_SIZE=MOST_BYTES, MAX_FORM_PARTS=MOST_FIELDS)
    app.url_map.strict_slashes = False
    desk = Desk(parts, limits)

    @app.before_request
    def at_our_own_address() -> Response | None:
        """Under another name we would be somebody else's page, with our customers on it."""
        if request.host != parts.host and request.path not in assets.OF_MACHINES:
            return Response("This server is not asked under this name.\n", 421, mimetype="text/plain")
        if len(request.form) > MOST_FIELDS:
            return desk.answer(Notice("malformed"))
        return None

    @app.after_request
    def protected(response: Response) -> Response:
        headers.protect(response, g.site if "site" in g else parts.library.current.site, parts, g.get("inset"))
        html = response.mimetype == "text/html"
        if "visit" in g and g.visit.new and (html or response.status_code == 303):
            visit.write(response, g.visit, parts)
        return response

    for room in (failure, walk, portal, links, hooks, entry, assets):
        room.register(app, desk)
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/api": api.create(parts).wsgi_app})  # type: ignore[method-assign]
    return app
