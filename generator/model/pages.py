"""Every page that is baked, by its kind: which template makes it, and which live names it has."""

from dataclasses import dataclass
from typing import Literal, get_args

from generator.model.letter import LetterKind
from generator.model.workflow import PURPOSES


@dataclass(frozen=True)
class PageKind:
    """`template` is the theme's file; `live` names the type in `model/live` whose attributes are the page's live names:
    who only asks which pages there are need not load them all."""

    template: str
    live: str


NoticeName = Literal[
    "not_found",
    "gone",
    "signed_out",
    "signed_off",
    "suspended",
    "form_too_old",
    "changed_elsewhere",
    "finished_elsewhere",
    "too_large",
    "malformed",
    "not_allowed",
    "no_longer_offered",
    "nothing_to_pay",
    "not_now",
    "under_way",
    "paid_by_other",
    "recipient_unknown",
    "recipient_suspended",
    "too_often",
    "method_needed",
    "unavailable",
    "not_printed",
    "our_mistake",
    "mail_on_its_way",
    "link_expired",
    "link_early",
    "link_once",
    "other_customer",
]
"""Every page of this kind, by the name that its texts have."""

STEP_PAGES = {
    "catalog": PageKind("steps/catalog.html", "steps.CatalogPage"),
    "options": PageKind("steps/options.html", "steps.OptionsPage"),
    "billing_info": PageKind("steps/form.html", "steps.FormPage"),
    "form": PageKind("steps/form.html", "steps.FormPage"),
    "message": PageKind("steps/message.html", "steps.FormPage"),
    "summary": PageKind("steps/summary.html", "steps.SummaryPage"),
    "confirm": PageKind("steps/confirm.html", "steps.ConfirmPage"),
    "payment": PageKind("steps/payment.html", "steps.PaymentPage"),
}
"""By step kind: one page for each step of the definition."""

BILL_PAGES = {
    "summary": PageKind("steps/summary.html", "steps.BillSummaryPage"),
    "payment": PageKind("steps/payment.html", "steps.BillPaymentPage"),
}
"""The same for a step of a workflow that is about no plan, where that makes a difference."""

QUOTE = "quote"
"""The part of an options page that follows what is typed."""

ADDRESS = "address"
"""The part of a page with billing info that follows the country that is chosen."""

STEP_PARTS = {
    "options": {QUOTE: PageKind("steps/options.quote.html", "steps.OptionsPage")},
    "billing_info": {ADDRESS: PageKind("steps/form.address.html", "steps.FormPage")},
}
"""By step kind: parts of its page that are asked for by themselves, each baked as a page of its own."""

WALK_PAGES = {
    "waiting": PageKind("steps/waiting.html", "steps.WaitingPage"),
    "paying": PageKind("steps/paying.html", "steps.PayingPage"),
    "done": PageKind("steps/done.html", "steps.DonePage"),
}
"""What a walk shows when there is nothing left to fill in. The names are reserved: no step may be called so."""

PORTAL_PAGES = {
    "subscriptions": PageKind("portal/subscriptions.html", "portal.SubscriptionsPage"),
    "invoices": PageKind("portal/invoices.html", "portal.InvoicesPage"),
    "billing_info": PageKind("portal/billing_info.html", "portal.BillingInfoPage"),
    "payment_method": PageKind("portal/payment_method.html", "portal.PaymentMethodPage"),
    "text": PageKind("portal/text.html", "portal.TextPage"),
    "form": PageKind("portal/form.html", "portal.AnswersPage"),
}
"""By section kind: one page for each section of the definition. A link has none: it leads elsewhere."""

MORE_PAGES = {
    "subscriptions": {"one": PageKind("portal/subscription.html", "portal.SubscriptionPage")},
    "invoices": {
        "one": PageKind("portal/invoice.html", "portal.InvoicePage"),
        "credit": PageKind("portal/credit_note.html", "accounts.CreditNotePage"),
        "statement": PageKind("portal/statement.html", "accounts.StatementPage"),
    },
    "billing_info": {ADDRESS: PageKind("portal/form.address.html", "portal.BillingInfoPage")},
    "payment_method": {"remove": PageKind("portal/remove_method.html", "portal.RemoveMethodPage")},
}
"""What a section of this kind has beside its own page, by name; `one` is about one of the things that it lists."""

PARTS = (QUOTE, ADDRESS)
"""What pieces of a page are called that are asked for by themselves."""

PRINTS = {
    "invoice": PageKind("print/invoice.html", "portal.InvoicePrint"),
    "credit_note": PageKind("print/credit_note.html", "accounts.CreditNotePrint"),
    "statement": PageKind("print/statement.html", "accounts.StatementPrint"),
}
"""What is printed on paper: HTML as well, with a style sheet of its own."""

ENTRY_PAGES = {
    "sign_in": PageKind("entry/sign_in.html", "entry.SignInPage"),
    "code": PageKind("entry/code.html", "entry.CodePage"),
    "accounts": PageKind("entry/accounts.html", "entry.AccountsPage"),
    "offers": PageKind("entry/offers.html", "entry.OffersPage"),
}
"""What who is nobody yet may see: signing in by e-mail, and the catalog."""

_NOTICE_LIVE = {
    "link_expired": "notices.LinkExpiredPage",
    "link_once": "notices.LinkOncePage",
    "other_customer": "notices.OtherCustomerPage",
    "not_now": "notices.NotNowPage",
    "nothing_to_pay": "notices.NotNowPage",
}

NOTICES = {name: PageKind("notice.html", _NOTICE_LIVE.get(name, "notices.NoticePage")) for name in get_args(NoticeName)}
"""Pages that say one thing and lead on: errors, and answers to a link that cannot be followed."""

MAILED_SECTIONS = ("subscriptions", "invoices", "billing_info", "payment_method")
"""Sections with words of their own in a mail; any other is spoken of as the portal."""

LINK_MAILS = {
    to: PageKind("mail/link", "notices.LinkMail")
    for to in (*(id for id, purpose in PURPOSES.items() if not purpose.visitor), "portal", *MAILED_SECTIONS)
}
"""By what their link opens: a workflow, the portal or one of its sections."""

LETTER_MAILS = {kind: PageKind("mail/told", "notices.LetterMail") for kind in get_args(LetterKind)}
"""What customers are told because of what became of something while they were away."""

MAILS = {
    "fresh_link": PageKind("mail/fresh_link", "notices.FreshLinkMail"),
    "code": PageKind("mail/code", "notices.CodeMail"),
    **{f"link.{to}": kind for to, kind in LINK_MAILS.items()},
    **{f"letter.{letter}": kind for letter, kind in LETTER_MAILS.items()},
}
"""E-mails: each is three templates, `.subject.txt`, `.html` and `.txt`."""

PAGES: tuple[PageKind, ...] = (
    *(kind for table in (STEP_PAGES, BILL_PAGES, WALK_PAGES, PORTAL_PAGES, PRINTS) for kind in table.values()),
    *(kind for table in (ENTRY_PAGES, NOTICES, MAILS) for kind in table.values()),
    *(kind for table in (STEP_PARTS, MORE_PAGES) for beside in table.values() for kind in beside.values()),
)
"""Every kind of page that there is."""
