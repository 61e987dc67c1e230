"""Who is at the other end: a sealed cookie says which customer, and ties forms to the browser they were shown in."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Request, Response

from generator.runtime.parts import Parts
from generator.seal import form

GOOD_FOR = timedelta(hours=24)

LANGUAGE_COOKIE = "language"


@dataclass(frozen=True)
class Visit:
    """`customer` is our id of who is signed in, empty for nobody; `new` says that the browser has no such cookie yet.

    `address` is the e-mail address that a code was mailed to, `proved` whether the code came back. `began` is when the
    cookie was made.
    """

    id: str
    began: datetime
    customer: str = ""
    address: str = ""
    proved: bool = False
    new: bool = False


def read(request: Request, parts: Parts) -> Visit:
    """The visit that the browser's cookie tells of, or a new one."""
    opened = parts.visits.open(request.cookies.get(_cookie(parts), ""), parts.clock.now())
    if opened is None or opened.expired or opened.early:
        return begun(parts)
    says = opened.says
    return Visit(says["visit"], opened.made, says["customer"], says.get("address", ""), "proved" in says)


def begun(parts: Parts, customer: str = "", address: str = "") -> Visit:
    """A visit of this customer, under a new id: one that somebody else knew beforehand is worth nothing."""
    return Visit(secrets.token_urlsafe(16), parts.clock.now(), customer, address, bool(address), new=True)


def write(response: Response, visit: Visit, parts: Parts) -> None:
    """Hand the browser its cookie."""
    says = {"visit": visit.id, "customer": visit.customer, "address": visit.address}
    says |= {"proved": "yes"} if visit.proved else {}
    sealed = parts.visits.seal(says, parts.clock.now(), GOOD_FOR)
    response.set_cookie(
        _cookie(parts), sealed, max_age=GOOD_FOR, httponly=True, samesite="Lax", secure=parts.secure, path="/"
    )


def form_token(visit: Visit, parts: Parts) -> str:
    """What forms carry as `csrf`."""
    return form.token(parts.forms, visit.id)


def sent_by_our_page(request: Request, visit: Visit, parts: Parts) -> bool:
    """Whether a form was sent from a page of ours that was shown in this visit.

    Both the browser's word for where it comes from and our own token must agree; `null` or nothing is not our page.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        referrer = request.headers.get("Referer", "")
        ours = referrer.startswith(parts.base_url + "/")
    else:
        ours = origin == parts.base_url
    return ours and form.good(parts.forms, visit.id, request.form.get("csrf", ""))


def _cookie(parts: Parts) -> str:
    """With the prefix, browsers take it over an encrypted connection only, and from this host alone."""
    return "__Host-visit" if parts.secure else "visit"
