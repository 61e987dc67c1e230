"""E-mails: as HTML, and as text with the line that is read first."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from generator.gallery.exhibit import Exhibit
from generator.gallery.sample.moment import TODAY
from generator.gallery.sample.shop import Shop
from generator.model.letter import LetterKind
from generator.model.live.notices import CodeMail, FreshLinkMail, LetterMail, LinkMail
from generator.model.live.parts import Url
from generator.model.pages import LINK_MAILS, MAILS
from generator.model.text import words_in
from generator.model.workflow import PURPOSES
from generator.runtime.present.entry import MINUTES

LINK = Url("https://billing.example/l/eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0")
NUMBER = "INV-2026-000999"
CREDITED = "CN-2026-000007"
CARD = "Visa •••• 4242"


def exhibits(shop: Shop) -> Iterator[Exhibit]:
    """Each mail, in all that its words depend on."""
    yield from _mail("fresh_link", "filled", "asked for with an old link", lambda _: FreshLinkMail(LINK, 7))
    yield from _mail("code", "filled", "to sign in by", lambda _: CodeMail("481 207", MINUTES))
    for to in LINK_MAILS:
        purpose = PURPOSES.get(to)
        about_invoice = purpose is not None and "invoice" in purpose.about
        yield from _mail(f"link.{to}", "filled", f"leads to {to}", _link(shop, about_invoice, bool(purpose)))
        if purpose and purpose.about:
            yield from _mail(
                f"link.{to}", "empty", "about nothing that has a name", lambda _: LinkMail(LINK, 7, "", None)
            )
    for name in MAILS:
        if name.startswith("letter."):
            kind: LetterKind = name.removeprefix("letter.")  # type: ignore[assignment]
            yield from _mail(name, "filled", f"because of what became of it: {kind}", _letter(shop, kind))


def _link(shop: Shop, about_invoice: bool, about_plan: bool) -> Callable[[str], object]:
    plan = shop.sold.paid

    def live(language: str) -> object:
        title = words_in(plan.title, language) if about_plan else ""
        return LinkMail(LINK, 7, NUMBER if about_invoice else title, plan.price if about_invoice else None)

    return live


def _letter(shop: Shop, kind: LetterKind) -> Callable[[str], object]:
    plan = shop.sold.paid
    subscribed = kind in ("suspended", "no_method", "ended", "ending", "terminated", "completed")
    card = kind in ("card_expires", "card_expired")
    paper = CREDITED if kind == "credit_note" else NUMBER

    def live(language: str) -> object:
        return LetterMail(
            link=LINK,
            days=7,
            about=CARD if card else words_in(plan.title, language) if subscribed else paper,
            total=None if subscribed or card else plan.price,
            due=TODAY + timedelta(days=30) if kind == "to_pay" else None,
            next=TODAY + timedelta(days=3) if kind in ("charge_failed", "method_defective") else None,
            ends=TODAY + timedelta(days=12) if kind == "ending" else None,
            good_until=TODAY + timedelta(days=7) if kind == "card_expires" else None,
        )

    return live


def _mail(name: str, state: str, says: str, live: Callable[[str], object]) -> Iterator[Exhibit]:
    subject = f"mail.{name}.subject.txt"
    yield Exhibit("mail", name, f"mail.{name}.html", state, says, live, beside=(subject,))
    yield Exhibit("mail", name, f"mail.{name}.txt", f"{state}-as-text", f"{says}, as text", live, beside=(subject,))
