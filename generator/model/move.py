"""Everything that can follow when a customer submits a step, or the outside world answers."""

from dataclasses import dataclass
from datetime import datetime

from generator.model.payment import Choice
from generator.model.problem import FieldProblem
from generator.model.walk import Answers
from generator.model.workflow import Outcome, PaymentCase


@dataclass(frozen=True)
class Show:
    """Show this step; with problems, the same one again with what was typed."""

    step: str
    problems: tuple[FieldProblem, ...] = ()


@dataclass(frozen=True)
class Keep:
    """The answers to a step are good: keep them, ask the biller anew where they change the price, and go on.

    Where it `commits`, nothing is left to ask: the customer has confirmed what costs nothing.
    """

    step: str
    answers: Answers
    commits: bool = False


@dataclass(frozen=True)
class Apply:
    """The price is asked anew with this promotion code, or with none; what else is on the page is kept."""

    step: str
    answers: Answers
    promotion: str
    problems: tuple[FieldProblem, ...] = ()


@dataclass(frozen=True)
class Ask:
    """Commit to the quote and, for all but free, ask for payment in this way."""

    case: PaymentCase
    choice: Choice
    shown: str


@dataclass(frozen=True)
class Cool:
    """Too many tries were declined: no bank is asked again until then."""

    step: str
    until: datetime


@dataclass(frozen=True)
class Leave:
    """On to an address of the gateway."""

    url: str


@dataclass(frozen=True)
class Wait:
    """Nothing is decided yet; the customer may ask again."""


@dataclass(frozen=True)
class End:
    """The walk is over."""

    outcome: Outcome


Move = Show | Keep | Apply | Ask | Cool | Leave | Wait | End
