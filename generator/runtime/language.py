"""Which language a page is shown in."""

from flask import Request

from generator.runtime.visit import LANGUAGE_COOKIE


def negotiated(request: Request, languages: tuple[str, ...], known: str = "") -> str:
    """What the visitor switched to, or is known of the customer, or the browser asks for, or is the first."""
    for wish in (request.cookies.get(LANGUAGE_COOKIE, ""), known):
        if wish in languages:
            return wish
    return request.accept_languages.best_match(languages) or languages[0]
