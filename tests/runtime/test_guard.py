"""What stands between a page that takes money and the rest of the web."""

import http.client
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import urllib3

from generator.model.walk import Subject
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor
from generator.runtime.app import create
from tests.support.journeys import comes_to_payment


@pytest.fixture
def paying(town, visitor):
    ada = town.customer(KNOWN)
    town.put_card(ada)
    comes_to_payment(town, visitor, ada)
    return ada


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_a_form_that_was_not_sent_from_our_page_does_nothing(town, visitor, paying, origin):
    request = visitor.request()
    request.remove_header("Referer")
    request.remove_header("Origin")
    if origin is not None:
        request.add_header("Origin", origin)

    visitor.send(request)

    assert visitor.status == 403
    assert visitor.title == "Please try once more"
    assert town.charges(paying) == []


def test_a_form_of_another_visit_does_nothing(town, visitor, paying):
    other = Visitor().open(town.link(town.customer(KNOWN), "subscribe_to_plan", "studio"))

    visitor.submit(csrf=other.value("csrf"))

    assert visitor.status == 403
    assert town.charges(paying) == []


def test_a_form_without_its_token_does_nothing_and_the_page_leads_back(town, visitor, paying):
    visitor.submit(csrf=None)
    assert visitor.status == 403

    visitor.open(visitor.links()["Continue where you were"])
    visitor.submit()
    assert town.paid(paying) == [5880]


def test_signing_in_changes_the_visit_so_that_nobody_can_prepare_one(town, visitor):
    visitor.open(f"{town.pages}/portal")
    before = {cookie.value for cookie in visitor.cookies}

    visitor.open(town.link(town.customer(KNOWN), "portal"))

    assert before.isdisjoint({cookie.value for cookie in visitor.cookies})


def test_every_page_carries_the_headers_that_money_depends_on(town, visitor, paying):
    for path in (visitor.url, "/portal/invoices", "/nowhere"):
        visitor.open(path)
        policy = dict(part.strip().split(" ", 1) for part in visitor.headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert set(policy["form-action"].split()) == {"'self'", town.bank, town.shop}
        assert "unsafe" not in visitor.headers["content-security-policy"]
        assert visitor.headers["referrer-policy"] == "same-origin"
        assert visitor.headers["x-content-type-options"] == "nosniff"
        assert visitor.headers["cache-control"] == "no-store"


def test_assets_are_kept_for_ever_and_unknown_ones_are_not_found(town, visitor):
    visitor.open(f"{town.pages}/nowhere")
    style = visitor.html.split('rel="stylesheet" href="')[1].split('"')[0]

    found = urllib3.request("GET", town.pages + style)
    assert (found.status, found.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in found.headers["Cache-Control"]
    assert urllib3.request("GET", f"{town.pages}/a/style.000000000000.css").status == 404


def test_too_much_is_refused_before_it_is_read(town, visitor, paying):
    visitor.submit(filler="x" * 300_000)

    assert visitor.status == 413
    assert visitor.title == "That was too much"


def test_ten_thousand_fields_are_refused(town, visitor, paying):
    visitor.submit(**{f"field{number}": "x" for number in range(10_000)})

    assert visitor.status == 400
    assert town.charges(paying) == []


def test_a_field_twice_is_not_understood(town, visitor, paying):
    request = visitor.request()
    request.data += b"&method=new%3Acard&method=offline%3Atransfer"

    visitor.send(request)

    assert visitor.status == 400
    assert visitor.title == "We could not read that"


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_verbs_are_not_allowed(town, verb):
    assert urllib3.request(verb, f"{town.pages}/portal/invoices", redirect=False).status == 405


def test_asking_never_acts(town, visitor, paying):
    before = town.parts.store.open_walk(paying.id, "subscribe_to_plan", Subject(plan="studio"))

    for url in (visitor.url, visitor.url.replace("/payment", "/leave"), f"{town.pages}/return/sandbox/{before.key}"):
        Visitor(cookies=visitor.cookies).open(url)

    assert town.parts.store.open_walk(paying.id, "subscribe_to_plan", Subject(plan="studio")) == before
    assert town.charges(paying) == []


def test_under_another_name_nothing_is_served(town):
    parts = urlsplit(town.pages)
    connection = http.client.HTTPConnection(parts.hostname, parts.port)

    connection.request("GET", "/portal", headers={"Host": "evil.example"})

    assert connection.getresponse().status == 421


def test_a_return_address_that_nobody_was_sent_is_not_found(town, visitor):
    for path in ("/return/sandbox/made-up-1", "/return/other/made-up-1"):
        assert visitor.open(town.pages + path).status == 404


def test_what_a_customer_types_is_text_wherever_it_is_shown(town, visitor):
    nasty = "<script>alert(1)</script>\"'{{ 7*7 }}⟦quote⟧"
    ada = town.customer()
    visitor.open(town.link(ada, "subscribe_to_plan", "studio"))

    visitor.submit(name=nasty, company=nasty)
    assert "<script>alert" not in visitor.html
    assert visitor.value("name") == nasty


def test_text_that_turns_other_text_around_is_refused(town, visitor):
    visitor.open(town.link(town.customer(), "subscribe_to_plan", "studio"))

    visitor.submit(name="Ada\u202egpj.exe")

    assert visitor.status == 422
    assert "“Full name” does not look right" in visitor.text


def test_the_language_switch_leads_nowhere_else(town, visitor, paying):
    for here in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        visitor.open("/portal/subscriptions")
        visitor.submit("français", here=here)
        assert visitor.url.startswith(town.pages)
        visitor.submit("English")


def test_an_error_of_ours_shows_a_page_and_no_traceback(own_town, visitor):
    town = own_town()
    ada = town.customer(KNOWN)
    visitor.open(town.link(ada, "portal"))
    town.ledger.invoices = None

    visitor.open("/portal/invoices")

    assert visitor.status == 500
    assert visitor.title == "Something went wrong on our side"
    assert "Traceback" not in visitor.html
    assert len(visitor.headers["x-case"]) == 8


def test_over_an_encrypted_connection_cookies_stay_on_it(town):
    parts = replace(town.parts, base_url="https://billing.lumen.example")
    browser = create(parts).test_client()

    response = browser.get("/portal", base_url="https://billing.lumen.example")

    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-visit=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("asked", "title"), [("fr-CA,fr;q=0.9", "Cette page n’existe pas"), ("ja", "This page does not exist")]
)
def test_an_error_page_speaks_the_browsers_language(town, asked, title):
    visitor = Visitor(languages=asked).open(f"{town.pages}/nowhere")

    assert (visitor.status, visitor.title) == (404, title)
    assert f'<html lang="{"fr" if asked.startswith("fr") else "en"}"' in visitor.html
