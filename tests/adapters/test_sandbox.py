"""The sandbox bank: its pages, its books, and what we make of its answers when they make no sense."""

import json
import re
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
import tomllib
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import html5lib
import pytest
from werkzeug.serving import make_server

from generator import record, shipped
from generator.adapters.sandbox.app import create_app
from generator.adapters.sandbox.gateway import Misasked, SandboxGateway
from generator.adapters.sandbox.spoken import LANGUAGES, TEXTS
from generator.model.money import Money
from generator.model.payment import Charge, Declined, Elsewhere, New, Paid, Pending, Saved, Unknown
from generator.ports.trouble import Unavailable

BACK = "https://shop.example/return/key-1"
CHARGE = Charge("order-1", "ada", Money(4900, "EUR"), New("card"), "Acme", "en", BACK)
GOOD = {"number": "4242 4242 4242 4242", "expiry": "04/31", "cvc": "123", "name": "Zoë Ångström"}
CHALLENGED = {**GOOD, "number": "4000002500003155"}
SLOW = {**GOOD, "number": "4000000000000077"}


class Desk:
    """The bank's counter, without a network in between."""

    def __init__(self, folder, today=date(2026, 11, 22), onward=()) -> None:
        self.books = folder / "bank.db"
        self.http = create_app(self.books, onward, today=lambda: today).test_client()

    def asks(self, key="key-1", **other: object):
        return self.http.post(
            "/api/charges", data=record.write(replace(CHARGE, **other)), headers={"Idempotency-Key": key}
        )

    def page(self, key="key-1", **other: object):
        return self.asks(key, **other).json["page"]

    def charges(self):
        return self.http.get("/api/charges").json["charges"]

    def status(self):
        return self.charges()[0]["status"]


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@contextmanager
def listening(server):
    """The address of a server that runs beside the test."""
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def answering(words: bytes):
    """A server that says this, whatever it is asked, and hangs up."""

    class Parrot(socketserver.StreamRequestHandler):
        def handle(self):
            length = 0
            while (line := self.rfile.readline()).strip():
                length = int(line.split()[1]) if line.lower().startswith(b"content-length") else length
            self.rfile.read(length)
            self.wfile.write(words)

    return listening(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Parrot))


def http_answer(status: int, body: str | bytes, kind: str = "application/json") -> bytes:
    body = body if isinstance(body, bytes) else body.encode()
    return b"HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (
        status,
        kind.encode(),
        len(body),
        body,
    )


def test_the_card_page_says_what_is_paid_to_whom_and_that_no_money_moves(desk):
    page = desk.http.get(desk.page())

    assert page.status_code == 200
    for words in ("€49.00", "Acme", "Sandbox bank: no real money moves", "4000 0025 0000 3155"):
        assert words in page.text


def test_the_card_page_is_valid_html_without_script_and_every_field_has_its_label(desk):
    page = desk.http.get(desk.page()).text
    html5lib.HTMLParser(strict=True).parse(page)
    fields = re.findall(r'<input id="(\w+)" name="\1"[^>]*autocomplete="([\w-]+)"', page)

    assert fields == [("number", "cc-number"), ("expiry", "cc-exp"), ("cvc", "cc-csc"), ("name", "cc-name")]
    assert all(f'<label for="{name}">' in page for name, _ in fields)
    assert "<script" not in page
    assert " style=" not in page


