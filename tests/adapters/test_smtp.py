"""Mail goes to a real server: encrypted or not at all, what it says is understood, and a mail is only what it says."""

import re
import socket
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest

from generator import wiring
from generator.adapters.envelope import NotAnAddress
from generator.adapters.smtp import Smtp, server
from generator.model.delivery import Brought, NotNow, Refused
from generator.model.mail import Mail
from generator.ports.trouble import Unavailable
from tests.support.post_office import USER, Clerk, certificates, post_office

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
MAIL = Mail("m1", "code", "ada@example.com", "en", "123456 is your code", "<p>123456</p>", "123456\n", NOON)
SENDER = "billing@lumen.example"


@pytest.fixture(scope="module")
def trusted(tmp_path_factory):
    return certificates(tmp_path_factory.mktemp("trusted"))


@pytest.fixture
def clerk():
    return Clerk()


@pytest.fixture
def opens(clerk, trusted):
    """Opens a server, and makes a mailer that is told how to reach it."""
    with ExitStack() as running:

        def make(scheme="smtp", user="", query=f"ca={trusted.authority}", sender=SENDER, merchant="", **kind):
            kind = {"tls": trusted.server, "whole": scheme == "smtps", **kind}
            port = running.enter_context(post_office(clerk, **kind))
            return Smtp(server(f"{scheme}://{user}localhost:{port}?{query}"), sender, merchant, "pages.example", 5.0)

        yield make


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_mail_goes_out_encrypted_in_either_way(opens, clerk, scheme):
    assert opens(scheme).send(MAIL) == Brought()

    (taken,) = clerk.taken
    assert clerk.encrypted == [True]
    assert (taken["To"], taken["Subject"]) == ("ada@example.com", MAIL.subject)


def test_who_has_to_sign_in_does_so_over_tls_with_any_signs_in_the_password(opens, clerk):
    assert opens(user=f"{USER}:s3cret%2Fwith%3Asigns@", login=True).send(MAIL) == Brought()


def test_a_wrong_password_is_no_fault_of_the_mail_and_told_without_it(opens, clerk):
    with pytest.raises(Unavailable, match=r"user and password \(535\)") as said:
        opens(user=f"{USER}:wr0ng@", login=True).send(MAIL)

    assert "wr0ng" not in str(said.value)
    assert clerk.raw == []


def test_a_server_without_tls_is_told_nothing(opens, clerk):
    with pytest.raises(Unavailable, match="offers no TLS"):
        opens(tls=None).send(MAIL)

    assert clerk.raw == []


def test_without_tls_only_where_that_is_written_down(opens, clerk):
    assert opens(tls=None, query="tls=none").send(MAIL) == Brought()
    assert clerk.encrypted == [False]


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(opens, clerk, scheme):
    with pytest.raises(Unavailable, match="certificate that does not hold"):
        opens(scheme, query="").send(MAIL)

    assert clerk.raw == []


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_of_another_name_is_not_trusted(opens, clerk, scheme, tmp_path):
    other = certificates(tmp_path, "mail.example")

    with pytest.raises(Unavailable, match="certificate that does not hold"):
        opens(scheme, query=f"ca={other.authority}", tls=other.server).send(MAIL)

    assert clerk.raw == []


def test_who_is_put_off_can_be_tried_again_and_who_is_refused_cannot(opens, clerk):
    clerk.says = {"grey@example.com": "451 4.7.1 Come back later", "gone@example.com": "550 5.1.1 No such user here"}
    mailer = opens()

    assert mailer.send(replace(MAIL, to="grey@example.com")) == NotNow("451", "4.7.1 Come back later")
    assert mailer.send(replace(MAIL, to="gone@example.com")) == Refused("550", "5.1.1 No such user here")
    assert mailer.send(MAIL) == Brought()
    assert [mail["To"] for mail in clerk.taken] == ["ada@example.com"]


@pytest.mark.parametrize(("said", "meant"), [("451 4.3.0 Disk full", NotNow), ("554 5.7.1 Spam", Refused)])
def test_what_is_said_to_the_whole_mail_is_understood_too(opens, clerk, said, meant):
    clerk.at_the_end = [said]

    assert isinstance(opens().send(MAIL), meant)


