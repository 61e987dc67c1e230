"""How a customer pays, and what came of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from generator.model.money import Money
from generator.model.terms import MethodKind as MethodKind
from generator.model.terms import OfflineKind as OfflineKind

Key = str
"""An idempotency key: the same key again is the same charge, never a second one."""


@dataclass(frozen=True)
class Method:
    """A payment method on file at the gateway: a card, or a SEPA mandate by which an account may be debited.

    `label` is masked (`Visa •••• 4242`, `SEPA •••• 3000`); `expires` is `YYYY-MM`, empty where it never does.
    """

    id: str
    kind: MethodKind
    label: str
    expires: str = ""
    default: bool = False

    def expired(self, today: date) -> bool:
        """A card is good to the end of its month."""
        return bool(self.expires) and self.expires < f"{today:%Y-%m}"


@dataclass(frozen=True)
class Saved:
    """Pay with a method that is on file."""

    method: str


@dataclass(frozen=True)
class New:
    """Pay with a method that the gateway takes: on its own page, or in a field of its own on ours.

    `away`: on its own page in any case, as the field did not come up.
    """

    kind: MethodKind
    away: bool = False


@dataclass(frozen=True)
class Offline:
    """Pay outside of any gateway, on the terms that the merchant granted."""

    kind: OfflineKind


@dataclass(frozen=True)
class Without:
    """Nothing to pay with: it is free, or a method on file will be charged later."""


Choice = Saved | New | Offline | Without


@dataclass(frozen=True)
class Charge:
    """What the gateway is asked to take. With `amount` zero it only registers the method for later."""

    order: str
    customer: str
    amount: Money
    choice: Saved | New
    payee: str
    """What the customer knows the merchant by."""
    language: str
    come_back: str
    """Where the gateway's page sends the customer afterwards: our own absolute address."""
    present: bool = True
    """Whether the customer is there, and can be sent to their bank."""


@dataclass(frozen=True)
class Paid:
    """The money is there: this amount, to be held against what was asked for."""

    reference: str
    method: str
    amount: Money


@dataclass(frozen=True)
class Registered:
    """A method is on file; no money moved."""

    method: str


@dataclass(frozen=True)
class Pending:
    """The bank is still at it: neither failure nor success. `by` is the day by which it should be known, if any is."""

    reference: str
    by: date | None = None


DeclineReason = Literal[
    "declined",
    "insufficient_funds",
    "expired",
    "authentication_failed",
    "authentication_required",
    "mandate_refused",
    "cancelled",
]


@dataclass(frozen=True)
class Declined:
    """No money moved, and with this key none ever will."""

    reason: DeclineReason

    @property
    def counts(self) -> bool:
        """Whether a bank said no: who gave up, or never came to the bank's page, was declined nothing.

        Neither was who is not there to confirm.
        """
        return self.reason not in ("cancelled", "authentication_required")


@dataclass(frozen=True)
class Elsewhere:
    """The customer has to go on at this address of the gateway; nothing is decided yet."""

    url: str


@dataclass(frozen=True)
class Inset:
    """A field of the gateway's on a page of ours, while nothing is decided: what its script is told, and what browsers
    are told about that page alone.

    `script` is its address. `key` says whose field it is, and `secret` for which charge: neither is written down.
    The others are origins: of scripts, of frames, and of what those scripts ask.
    """

    script: str
    key: str
    secret: str = field(repr=False)
    scripts: tuple[str, ...]
    frames: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True)
class Unknown:
    """Nobody can say yet; only the gateway will, when asked again. Never to be guessed."""


Result = Paid | Registered | Pending | Declined | Elsewhere | Unknown
"""All that a gateway can answer."""


@dataclass(frozen=True)
class Refunded:
    """The money is on its way back: this amount, to be held against what was asked for."""

    reference: str
    amount: Money


@dataclass(frozen=True)
class NotRefunded:
    """No money went back, and with this key none ever will.

    `unpaid`: nothing was ever taken with that charge. `too_much`: more than is left of it. `refused`: the customer's
    bank takes none back.
    """

    reason: Literal["unpaid", "too_much", "refused"]


@dataclass(frozen=True)
class Dispute:
    """The customer's bank objects to a charge, or did: whether that is `open`, and how much it has taken back for good.

    `reason` is the gateway's own word for why, for who reads logs.
    """

    open: bool
    lost: Money
    reason: str = ""


RefundResult = Refunded | NotRefunded | Unknown
"""All that a gateway can answer who is asked to give money back."""


@dataclass(frozen=True)
class Promised:
    """The customer will pay outside of any gateway, within the terms."""

    kind: OfflineKind


@dataclass(frozen=True)
class NothingDue:
    """Free, or charged later on a method that is on file or on terms."""


Settlement = Paid | Registered | Declined | Promised | NothingDue
"""All that an order can be closed with; `Declined` abandons it."""


@dataclass(frozen=True)
class Intent:
    """That we are about to ask for money: on disk, with its key, before anybody is asked.

    It keeps all that the gateway is told, so that asking again after a crash asks for the very same. `result` is the
    last that the gateway said, `decided` when that was known for good, `closed` whether the biller has been told how it
    ended. Times are UTC. Where nobody asked, there is no walk, and `invoice` is what is charged by itself; the order
    is opened when the intent is saved, and is empty until then.
    """

    key: Key
    walk: str
    order: str
    customer: str
    amount: Money
    choice: Choice
    payee: str
    language: str
    come_back: str
    asked: datetime
    next_check: datetime
    checks: int = 0
    result: Result | Promised | NothingDue = Unknown()
    closed: bool = False
    decided: datetime | None = None
    invoice: str = ""
