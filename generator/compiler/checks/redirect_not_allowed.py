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
            yield Problem("redirect-not-allowed", address.place, says, "write a plain address: scheme, host and path")
    for name, target in site.redirects.targets.items():
        if not any(_admits(allowed.url, target.url) for allowed in site.redirects.allow):
            says = f'the target "{name}" leads to {target.url}, which is not on the allow-list'
            hint = f"add {_origin_of(target.url)} under `redirects.allow`, or correct the address"
            yield Problem("redirect-not-allowed", target.place, says, hint)


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
