"""The live names of pages and mails that say one thing and lead on."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.action import InvoiceRule, Rule
from generator.model.live.parts import Shell, Url
from generator.model.money import Money


@dataclass(frozen=True)
class NoticePage(Shell):
    """Says one thing and leads on."""

    go_on: Url | None
    """Where it makes sense to go from here."""
    go_to: Literal["walk", "portal", "merchant"]
    """Where that leads."""
    sign_in: Url | None
    """Where who is nobody here signs in by e-mail, where that leads on."""


Why = Literal[""] | Rule | InvoiceRule
"""The rule that decided; empty where none of ours did."""


@dataclass(frozen=True)
class NotNowPage(NoticePage):
    """What was asked for may not be done now."""

    why: Why
    """The rule that decided; empty where none of ours did."""


@dataclass(frozen=True)
class LinkExpiredPage(NoticePage):
    """Its form asks for a fresh link by mail, at its own address."""


@dataclass(frozen=True)
class OtherCustomerPage(NoticePage):
    """Its form switches to the customer whom the link is for, at its own address."""


@dataclass(frozen=True)
class LinkOncePage(NoticePage):
    """Its form uses the link up, at its own address: mail scanners open links, and press no buttons."""


@dataclass(frozen=True)
class LinkMail:
    """Brings a link to a workflow, to the portal or to a section of it."""

    link: Url
    """What it opens is opened by it."""
    days: int
    """How long the link is good."""
    about: str
    """The plan's title or the invoice's number; empty where it is about neither."""
    total: Money | None
    """What an invoice comes to."""


@dataclass(frozen=True)
class LetterMail:
    """Says what became of something while the customer was away."""

    link: Url
    """To where the customer sees it, or can do something about it."""
    days: int
    """How long the link is good."""
    about: str
    """The invoice's or credit note's number, the plan's title where it is about a subscription, or what a payment
    method is called."""
    total: Money | None
    """What was charged or credited, or is to be paid."""
    due: date | None
    """The last day to pay, where it is to be transferred."""
    next: date | None
    """The day on which we try again, where we do."""
    ends: date | None
    """The day on which a subscription is going to end."""
    good_until: date | None
    """The last day on which a card can be charged."""


@dataclass(frozen=True)
class CodeMail:
    """Brings a code to sign in by."""

    code: str
    """Six digits."""
    minutes: int
    """How long the code is good."""


@dataclass(frozen=True)
class FreshLinkMail:
    """Brings the fresh link that was asked for with an old one."""

    link: Url
    """Opens what the old one opened."""
    days: int
    """How long the link is good."""
