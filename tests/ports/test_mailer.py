"""Whoever brings mail: what is handed over arrives whole, and the same mail twice is one."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from generator.adapters.mailbox import Mailbox
from generator.adapters.smtp import Smtp, server
from generator.model.delivery import Brought, Refused
from generator.model.mail import Mail
from generator.ports.trouble import Unavailable
from tests.support.post_office import Clerk, certificates, post_office

MAIL = Mail(
    "m1",
    "fresh_link",
    "ada@example.com",
    "fr",
    "Votre lien vers Lumière",
    "<p>Bonjour, <a href='https://x.example/l/abc'>أمير</a></p>",
    "Bonjour,\nhttps://x.example/l/abc\nأمير\n",
    datetime(2026, 11, 22, 12, tzinfo=UTC),
)


class Server:
    """A mail server on loopback, and what arrived there."""

    def __init__(self, folder, running):
        self.clerk, known = Clerk(), certificates(folder)
        port = running.enter_context(post_office(self.clerk, known.server))
        self.mailer = Smtp(server(f"smtp://localhost:{port}?ca={known.authority}"), "billing@lumen.example")

    def arrived(self):
        return self.clerk.taken

    def breaks(self):
        self.clerk.says = {"*": "421 Shutting down"}


class Post:
    """A mailer and what arrived through it."""

    def __init__(self, folder, running):
        self.folder = folder / "mailbox"
        self.mailer = Mailbox(self.folder, "billing@lumen.example")

    def arrived(self):
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in sorted(self.folder.glob("*"))]

    def breaks(self):
        self.folder.rmdir() if self.folder.exists() else None
        self.folder.write_text("a file is in the way")


@pytest.fixture(params=[Post, Server], ids=["mailbox", "smtp"])
def post(request, tmp_path):
    with ExitStack() as running:
        yield request.param(tmp_path, running)


def test_a_mail_arrives_whole_in_text_and_html(post):
    assert post.mailer.send(MAIL) == Brought()

    (mail,) = post.arrived()
    assert (mail["To"], mail["From"], mail["Subject"]) == (MAIL.to, "billing@lumen.example", MAIL.subject)
    assert mail["Content-Language"] == "fr"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == MAIL.text
    assert mail.get_body(("html",)).get_content().strip() == MAIL.html


def test_the_same_mail_again_is_the_same_mail(post):
    post.mailer.send(MAIL)
    post.mailer.send(MAIL)

    assert len({mail["Message-ID"] for mail in post.arrived()}) == 1


def test_two_mails_are_two(post):
    post.mailer.send(MAIL)
    post.mailer.send(replace(MAIL, id="m2", to="bob@example.com"))

    assert [mail["To"] for mail in post.arrived()] == ["ada@example.com", "bob@example.com"]


@pytest.mark.parametrize(
    "wrong",
    [{"subject": "Hello\nBcc: all@example.com"}, {"subject": "Hello\r\nX: y"}, {"to": "a@b.example, c@d.example"}],
)
def test_nothing_in_a_mail_adds_a_header_or_a_recipient(post, wrong):
    assert isinstance(post.mailer.send(replace(MAIL, **wrong)), Refused)

    assert post.arrived() == []


def test_a_mailer_that_cannot_send_says_so(post):
    post.breaks()

    with pytest.raises(Unavailable):
        post.mailer.send(MAIL)
