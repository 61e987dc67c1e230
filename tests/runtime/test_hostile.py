"""What nobody sends who means well: each is answered by a page that says so, never by our own mistake."""

from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
import urllib3

from generator.rehearsal.visitor import Visitor
from tests.support.town import Town

METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH")

PATHS = (
    "/",
    "/w/x",
    "/w/%00",
    "/w/%ff%fe",
    "/w/%ed%a0%80/x",
    "/w/{walk}/%00",
    "/w/{walk}/leave",
    "/w/{walk}/waiting",
    "/w/{walk}/done",
    "/l/%00",
    "/l/a.b.c.d.e",
    "/l/" + "a" * 5000,
    "/start/%00",
    "/start/subscribe_to_plan?plan=%00",
    "/start/subscribe_to_plan?plan=%ff",
    "/start/subscribe_to_plan?plan=" + "x" * 3000,
    "/start/insite-upgrade?subscription=%00&plan=%ff",
    "/sign-in?to=%00",
    "/sign-in/code",
    "/sign-in/account?to=//evil.example",
    "/catalog?plan=%ff",
    "/portal/%00",
    "/portal/../..",
    "/a/..%2f..%2fetc",
    "/return/sandbox/%00",
    "/return/x/y",
    "/return/sandbox/" + "x" * 4000,
    "/sign-out",
    "/language",
    "//evil.example/x",
    "/\\evil.example",
)

FORMS: Mapping[str, Mapping[str, str]] = {
    "a version in other digits": {"version": "²"},
    "a version of many digits": {"version": "9" * 5000},
    "a version below nothing": {"version": "-1"},
    "a quantity in other digits": {"version": "1", "option.seats": "²"},
    "a quantity with a NUL": {"version": "1", "option.seats": "\x00"},
    "a token that is no text": {"csrf": "\x00é"},
    "ten thousand fields": {f"field{number}": "x" for number in range(10_000)},
}

ELSEWHERE = (
    "//evil.example",
    "/\\evil.example",
    "https://evil.example/x",
    "http://[",
    "/\tx",
    "/a\r\nSet-Cookie: x=1",
    "\x00",
)

HEADERS: tuple[Mapping[str, str], ...] = (
    {"Host": "evil.example"},
    {"X-Forwarded-Host": "evil.example"},
    {"Accept-Language": "x" * 5000},
    {"Accept-Language": "fr;q=inf, en;q=nan"},
    {"Cookie": "visit=" + "a" * 3000},
    {"Referer": "http://["},
    {"Origin": "null"},
)


class Attacker:
    """Somebody with a walk of their own at its options, who sends what no browser would."""

    def __init__(self, town: Town) -> None:
        visitor = Visitor().open(town.link(town.customer(), "subscribe_to_plan", "team"))
        assert visitor.step == "options"
        self.step = visitor.url.removeprefix(town.pages)
        self.walk = self.step.split("/")[2]
        self.csrf = visitor.value("csrf") or ""
        self._base = town.pages
        self._cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None) -> urllib3.BaseHTTPResponse:
        return self._send(method, path, None, headers or {})

    def post(self, path: str, body: bytes, **headers: str) -> urllib3.BaseHTTPResponse:
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self._base}
        return self._send("POST", path, body, {**kind, **headers})

    def _send(self, method: str, path: str, body: bytes | None, more: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
        headers = {"Cookie": self._cookie, **more}
        return urllib3.request(method, self._base + path, body=body, headers=headers, redirect=False, retries=False)


@pytest.fixture(scope="module")
def attacker(town: Town) -> Attacker:
    return Attacker(town)


@pytest.mark.parametrize("method", METHODS)
def test_any_verb_on_any_address(town: Town, attacker: Attacker, method: str) -> None:
    answers = {path: attacker.ask(method, path.format(walk=attacker.walk)) for path in PATHS}
    assert {path: answer.status for path, answer in answers.items() if answer.status >= 500} == {}
    onward = [answer.headers["Location"] for answer in answers.values() if "Location" in answer.headers]
    ours = [address for address in onward if not address.startswith(town.shop)]
    assert [address for address in ours if not address.startswith("/") or address.startswith(("//", "/\\"))] == []


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_a_form_that_no_page_of_ours_made(attacker: Attacker, form: Mapping[str, str]) -> None:
    answer = attacker.post(attacker.step, urlencode({"csrf": attacker.csrf, **form}).encode())
    assert 300 < answer.status < 500, answer.status


@pytest.mark.parametrize(
    "body", [b"%ff%fe=%zz", b"\xff\xfe", b"csrf=%ed%a0%80", b"a" * 300_000], ids=lambda b: repr(b[:20])
)
def test_a_body_that_is_no_form(attacker: Attacker, body: bytes) -> None:
    assert attacker.post(attacker.step, body).status in (400, 403, 413)


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x", "application/json", ""])
def test_a_body_of_another_kind(attacker: Attacker, kind: str) -> None:
    answer = attacker.post(attacker.step, b"--x\r\nContent-Disposition: form-data\r\n\r\nx", **{"Content-Type": kind})
    assert answer.status in (400, 403)


@pytest.mark.parametrize("here", ELSEWHERE)
def test_the_language_switch_leads_nowhere_else(attacker: Attacker, here: str) -> None:
    form = {"csrf": attacker.csrf, "language": "fr", "here": here}
    answer = attacker.post("/language", urlencode(form).encode())
    assert (answer.status, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("headers", HEADERS, ids=str)
def test_headers_that_no_browser_sends(attacker: Attacker, headers: Mapping[str, str]) -> None:
    assert attacker.ask("GET", "/portal", headers).status < 500
