"""A host has a name: of a number nobody sees whose it is, and certificates for one are rare."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from generator.model.problem import Problem
from generator.model.site import Site


def check(site: Site) -> Iterator[Problem]:
    """A developer's own machine may be called by its number."""
    for address in (*site.redirects.allow, *site.redirects.targets.values()):
        try:
            host = ip_address(urlsplit(address.url).hostname or "")
        except ValueError:
            continue
        if not host.is_loopback:
            says = f'"{address.url}" calls its host by a number'
            hint = "write its name: customers see where they are sent, and the number may be another one tomorrow"
            yield Problem("numeric-host", address.place, says, hint, "warning")
