"""Which language a page is shown in."""

from collections.abc import Iterable

from flask import Request

from generator.runtime.visit import LANGUAGE_COOKIE


def negotiated(request: Request, languages: tuple[str, ...], known: str = "") -> str:
    """What the visitor switched to, or is known of the customer, or the browser asks for, or is the first."""
    asked = (tag for tag, quality in request.accept_languages if quality > 0)
    return nearest((request.cookies.get(LANGUAGE_COOKIE, ""), known, *asked), languages) or languages[0]


def nearest(wishes: Iterable[str], languages: tuple[str, ...]) -> str:
    """The language of ours that answers the first wish that one answers: who reads `de-AT` reads `de`, and who reads
    `pt` reads `pt-BR`. A later wish never comes before an earlier one that a neighbour answers (RFC 4647, 3.4)."""
    ours = {tag.lower(): tag for tag in reversed(languages)}
    for wish in wishes:
        parts = wish.lower().replace("_", "-").split("-")
        for length in range(len(parts), 0, -1):
            if (found := ours.get("-".join(parts[:length]))) is not None:
                return found
        kin = (tag for tag in languages if parts[0] and tag.lower().split("-")[0] == parts[0])
        if found := next(kin, None):
            return found
    return ""
