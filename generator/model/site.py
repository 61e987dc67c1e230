"""Everything that one definition says, checked and merged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from generator.model.countries import EU
from generator.model.place import Place, written_at
from generator.model.portal import Portal
from generator.model.slots import NOTHING_SAID, Slots
from generator.model.text import Phrase, Text
from generator.model.workflow import Field, Workflow


@dataclass(frozen=True)
class Setting:
    """A value that a merchant sets in a theme. `at` is where the name of the setting is written."""

    name: str
    value: str
    place: Place = written_at()
    at: Place = written_at()


@dataclass(frozen=True)
class Look:
    """The theme and the handful of values that a merchant sets in it. `logo` is a file beside the definition."""

    theme: str = "plain"
    settings: tuple[Setting, ...] = ()
    logo: str = ""
    theme_place: Place = written_at()
    logo_place: Place = written_at()


@dataclass(frozen=True)
class Seller:
    """Who sells, as the law wants it said. `country` is ISO 3166-1, `registration` the number in its register."""

    legal_name: str = ""
    address: str = ""
    vat_number: str = ""
    country: str = ""
    registration: str = ""


@dataclass(frozen=True)
class Market:
    """Where is sold, by ISO 3166-1, or `EU` for all of its member states: the rules of that place are checked, too."""

    code: str
    place: Place = written_at()

    def within(self, *territories: str) -> bool:
        """Whether what holds in one of these is of any concern here: a part of it, or all that it is a part of."""
        return any(
            self.code == territory or (self.code in EU and territory == "EU") or (territory in EU and self.code == "EU")
            for territory in territories
        )


@dataclass(frozen=True)
class BankAccount:
    """Where transfers go. Empty where the merchant says it in another way."""

    holder: str = ""
    iban: str = ""
    bic: str = ""

    @property
    def written(self) -> str:
        """The IBAN as people write it, four by four."""
        return " ".join(self.iban[at : at + 4] for at in range(0, len(self.iban), 4))


@dataclass(frozen=True)
class Address:
    """A web address as it was written."""

    url: str
    place: Place = written_at()

    @property
    def local(self) -> bool:
        """Whether it is a developer's own machine, called without https."""
        parts = urlsplit(self.url)
        return parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")


@dataclass(frozen=True)
class After:
    """The name of the target that a finished walk goes to."""

    target: str
    place: Place = written_at()


Audience = Literal["visitor", "customer", "change"]
"""Who sees plans to choose from: who is nobody yet, a customer, one who changes the plan of a subscription."""


@dataclass(frozen=True)
class Redirects:
    """The ways out. Only names leave our hands; their addresses stand here, under `allow`.

    `after` goes from `<workflow>.<outcome>`, `<workflow>`, `<from>` or `default` to a target's name; `leave` is for
    those who go without finishing. `sign_up` and `log_in` are where a visitor becomes somebody at the merchant's;
    `opens` stands in place of our page of plans, `chooses` in place of going on with the plan that was chosen.
    """

    allow: tuple[Address, ...] = ()
    targets: Mapping[str, Address] = field(default_factory=dict)
    after: Mapping[str, After] = field(default_factory=dict)
    leave: str = ""
    sign_up: str = ""
    log_in: str = ""
    opens: Mapping[Audience, str] = field(default_factory=dict)
    chooses: Mapping[Audience, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Site:
    """A whole validated definition. `urls` are the merchant's public documents: terms, privacy, support, website.

    `wordings` are what the merchant says otherwise than the theme, by language and by the theme's own keys. `biller` is
    who keeps the books: `ledger` or `stripe`.
    """

    name: str
    languages: tuple[str, ...]
    currency: str
    time_zone: str
    look: Look
    seller: Seller
    urls: Mapping[str, str]
    redirects: Redirects
    portal: Portal
    workflows: tuple[Workflow, ...]
    walk_days: int = 7
    bank_account: BankAccount = BankAccount()
    markets: tuple[Market, ...] = ()
    slots: Slots = NOTHING_SAID
    wordings: Mapping[str, Mapping[str, Phrase]] = field(default_factory=dict)
    biller: str = "ledger"

    @property
    def texts(self) -> Iterator[Text]:
        """Everything that the definition says. What several steps share is met again."""
        yield from self.slots.texts
        for workflow in self.workflows:
            yield from (workflow.title,) if workflow.title else ()
            for step in workflow.steps:
                yield from step.texts
        for section in self.portal.sections:
            yield from section.texts

    @property
    def phrases(self) -> Iterator[Phrase]:
        """Every sentence of its texts, in the languages that it speaks."""
        yield from (phrase for text in self.texts for phrase in text.phrases if phrase.language in self.languages)
        yield from (phrase for said in self.wordings.values() for phrase in said.values())

    def market(self, *territories: str) -> Market | None:
        """The first market in which the rules of one of these hold."""
        return next((market for market in self.markets if market.within(*territories)), None)

    @property
    def forms(self) -> Iterator[tuple[Field, ...]]:
        """The fields that stand together, of each step and each section. What several steps share is met again."""
        yield from (step.fields for workflow in self.workflows for step in workflow.steps)
        yield from (section.fields for section in self.portal.sections)

    @property
    def sells(self) -> bool:
        """Whether anybody can subscribe to anything here."""
        return any(workflow.purpose.asks in ("subscribe", "start") for workflow in self.workflows)

    def workflow(self, id: str) -> Workflow | None:
        return next((workflow for workflow in self.workflows if workflow.id == id), None)
