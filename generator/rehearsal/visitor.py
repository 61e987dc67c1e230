"""A customer with a browser that knows no JavaScript: follows links and redirects, keeps cookies, fills in forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPErrorProcessor, Request, build_opener

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"


class _KeepStatus(HTTPErrorProcessor):
    """Whatever the status, it is an answer; redirects are followed one by one, to see each."""

    def http_response(self, request: Any, response: Any) -> Any:
        return response

    https_response = http_response


@dataclass
class Visitor:
    """Where the customer is: `url`, `status`, the page's `html` and the `hops` that led there.

    `inside` are the origins that it opens; at any other address it stops with status 0. None named is everywhere.
    """

    url: str = ""
    status: int = 0
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    hops: list[str] = field(default_factory=list)
    cookies: CookieJar = field(default_factory=CookieJar)
    languages: str = "en"
    inside: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self._opener = build_opener(_KeepStatus, HTTPCookieProcessor(self.cookies))
        self._tree: tuple[str, Any] | None = None

    def open(self, url: str) -> "Visitor":
        """Go to an address, and on to wherever it leads."""
        return self._go(Request(urljoin(self.url, url)))

    def submit(self, button: str = "", form: int | None = None, **typed: str | None) -> "Visitor":
        """Fill in the page's form and send it. `button` is a part of the button's words; None takes a field away."""
        return self._go(self.request(button, form, **typed))

    def fill(self, typed: Mapping[str, str | None], button: str = "", form: int | None = None) -> "Visitor":
        """The same, with fields by any name."""
        return self._go(self._request(button, form, typed))

    def request(self, button: str = "", form: int | None = None, **typed: str | None) -> Request:
        """What sending the form would send, to be sent later or twice."""
        return self._request(button, form, {name.replace("__", "."): value for name, value in typed.items()})

    def _request(self, button: str, form: int | None, typed: Mapping[str, str | None]) -> Request:
        found = self._form(form, button)
        values = self._values(found, button)
        for name, value in typed.items():
            values.pop(name, None)
            if value is not None:
                values[name] = value
        to, sent = urljoin(self.url, found.get("action")), urlencode(values)
        headers = {"Origin": _origin(self.url), "Referer": self.url}
        if found.get("method") == "get":
            return Request(f"{to}?{sent}")
        return Request(to, sent.encode(), headers, method=found.get("method").upper())

    def send(self, request: Request) -> "Visitor":
        """Send what was prepared."""
        return self._go(request)

    @property
    def page(self) -> Any:
        """The page as a tree, which nobody changes: it is made once."""
        if self._tree is None or self._tree[0] is not self.html:
            self._tree = (self.html, html5lib.parse(self.html, treebuilder="etree"))
        return self._tree[1]

    @property
    def text(self) -> str:
        """All words of the page's main part, with single spaces."""
        main = self.page.find(f".//{XHTML}main")
        return " ".join("".join(_spaced(main if main is not None else self.page)).split())

    @property
    def title(self) -> str:
        """The page's heading."""
        heading = self.page.find(f".//{XHTML}h1")
        return " ".join("".join(heading.itertext()).split()) if heading is not None else ""

    @property
    def step(self) -> str:
        """The last part of the address, without its query."""
        return urlsplit(self.url).path.rpartition("/")[2]

    def value(self, name: str) -> str | None:
        """What stands in an input."""
        return self._values(self._form(None, "")).get(name)

    def links(self) -> dict[str, str]:
        """The page's links by their words."""
        return {" ".join("".join(a.itertext()).split()): a.get("href") for a in self.page.iter(f"{XHTML}a")}

    def _go(self, request: Request) -> "Visitor":
        self.hops = []
        for _ in range(12):
            if self.inside and _origin(request.full_url) not in self.inside:
                return self._stop(request.full_url)
            request.add_header("Accept-Language", self.languages)
            with self._opener.open(request, timeout=30) as response:
                self.url, self.status = request.full_url, response.status
                self.headers = {name.lower(): value for name, value in response.headers.items()}
                self.html = response.read().decode()
            self.hops.append(self.url)
            if self.status not in (301, 302, 303, 307):
                return self
            request = Request(urljoin(self.url, self.headers["location"]), headers={"Referer": self.url})
        raise AssertionError(f"too many redirects: {self.hops}")

    def _stop(self, url: str) -> "Visitor":
        """Before an address that is nobody's here."""
        self.url, self.status, self.html, self.headers = url, 0, "", {}
        self.hops.append(url)
        return self

    def boxes(self) -> list[str]:
        """The names of the boxes on the page that must be ticked."""
        found = (box for box in self.page.iter(f"{XHTML}input") if box.get("type") == "checkbox")
        return [box.get("name") for box in found if box.get("required") is not None]

    def labels(self) -> dict[str, str]:
        """The names of the page's inputs by the words of their labels."""
        page = self.page
        names = {found.get("id"): found.get("name") for found in page.iter() if found.get("id") and found.get("name")}
        labels = [label for label in page.iter(f"{XHTML}label") if label.get("for") in names]
        return {_words(label): names[label.get("for")] for label in labels}

    def names(self) -> set[str]:
        """The names of the inputs on the page that somebody sees."""
        kinds = (f"{XHTML}input", f"{XHTML}select", f"{XHTML}textarea")
        inputs = (found for found in self.page.iter() if found.tag in kinds and found.get("type") != "hidden")
        return {found.get("name") for found in inputs if found.get("name")}

    def buttons(self) -> list[str]:
        """The words of the page's buttons."""
        return [_words(button) for button in self.page.iter(f"{XHTML}button")]

    def _form(self, number: int | None, button: str) -> Any:
        main = self.page.find(f".//{XHTML}main")
        forms = list((main if main is not None else self.page).iter(f"{XHTML}form"))
        if button:
            for found in self.page.iter(f"{XHTML}form"):
                if any(button in _words(each) for each in found.iter(f"{XHTML}button")):
                    return found
        assert forms, f"no form on {self.url}: {self.text[:300]}"
        return forms[number or 0]

    def _values(self, form: Any, button: str = "") -> dict[str, str]:
        values: dict[str, str] = {}
        for found in form.iter():
            name, kind = found.get("name"), found.get("type", "text")
            match found.tag.removeprefix(XHTML):
                case "input" if name and (kind not in ("checkbox", "radio") or found.get("checked") is not None):
                    values[name] = found.get("value", "")
                case "textarea" if name:
                    values[name] = "".join(found.itertext())
                case "select" if name:
                    options = list(found.iter(f"{XHTML}option"))
                    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
                    values[name] = chosen[0].get("value", "")
                case "button" if name and button and button in _words(found):
                    values[name] = found.get("value", "")
        return values


INLINE = {"a", "bdi", "small", "span", "strong"}
"""Elements that do not end a word."""


def _spaced(element: Any) -> Iterator[str]:
    """The words of an element, with a space wherever a reader sees one."""
    apart = "" if element.tag in {XHTML + name for name in INLINE} else " "
    yield apart + (element.text or "")
    for child in element:
        yield from _spaced(child)
        yield child.tail or ""
    yield apart


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
