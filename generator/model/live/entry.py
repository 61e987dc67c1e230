"""The live names of pages for who is nobody yet: signing in, and the catalog that anybody may see."""

from dataclasses import dataclass
from typing import Literal

from generator.model.live.parts import PlanView, Shell, Url


@dataclass(frozen=True)
class SignInPage(Shell):
    """Asks for an e-mail address."""

    email: str
    """What was typed."""
    fault: Literal["", "required", "malformed"]
    """What is wrong with what was typed; empty where nothing is."""


@dataclass(frozen=True)
class CodePage(Shell):
    """Asks for the code that was mailed. The same whether the address is known or not."""

    email: str
    """Where the code was sent."""
    minutes: int
    """How long it is good."""
    fault: Literal["", "wrong"]
    """What is wrong with the code that was typed; empty where nothing is."""
    again: Url
    """Where another code, or another address, is asked for."""


@dataclass(frozen=True)
class AccountView:
    """One of several accounts that have the same e-mail address."""

    id: str
    """What its button sends."""
    name: str
    """Whose it is."""
    detail: str
    """What tells it from the others: its plans; our id where it has none and another has its name."""


@dataclass(frozen=True)
class AccountsPage(Shell):
    """Asks which of several accounts it shall be."""

    email: str
    """The address that they share."""
    accounts: tuple[AccountView, ...]


@dataclass(frozen=True)
class OfferCard:
    """A plan, and where choosing it leads."""

    plan: PlanView
    choose: Url
    """Where choosing it leads."""


@dataclass(frozen=True)
class OfferTable:
    """Plans side by side."""

    title: str
    """What stands above them."""
    cards: tuple[OfferCard, ...]


@dataclass(frozen=True)
class OffersPage(Shell):
    """The catalog that anybody may see."""

    tables: tuple[OfferTable, ...]
    any: bool
    """Whether there is a plan at all."""
    log_in: Url | None
    """Where who is a customer already signs in; none for who has."""
