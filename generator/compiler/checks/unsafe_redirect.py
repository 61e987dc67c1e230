"""A redirect names one host and one path, and is read alike by everybody."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.model.problem import Problem
from generator.model.site import Site


def check(site: Site) -> Iterator[Problem]:
    """No star stands for other hosts, and no dots lead out of the path that is allowed."""
    for address in (*site.redirects.allow, *site.redirects.targets.values()):
        parts = urlsplit(address.url)
        if "*" in address.url:
            says = f'"{address.url}" has a `*`, which stands for nothing here'
            hint = "name each host; a path admits all that lies below it"
            yield Problem("unsafe-redirect", address.place, says, hint)
        elif ".." in parts.path.split("/") or "." in parts.path.split("/"):
            says = f'"{address.url}" leads through `.` or `..`, and elsewhere than it says'
            yield Problem("unsafe-redirect", address.place, says, "write the path that it comes to")