@pytest.mark.parametrize("onward", [(), ("https://app.acme.example",)])
def test_the_card_page_may_lead_back_to_the_shop_and_on_from_there_and_nowhere_else(tmp_path, onward):
    desk = Desk(tmp_path, onward=onward)
    headers = desk.http.get(desk.page()).headers
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))

    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["form-action"].split() == ["'self'", "https://shop.example", *onward]
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("language", "spoken", "amount"),
    [
        ("en", "en", "Pay <bdi>€49.00"),
        ("fr", "fr", "Payer <bdi>49,00\xa0€"),
        ("fr-CA", "fr", "Payer"),
        ("de", "de", "49,00\xa0€</bdi> zahlen"),
        ("da", "en", "Pay"),
    ],
)
def test_the_page_speaks_the_customers_language_where_it_can(desk, language, spoken, amount):
    page = desk.http.get(desk.page(language=language)).text

    assert f'<html lang="{spoken}" dir="ltr">' in page
    assert amount in page


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_page_says_all_in_every_language_and_names_the_same_things(language):
    said, english = (tomllib.loads((TEXTS / f"{tag}.toml").read_text("utf-8")) for tag in (language, "en"))

    assert list(said) == list(english)
    for key, words in english.items():
        assert set(re.findall(r"{\w+}|\*", said[key])) == set(re.findall(r"{\w+}|\*", words)), key
        assert said[key] != words or language == "en" or key in SAME, key


SAME = {"optional", "expiry_form"}
"""What is spelled in the same way in several languages."""


def test_the_bank_speaks_every_language_that_the_shipped_pages_do():
    assert {file.stem for file in (shipped.THEMES / "plain" / "texts").glob("*.yaml")} == LANGUAGES


@pytest.mark.parametrize("language", ["ar", "ja"])
def test_the_page_is_read_from_where_its_language_begins(desk, language):
    page = desk.http.get(desk.page(language=language)).text

    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert "«" not in page
    assert "{" not in page


@pytest.mark.parametrize("amount", [Money(4900, "EUR"), Money(0, "EUR"), Money(4900, "JPY"), Money(10**12, "KWD")])
def test_every_amount_has_its_page(desk, amount):
    assert desk.http.get(desk.page(amount=amount)).status_code == 200


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": "4242 4242 4242 4241"}, "a digit is missing or wrong"),
        ({"number": ""}, "a digit is missing or wrong"),
        ({"number": "5555 5555 5555 4444"}, "Only test cards work here"),
        ({"expiry": "13/29"}, "Month and year"),
        ({"expiry": "2031"}, "Month and year"),
        ({"expiry": "10/26"}, "This card has expired"),
        ({"cvc": "12"}, "3 or 4 digits"),
        ({"cvc": "12a"}, "3 or 4 digits"),
    ],
)
def test_what_is_typed_wrong_is_named_and_the_rest_still_there(desk, typed, sentence):
    form = {**GOOD, **typed}
    answer = desk.http.post(desk.page(), data=form)
    (field,) = typed

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'<a href="#{field}">' in answer.text
    assert f'id="{field}-problem"' in answer.text
    assert 'role="alert" tabindex="-1" autofocus' in answer.text
    assert f'value="{form["name"]}"' in answer.text
    assert f'value="{form["expiry"]}"' in answer.text
    assert desk.status() == "open"


def test_number_and_security_code_are_never_shown_back(desk):
    answer = desk.http.post(desk.page(), data={**GOOD, "number": "4242424242424241", "cvc": "987"})

    assert "4242424242424241" not in answer.text
    assert "987" not in answer.text


@pytest.mark.parametrize("expiry", ["04/31", "4/31", "0431", "04 / 2031", "04-31", "０４/３１", "11/26"])
@pytest.mark.parametrize("number", ["4242424242424242", "4242-4242-4242-4242", " 4242\xa04242 4242 4242"])
def test_a_card_may_be_typed_as_people_type_it(desk, number, expiry):
    assert desk.http.post(desk.page(), data={**GOOD, "number": number, "expiry": expiry}).status_code == 303
    assert desk.status() == "paid"


def test_what_is_typed_shows_as_text_only(desk):
    answer = desk.http.post(desk.page(), data={**GOOD, "name": '"><script>alert(1)</script>', "cvc": ""})

    assert "<script" not in answer.text


def test_a_second_click_on_pay_decides_nothing_more(desk):
    page = desk.page()
    first = desk.http.post(page, data=GOOD)
    second = desk.http.post(page, data=GOOD)
    other = desk.http.post(page, data={**GOOD, "number": "4000000000000002"})
    empty = desk.http.post(page)

    assert [answer.status_code for answer in (first, second, other, empty)] == [303] * 4
    assert {answer.headers["Location"] for answer in (first, second, other, empty)} == {BACK}
    assert desk.status() == "paid"


