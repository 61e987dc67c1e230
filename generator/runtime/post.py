"""Writes mails from baked pages, and puts into the outbox those that go at once."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from generator.fill import fill
from generator.locale import speech
from generator.model import code as codes
from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.letter import Letter, LetterKind
from generator.model.live.notices import CodeMail, FreshLinkMail, LetterMail, LinkMail
from generator.model.live.parts import Url
from generator.model.mail import Mail
from generator.model.money import Money
from generator.model.pages import LINK_MAILS
from generator.model.payment import Intent
from generator.model.rule import ALWAYS
from generator.model.subscription import Subscription
from generator.model.text import words_in
from generator.model.walk import Walk
from generator.runtime import links
from generator.runtime.language import nearest
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


def send_letter(parts: Parts, letter: Letter, id: str, written: datetime) -> None:
    """Mail the customer what became of something; once for each letter, and not to who has no address."""
    customer = parts.biller.customer(letter.customer)
    if customer is not None and customer.billing.email:
        _post_letter(parts, customer, letter, f"letter {id}", _leads_to(parts, customer, letter), written)


def send_debit_returned(parts: Parts, walk: Walk, intent: Intent) -> None:
    """Mail the customer that their bank did not pay in the end, and where they can go on; once for each try."""
    customer = parts.biller.customer(walk.customer)
    if customer is None or not customer.billing.email:
        return
    recipient = parts.biller.customer(walk.subject.recipient) if walk.subject.recipient else None
    subject = walk.subject
    link = Link(customer.ref, walk.workflow, subject.plan, subject.subscription, subject.target, subject.invoice)
    letter = Letter("debit_returned", customer.id, subject.subscription, subject.invoice)
    link = replace(link, recipient=recipient.ref if recipient else "")
    _post_letter(parts, customer, letter, f"debit {intent.key}", link, parts.clock.now(), intent.amount)


def _post_letter(
    parts: Parts,
    customer: Customer,
    letter: Letter,
    of: str,
    link: Link,
    written: datetime,
    amount: Money | None = None,
) -> None:
    language = _language(parts, customer)
    mailed = replace(link, mailed=True, language=language)
    url = links.make(mailed, parts.links, parts.base_url, parts.clock.now())
    invoice = parts.biller.invoice(letter.invoice) if letter.invoice else None
    note = parts.biller.credit_note_numbered(letter.note) if letter.note else None
    held = parts.biller.subscription(letter.subscription) if letter.subscription else None
    about, total = _about(parts, link, language)
    live = LetterMail(
        link=Url(url),
        days=mailed.good_for.days,
        about=letter.method or letter.note or _subject(invoice, held, language) or about,
        total=-note.total if note else invoice.total if invoice else amount or total,
        due=invoice.due if invoice and letter.kind == "to_pay" else None,
        next=letter.next,
        ends=letter.ends if letter.kind == "ending" else None,
        good_until=letter.ends if letter.kind == "card_expires" else None,
    )
    id = hashlib.sha256(of.encode()).hexdigest()[:32]
    parts.store.post(_mail(parts, id, f"letter.{letter.kind}", live, customer.billing.email, language, written))


def _subject(invoice: Invoice | None, held: Subscription | None, language: str) -> str:
    return invoice.number if invoice else words_in(held.plan.title, language) if held else ""


OWED: tuple[LetterKind, ...] = ("to_pay", "charge_failed", "charge_given_up", "confirm_charge", "overdue")
"""Letters about an invoice that the customer can pay."""

LOOKED_AT = ("charged", "paid", "disputed", "credit_note")
"""Letters about what lies among the customer's invoices."""

LEAD_TO: Mapping[LetterKind, str] = {
    **dict.fromkeys(OWED, "pay_invoice"),
    "suspended": "restart_subscription",
    "no_method": "restart_subscription",
    "ending": "restart_subscription",
    "completed": "choose_plan",
    "card_expires": "register_payment_method",
    "card_expired": "register_payment_method",
    "method_defective": "register_payment_method",
}
"""The workflow in which the customer can do something about it."""


def _leads_to(parts: Parts, customer: Customer, letter: Letter) -> Link:
    """Where the customer can do something about it, as far as the merchant offers that; else to their portal."""
    site, to = parts.library.current.site, LEAD_TO.get(letter.kind, "")
    match to if site.workflow(to) else "":
        case "pay_invoice":
            return Link(customer.ref, to, invoice=letter.invoice)
        case "restart_subscription":
            return Link(customer.ref, to, subscription=letter.subscription)
        case "register_payment_method" | "choose_plan":
            return Link(customer.ref, to)
    listed = next((one for one in site.portal.sections if one.kind == "invoices" and one.when == ALWAYS), None)
    return Link(customer.ref, f"portal/{listed.id}" if listed and letter.kind in LOOKED_AT else "portal")


def code_mail(parts: Parts, to: str, code: str, language: str) -> Mail:
    """A mail with a code to sign in by."""
    live, now = CodeMail(code, int(codes.GOOD_FOR.total_seconds()) // 60), parts.clock.now()
    return replace(_mail(parts, secrets.token_hex(16), "code", live, to, language, now), until=now + codes.GOOD_FOR)


def _about(parts: Parts, link: Link, language: str) -> tuple[str, Money | None]:
    """What the customer knows it by, and what it comes to."""
    if link.invoice:
        invoice = parts.biller.invoice(link.invoice)
        return (invoice.number, invoice.total) if invoice else ("", None)
    held = parts.biller.subscription(link.target or link.subscription) if link.subscription else None
    plan = parts.biller.plan(link.plan) if link.plan else held.plan if held else None
    return (words_in(plan.title, language) if plan else "", None)


def _language(parts: Parts, customer: Customer) -> str:
    """The customer's, or its neighbour, if the site speaks one."""
    languages = parts.library.current.site.languages
    return nearest((customer.language,), languages) or languages[0]


def _mail(parts: Parts, id: str, about: str, live: Any, to: str, language: str, now: datetime) -> Mail:
    bundle = parts.library.current
    subject, html, text = (
        fill(bundle.page(language, f"mail.{about}{suffix}"), live, speech.formats(language))
        for suffix in (".subject.txt", ".html", ".txt")
    )
    return Mail(id, about, to, language, " ".join(subject.split()), html, text, now)