def test_a_server_that_closes_its_door_or_dies_in_the_mail_is_not_there(opens, clerk):
    clerk.says = {"*": "421 4.3.2 Shutting down"}
    clerk.at_the_end = ["die"]
    mailer = opens()

    with pytest.raises(Unavailable, match="closes its door"):
        mailer.send(MAIL)
    clerk.says = {}
    with pytest.raises(Unavailable, match="hung up"):
        mailer.send(MAIL)
    assert mailer.send(MAIL) == Brought()


def test_nobody_at_the_port_is_nobody_there():
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        mailer = Smtp(server(f"smtp://127.0.0.1:{bound.getsockname()[1]}"), SENDER)

        with pytest.raises(Unavailable, match="cannot be reached"):
            mailer.send(MAIL)


def test_a_server_that_says_nothing_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mailer = Smtp(server(f"smtp://127.0.0.1:{silent.getsockname()[1]}"), SENDER, patience=0.2)

        with pytest.raises(Unavailable, match="said nothing for too long"):
            mailer.send(MAIL)


def test_the_same_mail_again_is_one_by_its_headers(opens, clerk):
    mailer = opens()
    mailer.send(MAIL)
    mailer.send(MAIL)

    first, second = clerk.taken
    assert first["Message-ID"] == second["Message-ID"] == "<m1@lumen.example>"
    assert first["Date"] == second["Date"] == "Sun, 29 Nov 2026 12:00:00 +0000"
    assert first["Auto-Submitted"] == "auto-generated"
    assert (first["List-Unsubscribe"], first.get_content_type()) == (None, "multipart/alternative")


SUBJECTS = {
    "ar": "تعذّر تحصيل الفاتورة INV-000123 من لوميير، ولم يُسحب أي مبلغ من حسابك حتى الآن",
    "ja": "ルミエールの請求書 INV-000123 のお支払いを処理できませんでした。まだ何も引き落とされていません。",
    "de": "Ä" * 200 + " " + "ü  ö" * 40,
    "fr": "Nous n’avons pas pu prélever la facture INV-000123 : rien n’a été débité",
}


@pytest.mark.parametrize("language", SUBJECTS)
def test_words_in_any_script_arrive_as_they_were_written(opens, clerk, language):
    subject = SUBJECTS[language]
    words = replace(MAIL, language=language, subject=subject, text=f"{subject}\n", html=f"<p>{subject}</p>")

    merchant = "Lumière et fils, négociants en lampes, bougies et autres lumières depuis mil neuf cent douze"
    opens(merchant=merchant).send(words)

    (raw,), (mail,) = clerk.raw, clerk.taken
    assert raw.isascii()
    assert max(len(line) for line in raw.splitlines()) <= 76
    assert mail["Subject"] == subject
    # The library reads a name of several encoded words with a space between each two: its older way reads it right.
    sender = message_from_bytes(raw)["From"]
    assert str(make_header(decode_header(sender))) == f"{merchant} <billing@lumen.example>"
    assert mail["Content-Language"] == language
    assert mail.get_body(("plain",)).get_content().strip() == subject
    assert mail.get_body(("html",)).get_content().strip() == f"<p>{subject}</p>"
    for encoded in re.findall(rb"=\?[^?]+\?[bq]\?[^?]*\?=", raw, re.IGNORECASE):
        ((part, charset),) = decode_header(encoded.decode())
        assert len(encoded) <= 75
        assert part.decode(charset), "a letter is never cut in two"


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "Hello\r\nBcc: everybody@example.com"},
        {"subject": "Hello\nX: y"},
        {"to": "ada@example.com, everybody@example.com"},
        {"to": "ada@example.com\r\nBcc: everybody@example.com"},
        {"to": "Ada <ada@example.com>, everybody@example.com"},
        {"to": "nobody"},
        {"to": ""},
        {"to": "nobody@"},
        {"to": "zoë@example.com"},
        {"id": "m1>\r\nBcc: everybody@example.com\r\nX: <y"},
        {"language": "en\r\nBcc: everybody@example.com"},
    ],
)
def test_nothing_in_a_mail_adds_a_header_or_a_recipient(opens, clerk, wrong):
    assert isinstance(opens().send(replace(MAIL, **wrong)), Refused)
    assert clerk.raw == []


