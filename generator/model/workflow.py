"""A multi-step form: its steps in order, and the fields in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.model.customer import ADDRESS, AddressPart
from generator.model.day import DayLimit
from generator.model.place import Place, written_at
from generator.model.rule import ALWAYS, Rule
from generator.model.terms import FIVE_AN_HOUR, CoolDown, MethodKind, OfflineKind
from generator.model.text import Text

Asks = Literal[
    "subscribe",
    "start",
    "change_plan",
    "replace",
    "change_options",
    "restart",
    "terminate",
    "register_method",
    "pay_invoice",
]
"""What a workflow asks the biller for."""

Thing = Literal["plan", "subscription", "target", "invoice"]
"""What a workflow may be about."""


@dataclass(frozen=True)
class Purpose:
    """What a workflow is for. `from_` is what a redirect calls it; `about` what must be known when it begins.

    `plan` says whether it begins with a plan, has its customer choose one, or knows none at all. A workflow that is not
    `priced` can never cost anything; one for a `visitor` is begun by who is nobody yet, and its first step makes them
    somebody. What one may pay `for_others` is theirs: such a walk may be about a recipient, too.
    """

    from_: str
    asks: Asks
    about: tuple[Thing, ...]
    plan: Literal["given", "chosen", "none"]
    priced: bool = True
    visitor: bool = False
    for_others: bool = False

    @property
    def things(self) -> tuple[str, ...]:
        """All that it may be about."""
        return (*self.about, "recipient") if self.for_others else self.about


PURPOSES: Mapping[str, Purpose] = {
    "anonymous_subscription": Purpose("subscribe", "subscribe", ("plan",), "given", visitor=True),
    "choose_plan": Purpose("subscribe", "subscribe", (), "chosen", for_others=True),
    "subscribe_to_plan": Purpose("subscribe", "subscribe", ("plan",), "given", for_others=True),
    "subscribe_to_subscription": Purpose("subscribe", "start", ("subscription",), "given"),
    "change_plan": Purpose("upgrade", "change_plan", ("subscription",), "chosen"),
    "change_to_plan": Purpose("upgrade", "change_plan", ("subscription", "plan"), "given"),
    "change_to_subscription": Purpose("upgrade", "replace", ("subscription", "target"), "given"),
    "change_options": Purpose("options", "change_options", ("subscription",), "given"),
    "restart_subscription": Purpose("restart", "restart", ("subscription",), "given"),
    "terminate_subscription": Purpose("terminate", "terminate", ("subscription",), "given"),
    "register_billing_info": Purpose("permission", "register_method", (), "none", priced=False),
    "register_payment_method": Purpose("permission", "register_method", (), "none", priced=False),
    "pay_invoice": Purpose("invoice", "pay_invoice", ("invoice",), "none"),
}
"""Every workflow by its public id."""

TAKES_CODE: tuple[Asks, ...] = ("subscribe", "start", "change_plan", "replace")
"""What a promotion may lower the price of: a new subscription, and another plan."""

FieldKind = Literal[
    "text",
    "long_text",
    "email",
    "phone",
    "integer",
    "decimal",
    "choice",
    "choices",
    "date",
    "country",
    "region",
    "vat_number",
    "iban",
    "consent",
    "hidden",
]

HIDDEN_KINDS: tuple[FieldKind, ...] = ("text", "email", "integer", "decimal", "date", "country")
"""What a `hidden` field may hold: what can be written in one word."""

StepKind = Literal["catalog", "options", "billing_info", "form", "message", "summary", "confirm", "payment"]

PaymentCase = Literal["free", "register_method", "pay_later", "pay_now"]

Outcome = Literal["nocharge", "paid", "pending", "registered", "due"]

PersonalData = Literal["unsaid", "none", "contact", "identity", "financial"]


@dataclass(frozen=True)
class Choosable:
    """One of the answers that a field of kind `choice` or `choices` offers. `was` are names that it had before."""

    id: str
    label: Text | None = None
    was: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One input. `label` and `help` that nobody wrote come from the theme; `document` is a key of `site.urls`.

    `minimum` and `maximum` bound a number, or how many of several `choices` are picked; `earliest` and `latest` bound a
    day. A decimal has at most so many `digits` behind its point. A `locked` field cannot be changed where its value is
    known; a `hidden` one `holds` what a link gave. `was` are names that it had before: what was answered then counts.
    `part` is what it is of the address on the invoice, where it is any: what is asked of that depends on the country.
    """

    id: str
    kind: FieldKind
    required: bool = False
    when: Rule = ALWAYS
    label: Text | None = None
    help: Text | None = None
    options: tuple[Choosable, ...] = ()
    min_length: int = 0
    max_length: int = 200
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    digits: int = 2
    earliest: DayLimit | None = None
    latest: DayLimit | None = None
    locked: bool = False
    holds: FieldKind = "text"
    autocomplete: str = ""
    document: str = ""
    pii: PersonalData = "unsaid"
    was: tuple[str, ...] = ()
    part: Literal[""] | AddressPart = ""
    place: Place = written_at()

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names that its inputs have in a form: its own, and for several choices one more for each of them."""
        return (self.id, *(self.input_of(option) for option in self.options if self.kind == "choices"))

    @property
    def texts(self) -> tuple[Text, ...]:
        """Everything that the definition says of it."""
        said = (self.label, self.help, *(option.label for option in self.options))
        return tuple(text for text in said if text)

    def input_of(self, option: Choosable) -> str:
        """The name of one of several boxes. No field is called so: the hyphen is in no field's name."""
        return f"{self.id}-{option.id}"


