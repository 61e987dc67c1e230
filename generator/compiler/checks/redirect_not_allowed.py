"""Customers are sent nowhere but where the merchant's allow-list says."""

from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from generator.model.problem import Problem
from generator.model.site import Site

_ODD = set("\\@#\t\r\n %")
"""Characters that browsers and parsers read differently: no address that we go to needs one."""

_PORTS = {"http": 80, "https": 443}


def check(site: Site) -> Iterator[Problem]:
    """Origins are equal to the letter; a path on the list admits what lies below it, by whole segments."""
    for address in (*site.redirects.allow, *site.redirects.targets.values()):
        if _ODD & set(address.url) or not address.url.isascii():
            says = f'"{address.url}" has a character that browsers read in different ways'
            yield Problem("redirect-not-allowed", address.place, says, _plainly(address.url))
    for name, target in site.redirects.targets.items():
        dotted = {".", ".."} & set(_segments(urlsplit(target.url).path))  # told as unsafe
        if not dotted and not any(_admits(allowed.url, target.url) for allowed in site.redirects.allow):
            says = f'the target "{name}" leads to {target.url}, which is not on the allow-list'
            hint = f"add {_origin_of(target.url)} under `redirects.allow`, or correct the address"
            yield Problem("redirect-not-allowed", target.place, says, hint)


def _plainly(url: str) -> str:
    """What to write in place of an address that is read in different ways."""
    host = url.partition("://")[2].partition("/")[0]
    if "@" in host:
        return f"take away what stands before the @: customers would be sent to {host.rpartition('@')[2]}"
    if "#" in url:
        return "take the # away, and what follows it: what we add to the address would come behind it"
    if not host.isascii():
        try:
            return f"write the host as it is looked up: {host.encode('idna').decode()}"
        except UnicodeError:
            return "write the host as it is looked up, which is in plain letters"
    return "write a plain address: scheme, host and path"


def _admits(allowed: str, url: str) -> bool:
    here, there = urlsplit(allowed), urlsplit(url)
    if _origin(here) != _origin(there):
        return False
    segments, below = _segments(here.path), _segments(there.path)
    return below[: len(segments)] == segments and ".." not in below


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    try:
        return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return parts.scheme, None, None


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _segments(path: str) -> list[str]:
    return [segment for segment in path.split("/") if segment]