def test_domains_in_any_script_are_written_in_ascii(opens, clerk):
    assert opens().send(replace(MAIL, to="ada@bücher.example")) == Brought()
    assert clerk.taken[0]["To"] == "ada@xn--bcher-kva.example"


def test_a_sender_that_is_no_address_is_found_when_the_mailer_is_made():
    with pytest.raises(NotAnAddress):
        Smtp(server("smtp://localhost"), "billing at lumen")


@pytest.mark.parametrize(
    ("url", "host", "port", "tls"),
    [
        ("smtp://mail.example", "mail.example", 587, "start"),
        ("smtp://mail.example:2525?tls=none", "mail.example", 2525, "none"),
        ("smtps://u:p%40ss@mail.example", "mail.example", 465, "whole"),
        ("smtp://[::1]:25", "::1", 25, "start"),
    ],
)
def test_a_server_is_written_as_an_address(url, host, port, tls):
    known = server(url)

    assert (known.host, known.port, known.tls) == (host, port, tls)
    assert known.password in ("", "p@ss")


@pytest.mark.parametrize(
    "url",
    [
        "mail.example:587",
        "http://mail.example",
        "smtp://mail.example:many",
        "smtp://",
        "smtp://user:secret@mail.example/inbox",
        "smtp://user:secret@mail.example?tls=maybe",
        "smtps://user:secret@mail.example?tls=none",
        "smtp://user:secret@mail.example?starttls=off",
    ],
)
def test_a_wrong_address_is_said_before_any_mail_and_without_the_password(url):
    with pytest.raises(ValueError, match="write") as said:
        server(url)

    assert "secret" not in str(said.value)


ENOUGH = {
    "HOSTED_PAGES_BASE_URL": "https://pages.example",
    "HOSTED_PAGES_LINK_KEYS": "l" * 43,
    "HOSTED_PAGES_RESULT_KEY": "r" * 43,
}


def test_the_environment_says_where_mail_is_handed_in():
    said = {
        "HOSTED_PAGES_SMTP_URL": "smtps://mail.example",
        "HOSTED_PAGES_MAIL_FROM": "Lumière <billing@lumen.example>",
    }
    settings = wiring.settings({**ENOUGH, **said})

    assert settings.mailer == "smtp"
    assert isinstance(wiring.MAILERS["smtp"](settings, "Lumen"), Smtp)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"HOSTED_PAGES_SMTP_URL": "smtps://mail.example"}, "HOSTED_PAGES_MAIL_FROM is not set"),
        ({"HOSTED_PAGES_MAILER": "smtp", "HOSTED_PAGES_MAIL_FROM": SENDER}, "HOSTED_PAGES_SMTP_URL is not set"),
        ({"HOSTED_PAGES_SMTP_URL": "smtps://mail", "HOSTED_PAGES_MAIL_FROM": "Lumen"}, "HOSTED_PAGES_MAIL_FROM"),
        ({"HOSTED_PAGES_SMTP_URL": "mail", "HOSTED_PAGES_MAIL_FROM": SENDER}, "HOSTED_PAGES_SMTP_URL cannot be used"),
        (
            {"HOSTED_PAGES_SMTP_URL": "smtp://mail?ca=/nowhere.pem", "HOSTED_PAGES_MAIL_FROM": SENDER},
            "HOSTED_PAGES_SMTP_URL",
        ),
    ],
)
def test_what_is_missing_in_the_environment_is_a_refusal_to_start(said, name):
    settings = wiring.settings({**ENOUGH, **said})

    with pytest.raises(wiring.Unset, match=name):
        wiring.MAILERS["smtp"](settings, "Lumen")