def test_clicks_at_the_same_moment_decide_once(tmp_path):
    desk = Desk(tmp_path)
    page = desk.page()
    forms = [GOOD, {**GOOD, "number": "4000000000000002"}] * 4
    banks = [create_app(desk.books) for _ in forms]
    seen = set()

    def click(bank, form):
        bank.test_client().post(page, data=form)
        seen.add(desk.status())

    clicks = [threading.Thread(target=click, args=both) for both in zip(banks, forms, strict=True)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()

    assert len(seen) == 1


def test_looking_at_a_page_never_acts(desk):
    open_page = desk.page()
    challenge = desk.page("key-2")
    desk.http.post(challenge, data=CHALLENGED)
    before = desk.charges()
    for page in (open_page, challenge):
        for path in (page, f"{page}/challenge", f"{page}/cancel", f"{page}?answer=confirm"):
            desk.http.get(path)
            desk.http.head(path)

    assert desk.charges() == before


def test_back_and_reload_lead_to_where_the_charge_stands(desk):
    page = desk.page()
    assert desk.http.get(f"{page}/challenge").headers["Location"] == page

    desk.http.post(page, data=CHALLENGED)
    assert desk.http.get(page).headers["Location"] == f"{page}/challenge"
    assert "Visa •••• 3155" in desk.http.get(f"{page}/challenge").text
    assert desk.http.post(page, data=GOOD).headers["Location"] == f"{page}/challenge"

    desk.http.post(f"{page}/challenge", data={"answer": "confirm"})
    assert desk.http.post(f"{page}/challenge", data={"answer": "refuse"}).headers["Location"] == BACK
    assert desk.status() == "paid"


@pytest.mark.parametrize(
    ("form", "amount", "title"),
    [
        (GOOD, 4900, "Already paid"),
        (GOOD, 0, "Already registered"),
        (SLOW, 4900, "Already on its way"),
        ({**GOOD, "number": "4000000000000002"}, 4900, "Already closed"),
    ],
)
def test_a_finished_page_says_so_and_leads_back(desk, form, amount, title):
    page = desk.page(amount=Money(amount, "EUR"))
    desk.http.post(page, data=form)

    for path in (page, f"{page}/challenge"):
        shown = desk.http.get(path)
        assert shown.status_code == 200
        assert f"<h1>{title}</h1>" in shown.text
        assert f'href="{BACK}"' in shown.text


def test_a_form_on_somebody_elses_page_is_refused(desk):
    page = desk.page()
    for origin in ("https://evil.example", "null"):
        assert desk.http.post(page, data=GOOD, headers={"Origin": origin}).status_code == 403
    assert desk.status() == "open"

    assert desk.http.post(page, data=GOOD, headers={"Origin": "http://localhost"}).status_code == 303


@pytest.mark.parametrize(
    ("ask", "status"),
    [
        (lambda desk: desk.http.get("/pay/unknown"), 404),
        (lambda desk: desk.http.post("/pay/unknown/cancel"), 404),
        (lambda desk: desk.http.get("/nothing"), 404),
        (lambda desk: desk.http.post(desk.page(), data={"name": "x" * 100_000}), 413),
        (lambda desk: desk.http.post(desk.page(), data=GOOD, headers={"Origin": "null"}), 403),
        (lambda desk: desk.http.post(desk.page() + "/challenge", data={"answer": "perhaps"}), 400),
        (lambda desk: desk.http.put(desk.page()), 405),
    ],
)
def test_every_refusal_is_a_page_of_the_bank(desk, ask, status):
    answer = ask(desk)

    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert "Sandbox Bank" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_refusal_is_said_in_the_browsers_language(desk):
    assert "Ce paiement n’existe pas" in desk.http.get("/pay/x", headers={"Accept-Language": "fr-FR,en;q=0.5"}).text


def test_the_bank_refuses_what_cannot_be_charged(desk):
    wrong = (
        {"amount": Money(-1, "EUR")},
        {"amount": Money(1, "XXY")},
        {"come_back": "javascript:alert(1)"},
        {"come_back": "//evil.example"},
        {"come_back": "https://user@evil.example/"},
        {"come_back": "https://a.example; script-src *"},
        {"come_back": "https://a.example/\r\nSet-Cookie: a=b"},
    )

    assert [desk.asks(**other).status_code for other in wrong] == [400] * len(wrong)
    assert desk.http.post("/api/charges", data="{", headers={"Idempotency-Key": "k"}).json == {"error": "malformed"}
    assert desk.asks(key="").status_code == 400
    assert desk.charges() == []


def test_a_slow_charge_is_paid_when_it_was_asked_after_often_enough(desk):
    desk.http.post(desk.page(), data=SLOW)

    said = [desk.http.get("/api/charges/key-1").json["status"] for _ in range(4)]
    assert said == ["pending", "pending", "paid", "paid"]


def test_a_saved_card_is_declined_once_it_has_expired(tmp_path):
    desk = Desk(tmp_path)
    desk.http.post(desk.page(), data=GOOD)
    (method,) = desk.http.get("/api/customers/ada/methods").json["methods"]

    later = Desk(tmp_path, today=date(2031, 5, 1)).asks("key-2", choice=Saved(method["id"])).json
    assert (later["status"], later["reason"]) == ("declined", "expired")


def test_nothing_of_a_card_is_kept_but_its_last_four_digits_and_its_expiry(tmp_path, caplog):
    desk = Desk(tmp_path)
    typed = [
        {**GOOD, "cvc": "8391"},
        {**CHALLENGED, "cvc": "8391"},
        {**SLOW, "cvc": "8391"},
        {**GOOD, "number": "5555 5555 5555 4444", "cvc": "8391"},
    ]
    for at, form in enumerate(typed):
        desk.http.post(desk.page(f"key-{at}"), data=form)
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir()).decode("latin-1") + caplog.text

    assert "3155" in kept
    for form in typed:
        digits = re.sub(r"\D", "", form["number"])
        assert digits not in re.sub(r"[\s-]", "", kept)
        assert digits[:8] not in kept
        assert form["name"] not in kept
    assert "8391" not in kept


