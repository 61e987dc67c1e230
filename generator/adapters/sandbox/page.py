"""A page of the bank in the customer's language, with the headers that keep it safe."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from flask import Response

from generator.adapters.sandbox.cards import Faults
from generator.adapters.sandbox.entry import Status
from generator.adapters.sandbox.mandates import AccountFaults
from generator.adapters.sandbox.spoken import LANGUAGES, PAGES
from generator.adapters.sandbox.spoken import page as spoken_page
from generator.fill import fill
from generator.locale.speech import formats
from generator.model.money import Money

STYLE = (PAGES / "bank.css").read_bytes()


@dataclass(frozen=True)
class CardPage:
    """The card form; `name` and `expiry` are what was typed before."""

    amount: Money
    shop: str
    cancel: str
    faults: Faults
    name: str = ""
    expiry: str = ""
    page: Literal["card"] = "card"

    @property
    def faulty(self) -> bool:
        return self.faults != Faults()


@dataclass(frozen=True)
class MandatePage:
    """The account form with the mandate that the customer gives by it; `holder` is what was typed before."""

    amount: Money
    shop: str
    cancel: str
    reference: str
    faults: AccountFaults
    holder: str = ""
    page: Literal["mandate"] = "mandate"

    @property
    def faulty(self) -> bool:
        return self.faults != AccountFaults()


@dataclass(frozen=True)
class ChallengePage:
    """The bank asks whether it is really the customer."""

    amount: Money
    shop: str
    card: str
    page: Literal["challenge"] = "challenge"


@dataclass(frozen=True)
class DonePage:
    """There is nothing left to decide."""

    status: Status
    amount: Money
    shop: str
    back: str
    debit: bool = False
    page: Literal["done"] = "done"


@dataclass(frozen=True)
class FailurePage:
    """What was asked for cannot be had; `code` is HTTP's."""

    code: int
    page: Literal["failure"] = "failure"


Page = CardPage | MandatePage | ChallengePage | DonePage | FailurePage


@dataclass(frozen=True)
class _Live:
    style: str
    now: Page


def language_of(wished: Iterable[str]) -> str:
    """The first language of these that the bank speaks, or English: `fr-CA` is `fr`."""
    spoken = (tag.partition("-")[0].lower() for tag in wished)
    return next((tag for tag in spoken if tag in LANGUAGES), "en")


def respond(page: Page, language: str, style: str, status: int = 200, onward: Sequence[str] = ()) -> Response:
    """The page; its forms lead to this bank and on to `onward`."""
    spoken = language_of((language,))
    html = fill(spoken_page(spoken), _Live(style, page), formats(spoken))
    response = Response(html, status, mimetype="text/html")
    # Browsers hold every redirect that follows a form to form-action, so the way back has to stand there too.
    targets = " ".join(("'self'", *onward))
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'self'; form-action {targets}; base-uri 'none'; frame-ancestors 'none'"
    )
    return response
