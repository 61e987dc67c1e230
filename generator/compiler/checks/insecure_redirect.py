"""A customer is sent over an encrypted connection, or not at all."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.model.problem import Problem
from generator.model.site import Site


def check(site: Site) -> Iterator[Problem]:
    """Only a developer's own machine may be called without https."""
    for address in (*site.redirects.allow, *site.redirects.targets.values()):
        if urlsplit(address.url).scheme != "https" and not address.local:
            says = f'"{address.url}" is not encrypted'
            yield Problem("insecure-redirect", address.place, says, "write https://")
