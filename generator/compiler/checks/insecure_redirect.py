"""A customer is sent over an encrypted connection, or not at all."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.model.problem import Problem
from generator.model.site import Site

LOCAL = ("localhost", "127.0.0.1")


def check(site: Site) -> Iterator[Problem]:
    """Only a developer's own machine may be called without https."""
    for address in (*site.redirects.allow, *site.redirects.targets.values()):
        parts = urlsplit(address.url)
        local = parts.scheme == "http" and parts.hostname in LOCAL
        if parts.scheme != "https" and not local:
            says = f'"{address.url}" is not encrypted'
            yield Problem("insecure-redirect", address.place, says, "write https://")
