"""The page around the pages: who to be, which day it is, in which theme and language, and what is wrong now."""

from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, redirect, render_template, request, send_from_directory

from generator.locale import speech
from generator.runtime.visit import LANGUAGE_COOKIE
from generator.studio.studio import Studio

HERE = Path(__file__).parent

MOST_DAYS = 800
"""How far one travels at once."""


def create(studio: Studio) -> Flask:
    """A WSGI application that serves the shell, below `/-/`."""
    app = Flask("generator.studio", static_folder=None, template_folder=str(HERE / "templates"))

    @app.before_request
    def only_here() -> None:
        """A page of somebody else's may not press our buttons, whatever name it gave our address."""
        if request.host_url.rstrip("/") != studio.address:
            abort(421)
        if request.method == "POST" and request.headers.get("Origin", studio.address) != studio.address:
            abort(403)

    @app.get("/-/")
    def shell() -> str:
        return render_template("shell.html", state=state())

    @app.get("/-/state")
    def told() -> Response:
        return jsonify(state())

    @app.get("/-/events")
    def events() -> Response:
        """What is built from now on, and what was built since the number that was heard last."""
        number = request.headers.get("Last-Event-ID") or request.args.get("after", "0")
        stream = studio.news.heard(int(number) if number.isdigit() else 0)
        return Response(stream, mimetype="text/event-stream", headers={"Cache-Control": "no-store"})

    @app.post("/-/be")
    def be() -> Response:
        """The ways that somebody may go; with nobody, only what anybody may see."""
        ref = str(said().get("ref", ""))
        response = jsonify(ways=[{"says": way.says, "url": way.url} for way in world().ways(ref)])
        if not ref:
            for cookie in request.cookies:
                if cookie != LANGUAGE_COOKIE:
                    response.delete_cookie(cookie)
        return response

    @app.post("/-/travel")
    def travel() -> Response:
        """Some days pass."""
        days = said().get("days")
        if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= MOST_DAYS:
            abort(400)
        done = world().travel(days) if days else world().works()
        return jsonify(now=day(), done=done)

    @app.post("/-/dress")
    def dress() -> Response:
        """The next build is in this theme."""
        name = str(said().get("theme", ""))
        if name not in studio.last_good.themes:
            abort(400)
        studio.follower.dress(name)
        return jsonify(theme=name)

    @app.post("/-/speak")
    def speak() -> Response:
        """As the switch on the pages does it."""
        site, tag = studio.last_good.site, str(said().get("language", ""))
        if site is None or tag not in site.languages:
            abort(400)
        response = jsonify(language=tag)
        response.set_cookie(LANGUAGE_COOKIE, tag, samesite="Lax")
        return response

    @app.get("/-/left")
    def left() -> str:
        """Where a customer would have gone."""
        return render_template("left.html", to=request.query_string.decode())

    @app.get("/-/nothing")
    def nothing() -> str:
        return render_template("nothing.html")

    @app.get("/-/gallery/")
    def gallery() -> Any:
        return redirect("/-/gallery/index.html")

    @app.get("/-/gallery/<path:name>")
    def exhibit(name: str) -> Response:
        folder = studio.hung()
        return send_from_directory(folder, name, max_age=0) if folder else Response(nothing(), 503)

    @app.get("/-/own/<path:name>")
    def own(name: str) -> Response:
        return send_from_directory(HERE / "assets", name, max_age=0)

    @app.after_request
    def protected(response: Response) -> Response:
        response.headers.setdefault(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
            "connect-src 'self'; frame-src 'self' http://127.0.0.1:*; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'self'",
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def said() -> dict[str, Any]:
        sent = request.get_json(silent=True)
        return sent if isinstance(sent, dict) else {}

    def world() -> Any:
        if studio.world is None:
            abort(409)
        return studio.world

    def day() -> str:
        return f"{studio.world.now:%a %d %b %Y}" if studio.world else ""

    def state() -> dict[str, Any]:
        made, good, last = studio.made, studio.last_good, studio.news.last
        site = good.site
        return {
            "number": last.number,
            "good": made.good,
            "says": made.says,
            "told": made.told,
            "broke": made.broke,
            "shows": site is not None,
            "name": site.name if site else "",
            "now": day(),
            "languages": [[tag, speech.own_name(tag)] for tag in site.languages] if site else [],
            "themes": list(good.themes),
            "theme": studio.follower.theme or (site.look.theme if site else ""),
            "people": [[one.ref, one.says] for one in studio.world.people] if studio.world else [],
        }

    return app
