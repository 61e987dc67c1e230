"""Writes mails from baked pages, and puts into the outbox those that go at once."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from generator.fill import fill
from generator.locale import speech
from generator.model import code as codes
from generator.model.customer import Customer
from generator.model.live import LINK_MAILS
from generator.model.live.notices import CodeMail, FreshLinkMail, LinkMail
from generator.model.live.parts import Url
from generator.model.mail import Mail
from generator.model.money import Money
from generator.model.text import words_in
from generator.runtime import links
from generator.runtime.links import Link
from generator.runtime.parts import Parts


def send_fresh_link(parts: Parts, customer: Customer, link: Link, asked_with: str) -> None:
    """Mail the customer a link like the expired one; once for each, however often it is asked for."""
    now, fresh = parts.clock.now(), replace(link, mailed=True)
    url = links.make(fresh, parts.links, parts.base_url, now)
    live = FreshLinkMail(Url(url), fresh.good_for.days)
    id = hashlib.sha256(f"fresh_link {asked_with} {now:%Y-%m-%d}".encode()).hexdigest()[:32]
    parts.store.post(_mail(parts, id, "fresh_link", live, customer.billing.email, _language(parts, customer), now))


def send_link(parts: Parts, customer: Customer, link: Link) -> None:
    """Mail the customer a link, in words that say what it opens."""
    now, mailed = parts.clock.now(), replace(link, mailed=True)
    language = link.language or _language(parts, customer)
    about, total = _about(parts, link, language)
    url = links.make(mailed, parts.links, parts.base_url, now)
    live = LinkMail(Url(url), mailed.good_for.days, about, total)
    to = link.opens.removeprefix("portal/")
    page = f"link.{to if to in LINK_MAILS else 'portal'}"
    parts.store.post(_mail(parts, secrets.token_hex(16), page, live, customer.billing.email, language, now))


def code_mail(parts: Parts, to: str, code: str, language: str) -> Mail:
    """A mail with a code to sign in by."""
    live = CodeMail(code, int(codes.GOOD_FOR.total_seconds()) // 60)
    return _mail(parts, secrets.token_hex(16), "code", live, to, language, parts.clock.now())


def _about(parts: Parts, link: Link, language: str) -> tuple[str, Money | None]:
    """What the customer knows it by, and what it comes to."""
    if link.invoice:
        invoice = parts.biller.invoice(link.invoice)
        return (invoice.number, invoice.total) if invoice else ("", None)
    held = parts.biller.subscription(link.target or link.subscription) if link.subscription else None
    plan = parts.biller.plan(link.plan) if link.plan else held.plan if held else None
    return (words_in(plan.title, language) if plan else "", None)


def _language(parts: Parts, customer: Customer) -> str:
    """The customer's, if the site speaks it."""
    languages = parts.library.current.site.languages
    return customer.language if customer.language in languages else languages[0]


def _mail(parts: Parts, id: str, about: str, live: Any, to: str, language: str, now: datetime) -> Mail:
    bundle = parts.library.current
    subject, html, text = (
        fill(bundle.page(language, f"mail.{about}{suffix}"), live, speech.formats(language))
        for suffix in (".subject.txt", ".html", ".txt")
    )
    return Mail(id, about, to, language, " ".join(subject.split()), html, text, now)
