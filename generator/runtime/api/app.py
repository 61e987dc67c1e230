"""The WSGI application of the API: who asks, what they ask, and the answer; no cookies, no pages, never cached."""

import logging
import secrets
from dataclasses import replace
from math import ceil

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from generator.ports.trouble import Conflict, Unavailable
from generator.runtime.api import document, reading, replies
from generator.runtime.api.operations import OPERATIONS, Call, Operation
from generator.runtime.api.problems import problem
from generator.runtime.client import client
from generator.runtime.limits import LIMITS, Limits, Tried
from generator.runtime.merchant.statements import Days
from generator.runtime.merchant.wrong import Code, Objection
from generator.runtime.parts import Parts
from generator.seal import api_keys

log = logging.getLogger(__name__)

MOST_BYTES = 64_000

OPEN = ("/openapi.json",)
"""What anybody may read: it says how to ask, and nothing of anybody."""

_CODES: dict[int, Code] = {404: "unknown-address", 405: "method-not-allowed", 413: "too-large", 415: "not-json"}


def create(parts: Parts) -> Flask:
    """An application that stands under `/api`."""
    app = Flask("generator.runtime.api", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES)
    app.url_map.strict_slashes = False
    limits = Limits(parts.clock, {**LIMITS, "call": replace(LIMITS["call"], most=parts.api_pace)})

    @app.before_request
    def known_caller() -> Response | None:
        """Whoever has no key learns nothing, not even which addresses there are."""
        if request.host != parts.host:
            raise Objection("wrong-host", f'this server is not asked as "{request.host}"')
        if request.path in OPEN:
            return None
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        g.caller = api_keys.caller(parts.api_keys, secret.strip()) if kind.lower() == "bearer" else ""
        tried: tuple[Tried, str] = ("call", g.caller) if g.caller else ("wrong_key", client(request, parts.proxies))
        wait = limits.wait(*tried)
        if wait is not None:
            seconds = max(1, ceil(wait.total_seconds()))
            response = problem(Objection("too-many-requests", f"try again in {seconds} seconds"))
            response.headers["Retry-After"] = str(seconds)
            return response
        limits.count(*tried)
        if not g.caller:
            raise Objection("no-key", "send one of HOSTED_PAGES_API_KEYS as `Authorization: Bearer …`")
        return None

    for operation in OPERATIONS:
        _add(app, parts, operation)

    @app.get("/openapi.json", provide_automatic_options=False)
    def openapi() -> Response:
        return Response(document.text(), mimetype="application/json")

    @app.after_request
    def bare(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        if parts.secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response

    _answer_trouble(app)
    return app


def _add(app: Flask, parts: Parts, operation: Operation) -> None:
    def answer(**path: str) -> Response:
        wanted = reading.wanted(request, operation)
        days = reading.days(request) if operation.spans else Days()
        body = reading.body(request, operation.asks) if operation.asks else None
        key = reading.key(request) if operation.acts else ""
        named = f"{g.caller}:{key}" if key else ""

        def act() -> Response:
            told = operation.does(parts, Call(path, body, wanted, named, days))
            return Response(told.model_dump_json(exclude_none=False), operation.status, mimetype="application/json")

        return replies.once(parts, request, g.caller, key, act) if key else act()

    rule = operation.path.replace("{", "<").replace("}", ">")
    app.add_url_rule(rule, operation.id, answer, methods=[operation.method.upper()], provide_automatic_options=False)


def _answer_trouble(app: Flask) -> None:
    """Whatever goes wrong, as problem+json; only what is our own bug is written down as one."""

    @app.errorhandler(Objection)
    def refused(objection: Objection) -> Response:
        response = problem(objection)
        if objection.code == "no-key":
            response.headers["WWW-Authenticate"] = 'Bearer realm="hosted-pages"'
        if objection.code in ("key-in-use", "under-way"):
            response.headers["Retry-After"] = "5"
        return response

    @app.errorhandler(Unavailable)
    @app.errorhandler(Conflict)
    def unavailable(fault: Exception) -> Response:
        log.warning("unavailable path=%s why=%s", _place(), fault)
        response = problem(Objection("unavailable", "nothing is lost: send the same request again in a while"))
        response.headers["Retry-After"] = "30"
        return response

    @app.errorhandler(HTTPException)
    def http(fault: HTTPException) -> Response:
        code = _CODES.get(fault.code or 500, "malformed-json" if (fault.code or 500) < 500 else "our-mistake")
        says = f"at most {MOST_BYTES} bytes" if isinstance(fault, RequestEntityTooLarge) else str(fault.description)
        response = problem(Objection(code, says))
        valid = getattr(fault, "valid_methods", None)
        if valid:
            response.headers["Allow"] = ", ".join(sorted(valid))
        return response

    @app.errorhandler(Exception)
    def ours(fault: Exception) -> Response:
        case = secrets.token_hex(4)
        log.exception("our-mistake case=%s path=%s", case, _place(), exc_info=fault)
        response = problem(Objection("our-mistake", f"it is noted as case {case}; try again, or tell us"))
        response.headers["X-Case"] = case
        return response


def _place() -> str:
    """The rule of the address, not the address."""
    return request.url_rule.rule if request.url_rule else "(none)"
