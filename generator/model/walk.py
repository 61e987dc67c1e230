"""One customer going through one workflow: the stored thing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from generator.model.consent import Consent
from generator.model.payment import Declined, Key
from generator.model.quote import Answer, Quote
from generator.model.rule import Value
from generator.model.workflow import Outcome

Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Open:
    """The customer may still answer. `declined` is why the last try to pay came to nothing."""

    declined: Declined | None = None


@dataclass(frozen=True)
class Held:
    """An order is open at the biller: the answers are frozen until its intent is settled.

    `subscription` is the one that it will start; empty where it starts none.
    """

    key: Key
    subscription: str = ""


@dataclass(frozen=True)
class Ended:
    """How it ended."""

    outcome: Outcome
    subscription: str = ""
    invoice: str = ""


Standing = Open | Held | Ended


@dataclass(frozen=True)
class Subject:
    """What a walk is about: a plan's ref, the ids of a subscription, of one that is to replace it, of an invoice, of
    the customer for whom it is, where that is somebody else.

    Empty is none.
    """

    plan: str = ""
    subscription: str = ""
    target: str = ""
    invoice: str = ""
    recipient: str = ""

    @property
    def said(self) -> Mapping[str, str]:
        """What it is about, by kind, as addresses and links say it."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Walk:
    """Where the customer stands is computed from this, never stored in it.

    `facts` is what was known of customer and plan when it was last asked; `quote` what the biller last said, and
    `quote_before` what the customer had seen when that changed under them. `attempts` counts the tries to pay: the next
    one's key is made from it, and `tried` is the version of the form that the last one came with. `consents` are
    what the boxes on its steps said when they were sent. `given` is what the link that led here gave to fields that are
    hidden or locked, `<step>.<field>`, as it is written down. `version` grows with every save.
    `promotion` is the code that was typed or came with the link; `offers` is what each choice of a confirmation costs,
    by its id. Times are UTC.
    """

    id: str
    workflow: str
    customer: str
    subject: Subject
    bundle: str
    language: str
    opened: datetime
    touched: datetime
    version: int = 0
    facts: Mapping[str, Value] = field(default_factory=dict)
    answers: Mapping[str, Answers] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    quote: Quote | None = None
    quote_before: Quote | None = None
    promotion: str = ""
    offers: Mapping[str, Quote] = field(default_factory=dict)
    attempts: int = 0
    tried: int | None = None
    standing: Standing = Open()
    consents: tuple[Consent, ...] = ()

    @property
    def key(self) -> Key:
        """The idempotency key of the present try to pay; the same until that try is settled."""
        return f"{self.id}-{self.attempts + 1}"
