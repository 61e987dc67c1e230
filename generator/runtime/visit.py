"""Who is at the other end: a sealed cookie says which customer, and ties forms to the browser they were shown in."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import Request, Response

from generator.runtime.parts import Parts
from generator.seal import form

GOOD_FOR = timedelta(hours=24)

LANGUAGE_COOKIE = "language"


@dataclass(frozen=True)
class Visit:
    """`customer` is our id of who is signed in, empty for nobody; `new` says that the browser has no cookie yet."""

    id: str
    customer: str = ""
    new: bool = False


def read(request: Request, parts: Parts) -> Visit:
    """The visit that the browser's cookie tells of, or a new one."""
    opened = parts.visits.open(request.cookies.get(_cookie(parts), ""), parts.clock.now())
    if opened is None or opened.expired:
        return Visit(secrets.token_urlsafe(16), new=True)
    return Visit(opened.says["visit"], opened.says["customer"])


def signed_in(customer: str) -> Visit:
    """A visit of this customer, under a new id: one that somebody else knew beforehand is worth nothing."""
    return Visit(secrets.token_urlsafe(16), customer, new=True)


def write(response: Response, visit: Visit, parts: Parts) -> None:
    """Hand the browser its cookie."""
    sealed = parts.visits.seal({"visit": visit.id, "customer": visit.customer}, parts.clock.now(), GOOD_FOR)
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