SIGNED = {"iban": "DE89 3704 0044 0532 0130 00", "holder": "Zoë Ångström"}


def test_the_mandate_page_says_who_may_debit_what_and_within_which_time_it_can_be_refunded(desk):
    page = desk.http.get(desk.page(choice=New("sepa"))).text
    html5lib.HTMLParser(strict=True).parse(page)

    for words in ("€49.00", "Acme", "Mandate reference", "M-SB-", "you authorise", "eight weeks", "Test accounts"):
        assert words in page
    for name in ("iban", "holder"):
        assert f'<label for="{name}">' in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"iban": "DE89 3704 0044 0532 0130 01"}, "This is no IBAN"),
        ({"iban": ""}, "This is no IBAN"),
        ({"iban": "GB29 NWBK 6016 1331 9268 19"}, "Only test accounts work here"),
        ({"holder": "  "}, "The name of whom the account belongs to"),
    ],
)
def test_what_is_wrong_with_an_account_is_said_and_the_number_not_shown_back(desk, typed, sentence):
    page = desk.http.post(desk.page(choice=New("sepa")), data=SIGNED | typed)

    assert page.status_code == 422
    assert sentence in page.text
    assert "autofocus" in page.text
    assert '"DE' not in page.text
    assert desk.status() == "open"


@pytest.mark.parametrize(
    "typed", ["de89370400440532013000", " DE89-3704-0044-0532-0130-00 ", "DE89\xa03704 0044053201 3000"]
)
def test_an_account_may_be_typed_as_people_type_it(desk, typed):
    desk.http.post(desk.page(choice=New("sepa")), data=SIGNED | {"iban": typed})

    assert desk.status() == "pending"