def address(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Those that are the address and stand together in the usual order: each country has them in its own.

    None where somebody arranged them otherwise: then they stay as they were written.
    """
    fields = tuple(fields)
    parts = tuple(field for field in fields if field.part)
    if not parts:
        return ()
    first = fields.index(parts[0])
    together = fields[first : first + len(parts)] == parts
    usual = [part for part in ADDRESS if part in [field.part for field in parts]]
    return parts if together and [field.part for field in parts] == usual else ()


ChoiceId = Literal["terminate", "keep", "pause"]
"""What a customer who leaves may choose."""


@dataclass(frozen=True)
class LeavingChoice:
    """One of the ways on from a confirmation: leave, keep it with the promotion of this code, or pause it.

    A pause is over at most so many `days` after it began. Nothing hides `terminate`. `title` and `text` that nobody
    wrote come from the theme.
    """

    id: ChoiceId
    when: Rule = ALWAYS
    title: Text | None = None
    text: Text | None = None
    promotion: str = ""
    days: int = 90
    place: Place = written_at()


TERMINATE = LeavingChoice("terminate")


@dataclass(frozen=True)
class Step:
    """One screen of a workflow. `origin` is the workflow that declares it: a continued workflow shares its steps.

    `text` is what a `message` says.
    A summary with a `promotion_code` has an input for one. A confirmation has `choices`, leaving among them. `was` are
    names that it had before.
    """

    id: str
    kind: StepKind
    origin: str
    when: Rule = ALWAYS
    title: Text | None = None
    intro: Text | None = None
    text: Text | None = None
    fields: tuple[Field, ...] = ()
    promotion_code: bool = False
    choices: tuple[LeavingChoice, ...] = ()
    was: tuple[str, ...] = ()
    place: Place = written_at()

    @property
    def silent(self) -> bool:
        """Whether nobody is ever asked anything in it: it only holds what links give."""
        return self.kind == "form" and bool(self.fields) and all(field.kind == "hidden" for field in self.fields)

    @property
    def page(self) -> str:
        """The name of its baked page."""
        return f"{self.origin}.{self.id}"

    @property
    def address(self) -> tuple[Field, ...]:
        """The fields of the address, where the customer's country arranges them."""
        return address(self.fields)

    @property
    def boxes(self) -> tuple[Field, ...]:
        """The fields by which a customer agrees to something."""
        return tuple(field for field in self.fields if field.kind == "consent")

    def says(self, box: Field) -> str:
        """The name of what is baked of a box alone: the words that stand beside it."""
        return f"consent.{self.page}.{box.id}"

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every condition in it."""
        return (self.when, *(field.when for field in self.fields), *(choice.when for choice in self.choices))

    @property
    def texts(self) -> tuple[Text, ...]:
        """Everything that the definition says in it."""
        chosen = (text for choice in self.choices for text in (choice.title, choice.text))
        said = (self.title, self.intro, self.text, *chosen)
        return (*(text for text in said if text), *(text for field in self.fields for text in field.texts))

    def choice(self, id: ChoiceId) -> LeavingChoice | None:
        return next((choice for choice in self.choices if choice.id == id), None)


@dataclass(frozen=True)
class Case:
    """One row of the payment step's decision table."""

    case: PaymentCase
    when: Rule = ALWAYS
    place: Place = written_at()


@dataclass(frozen=True)
class PaymentStep(Step):
    """The last step: the first case that holds decides what the customer is asked."""

    methods: tuple[MethodKind | OfflineKind, ...] = ()
    cool_down: CoolDown = FIVE_AN_HOUR
    cases: tuple[Case, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (*super().rules, *(case.when for case in self.cases))


AnyStep = Step | PaymentStep


@dataclass(frozen=True)
class Workflow:
    """`steps` are all that a customer may walk, the continued workflow's included; `continues` says whose those are."""

    id: str
    title: Text | None
    steps: tuple[AnyStep, ...]
    continues: str = ""
    place: Place = written_at()

    @property
    def from_(self) -> str:
        """What a redirect calls it."""
        return self.purpose.from_

    @property
    def purpose(self) -> Purpose:
        return PURPOSES[self.id]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every condition in its steps."""
        return tuple(rule for step in self.steps for rule in step.rules)

    def step(self, id: str) -> AnyStep | None:
        return next((step for step in self.steps if step.id == id), None)
