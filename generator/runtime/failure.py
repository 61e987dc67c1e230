"""Every exception becomes its page and its status; only what is our own bug is written down as one."""

import logging
import secrets

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from generator.model.pages import NoticeName
from generator.ports.trouble import Conflict, Unavailable
from generator.runtime.desk import Desk
from generator.runtime.screens import Notice, Refusal

log = logging.getLogger(__name__)

RETRY_AFTER = {"Retry-After": "30"}

_NOTICES: dict[int, NoticeName] = {404: "not_found", 405: "not_allowed", 413: "too_large"}


def register(app: Flask, desk: Desk) -> None:
    """Answer whatever goes wrong in a request."""

    @app.errorhandler(Refusal)
    def refused(fault: Refusal) -> Response:
        return desk.answer(fault.notice)

    @app.errorhandler(Conflict)
    def conflict(fault: Conflict) -> Response:
        return desk.answer(Notice("changed_elsewhere", request.path))

    @app.errorhandler(Unavailable)
    def unavailable(fault: Unavailable) -> Response:
        """Nothing was decided and nothing typed is lost: the same page can be sent again."""
        log.warning("unavailable path=%s why=%s", _place(), fault)
        return desk.answer(Notice("unavailable", request.path, RETRY_AFTER))

    @app.errorhandler(HTTPException)
    def http(fault: HTTPException) -> Response:
        if fault.code is None or fault.code < 400:
            return fault.get_response()  # type: ignore[return-value]
        return desk.answer(Notice(_NOTICES.get(fault.code, "malformed" if fault.code < 500 else "our_mistake")))

    @app.errorhandler(Exception)
    def ours(fault: Exception) -> Response:
        """A traceback for us, a number for both, and for the customer a page that does not blame them."""
        case = secrets.token_hex(4)
        log.exception("our-mistake case=%s path=%s", case, _place(), exc_info=fault)
        return desk.answer(Notice("our_mistake", headers={"X-Case": case}))


def _place() -> str:
    """The rule of the address, not the address: ids and tokens stay out of the log."""
    return request.url_rule.rule if request.url_rule else "(none)"