def test_nothing_of_an_account_is_kept_but_its_end(tmp_path, caplog):
    desk = Desk(tmp_path)
    for at, number in enumerate(("DE89 3704 0044 0532 0130 00", "GB29 NWBK 6016 1331 9268 19")):
        desk.http.post(desk.page(f"key-{at}", choice=New("sepa")), data=SIGNED | {"iban": number})
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir()).decode("latin-1") + caplog.text

    assert "3000" in kept
    assert "DE89" not in kept
    assert "37040044" not in kept
    assert "NWBK" not in kept


def test_a_debit_is_decided_on_its_day_by_its_account(tmp_path):
    for at, (number, ends) in enumerate(
        {
            "DE89 3704 0044 0532 0130 00": ("paid", None),
            "DE62 3704 0044 0532 0130 01": ("declined", "insufficient_funds"),
            "DE35 3704 0044 0532 0130 02": ("declined", "mandate_refused"),
        }.items()
    ):
        desk = Desk(tmp_path)
        desk.http.post(desk.page(f"key-{at}", choice=New("sepa")), data=SIGNED | {"iban": number})
        for day, stands in ((26, ("pending", None)), (27, ends)):
            later = Desk(tmp_path, today=date(2026, 11, day)).http.get(f"/api/charges/key-{at}").json
            assert (later["status"], later["reason"]) == stands


def test_a_killed_bank_forgets_nothing(tmp_path):
    books = tmp_path / "bank.db"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    gateway = SandboxGateway(f"http://127.0.0.1:{port}")
    with bank_process(books, port):
        page = gateway.charge(CHARGE, "key-1")
    desk = Desk(tmp_path)
    desk.http.post(page.url.removeprefix(gateway.origins[0]), data=GOOD)
    with bank_process(books, port):
        paid = gateway.find("key-1")
        assert isinstance(paid, Paid)
        assert [method.id for method in gateway.methods("ada")] == [paid.method]
        assert gateway.charge(CHARGE, "key-1") == paid
    assert len(desk.charges()) == 1


@contextmanager
def bank_process(books, port):
    """The bank in a process of its own, killed in the end without a chance to tidy up."""
    start = (
        "import sys, pathlib; from generator.adapters.sandbox.app import serve;"
        "serve(pathlib.Path(sys.argv[1]), '127.0.0.1', int(sys.argv[2]))"
    )
    bank = subprocess.Popen([sys.executable, "-c", start, str(books), str(port)])
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        yield
    finally:
        bank.send_signal(signal.SIGKILL)
        bank.wait()


SAID = {
    "key": "key-1",
    "reference": "SB-1",
    "amount": 4900,
    "currency": "EUR",
    "status": "paid",
    "page": "/pay/abc",
    "reason": None,
    "method": "card_1",
}


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ({}, Paid("SB-1", "card_1", Money(4900, "EUR"))),
        ({"status": "pending"}, Pending("SB-1")),
        ({"status": "pending", "decides": "2026-11-27"}, Pending("SB-1", date(2026, 11, 27))),
        ({"status": "declined", "reason": "mandate_refused"}, Declined("mandate_refused")),
        ({"status": "declined", "reason": "expired"}, Declined("expired")),
        ({"status": "open"}, Elsewhere("https://bank.example/pay/abc")),
    ],
)
def test_a_plain_answer_is_understood(said, result):
    with answering(http_answer(200, json.dumps(SAID | said))) as url:
        assert SandboxGateway(url, "https://bank.example").charge(CHARGE, "key-1") == result


