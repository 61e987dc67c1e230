"""What every answer tells the browser about what it may do."""

from flask import Response

from generator.model.payment import Inset
from generator.model.site import Site
from generator.runtime import addresses
from generator.runtime.parts import Parts

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

DRAWING = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'; sandbox"
)
"""For an SVG picture that somebody opens by itself: it may be drawn, with its own colours, and nothing else."""


def protect(response: Response, site: Site, parts: Parts, inset: Inset | None = None) -> None:
    """The headers of a page that takes money; `site` is that of the page's own bundle, `inset` what stands on it."""
    headers = response.headers
    drawing = response.mimetype == "image/svg+xml"
    headers["Content-Security-Policy"] = DRAWING if drawing else content_security_policy(site, parts, inset)
    # Under `no-referrer` browsers send `Origin: null` with our own forms, and nobody could pay.
    headers["Referrer-Policy"] = "same-origin"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Permissions-Policy"] = PERMISSIONS
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers.setdefault("Cache-Control", "no-store")
    if parts.secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"


def content_security_policy(site: Site, parts: Parts, inset: Inset | None = None) -> str:
    """Nothing but our own files, and on the page with the gateway's field what that needs.

    Forms may lead on to where a payment ends: the rule holds for redirects too.
    """
    onward = sorted({addresses.origin(target.url) for target in site.redirects.targets.values()})
    forms = " ".join(["'self'", *parts.gateway.origins, *onward])
    scripts, asked = _and_ours(inset.scripts if inset else ()), _and_ours(inset.asked if inset else ())
    frames = f"frame-src {' '.join(inset.frames)}; " if inset else ""
    return (
        f"default-src 'none'; style-src 'self'; script-src {scripts}; img-src 'self'; font-src 'self'; "
        f"connect-src {asked}; {frames}form-action {forms}; frame-ancestors 'none'; base-uri 'none'"
    )


def _and_ours(origins: tuple[str, ...]) -> str:
    return " ".join(("'self'", *origins))
