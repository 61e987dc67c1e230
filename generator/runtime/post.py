"""Writes mails from baked pages and puts them in the outbox."""

import hashlib
from dataclasses import replace

from generator.fill import fill
from generator.locale import speech
from generator.model.customer import Customer
from generator.model.live.notices import FreshLinkMail
from generator.model.live.parts import Url
from generator.model.mail import Mail
from generator.runtime import links
from generator.runtime.links import Link
from generator.runtime.parts import Parts


def send_fresh_link(parts: Parts, customer: Customer, link: Link, asked_with: str) -> None:
    """Mail the customer a link like the expired one; once for each, however often it is asked for."""
    bundle = parts.library.current
    language = customer.language if customer.language in bundle.site.languages else bundle.site.languages[0]
    now = parts.clock.now()
    fresh = replace(link, mailed=True)
    url = links.make(fresh, parts.links, parts.base_url, now)
    live = FreshLinkMail(Url(url), fresh.good_for.days)
    subject, html, text = (
        fill(bundle.page(language, f"mail.fresh_link{suffix}"), live, speech.formats(language))
        for suffix in (".subject.txt", ".html", ".txt")
    )
    day = f"{now:%Y-%m-%d}"
    parts.store.post(
        Mail(
            id=hashlib.sha256(f"fresh_link {asked_with} {day}".encode()).hexdigest()[:32],
            about="fresh_link",
            to=customer.billing.email,
            language=language,
            subject=" ".join(subject.split()),
            html=html,
            text=text,
            written=now,
        )
    )