@pytest.mark.parametrize(
    "said",
    [
        {"status": "succeeded"},
        {"status": None},
        {"status": "pending", "decides": "soon"},
        {"status": "pending", "decides": 5},
        {"status": "pending", "decides": None},
        {"status": "declined", "reason": "stolen"},
        {"status": "declined", "reason": None},
        {"status": "registered"},
        {"status": "open", "page": "https://evil.example/pay/abc"},
        {"status": "open", "page": "//evil.example"},
        {"status": "open", "page": "/pay/../../x"},
        {"key": "key-2"},
        {"amount": 4901},
        {"amount": 0},
        {"amount": "4900"},
        {"amount": None},
        {"currency": "USD"},
        {"reference": 7},
        {"method": None},
    ],
)
def test_an_answer_that_does_not_fit_the_question_is_unknown(said):
    with answering(http_answer(200, json.dumps(SAID | said))) as url:
        assert SandboxGateway(url).charge(CHARGE, "key-1") == Unknown()


NONSENSE = [
    http_answer(200, "<!doctype html><h1>Welcome</h1>", "text/html"),
    http_answer(200, json.dumps(SAID)[:40]),
    http_answer(200, json.dumps(SAID)).replace(b"Content-Length: 1", b"Content-Length: 9"),
    http_answer(200, b"\xff\xfe"),
    http_answer(200, "[]"),
    http_answer(200, "null"),
    http_answer(404, "<h1>Not Found</h1>", "text/html"),
    http_answer(404, json.dumps({"error": "no_such_charge", "key": "key-2"})),
    http_answer(404, json.dumps({"error": "Not Found"})),
    http_answer(400, "<h1>Bad Request</h1>", "text/html"),
    http_answer(500, json.dumps(SAID)),
    http_answer(503, json.dumps({"error": "maintenance"})),
    b"HTTP/1.1 302 X\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
    b"SSH-2.0-OpenSSH\r\n",
    b"",
]


@pytest.mark.parametrize("words", NONSENSE)
def test_nonsense_is_unknown_never_paid_and_never_not_found(words):
    with answering(words) as url:
        gateway = SandboxGateway(url)
        assert gateway.charge(CHARGE, "key-1") == Unknown()
        assert gateway.find("key-1") == Unknown()
        assert gateway.cancel("key-1") == Unknown()
        with pytest.raises(Unavailable):
            gateway.methods("ada")


def test_a_bank_that_takes_too_long_leaves_us_not_knowing():
    with socket.create_server(("127.0.0.1", 0)) as mute:
        gateway = SandboxGateway(f"http://127.0.0.1:{mute.getsockname()[1]}", patience=0.05)
        assert gateway.charge(CHARGE, "key-1") == Unknown()
        assert gateway.find("key-1") == Unknown()
        with pytest.raises(Unavailable):
            gateway.methods("ada")


def test_what_the_bank_calls_our_bug_is_our_bug():
    with answering(http_answer(409, json.dumps({"error": "key_of_another_charge"}))) as url, pytest.raises(Misasked):
        SandboxGateway(url).charge(CHARGE, "key-1")


def test_the_customer_is_sent_to_where_their_browser_reaches_the_bank(tmp_path):
    with listening(make_server("127.0.0.1", 0, create_app(tmp_path / "bank.db"))) as url:
        gateway = SandboxGateway(url, "https://bank.example:8443/")
        page = gateway.charge(CHARGE, "key-1")

    assert gateway.origins == ("https://bank.example:8443",)
    assert isinstance(page, Elsewhere)
    assert page.url.startswith("https://bank.example:8443/pay/")


CARD = {"id": "card_1", "kind": "card", "label": "Visa •••• 4242", "expires": "2031-01", "default": True}


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "cash"},
        {"kind": "sepa", "label": 3000},
        {"kind": "sepa", "expires": None},
        {"default": "yes"},
        {"id": None},
    ],
)
def test_nonsense_about_what_is_on_file_is_no_method(said):
    with answering(http_answer(200, json.dumps({"methods": [CARD | said]}))) as url, pytest.raises(Unavailable):
        SandboxGateway(url).methods("ada")


@pytest.mark.parametrize("status", [302, 400, 404, 500])
def test_a_change_of_methods_that_was_not_made_is_said_to_be(status):
    with answering(http_answer(status, "{}")) as url:
        for change in (SandboxGateway(url).remove, SandboxGateway(url).make_default):
            with pytest.raises(Unavailable):
                change("ada", "card_1")
