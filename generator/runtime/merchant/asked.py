"""What may be asked: the bodies of requests, in the shape that is checked before anything is done."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from generator.model.catalog import Unit
from generator.model.credit import Back

WORDS = r"^[^\x00-\x1f\x7f]*$"

NAME = r"^[A-Za-z0-9][A-Za-z0-9._~@+:=-]{0,119}$"
"""What a merchant may call something: it stands in addresses as it is."""

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""What we can reckon with in every time zone."""

Words = Annotated[str, StringConstraints(max_length=200, pattern=WORDS)]
Name = Annotated[str, StringConstraints(pattern=NAME)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class Asked(BaseModel):
    """Nothing is guessed: a number in quotes is no number, and an unknown key is refused."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class MoneyAsked(Asked):
    """Whole minor units, such as cents, and a currency."""

    minor: int = Field(ge=0, le=10**12)
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class PeriodAsked(Asked):
    """A length of time by the calendar."""

    count: int = Field(ge=1, le=366)
    unit: Unit


class BillingAsked(Asked):
    """Name and address on the invoice; what is left out stays as it is, an empty text takes away."""

    email: Words | None = None
    name: Words | None = None
    company: Words | None = None
    vat_number: Words | None = None
    address_line1: Words | None = None
    address_line2: Words | None = None
    postal_code: Words | None = None
    city: Words | None = None
    country: Words | None = Field(None, description="ISO 3166-1 alpha-2, such as FR.")
    region: Words | None = Field(
        None, description="State or province where addresses have one: ISO 3166-2, such as US-CA, or its name."
    )


class CustomerAsked(Asked):
    """What is said of a customer; what is left out stays as it is, or as it is for who is new."""

    language: Language | None = None
    billing: BillingAsked | None = None
    terms_days: Annotated[int, Field(ge=0, le=365)] | None = Field(
        None, description="Within how many days they may pay by transfer; 0 grants no terms."
    )
    tags: Annotated[list[Tag], Field(max_length=50)] | None = None
    suspended: bool | None = Field(None, description="On hold: they can buy nothing and see no portal.")


class PreparedAsked(Asked):
    """A subscription for one customer, which waits until they take it. What is left out is as the plan has it."""

    customer: Name = Field(description="Who has the rights.")
    payer: Name | None = Field(None, description="Who takes it and is billed for it, if somebody else.")
    plan: Name
    price: MoneyAsked | None = Field(None, description="Of each term, before tax.")
    setup: MoneyAsked | None = Field(None, description="Once, before tax.")
    period: PeriodAsked | None = None
    trial: PeriodAsked | None = None
    commitment: Annotated[int, Field(ge=0, le=120)] | None = Field(
        None, description="How many terms it cannot be left early."
    )
    terms: Annotated[int, Field(ge=0, le=1200)] | None = Field(
        None, description="After so many terms it ends by itself; 0 are without end."
    )
    options: dict[Name, bool | Count] = Field({}, max_length=100)
    starts: date | None = Field(None, description="The day on which it begins; the day on which it is taken, if later.")


class HoldAsked(Asked):
    """On hold at once, or from a later day."""

    on: date | None = None


class EndAsked(Asked):
    """The end of a subscription. Nothing is given back for what is left of its term."""

    when: Literal["now", "term"] = "term"


class UsageAsked(Asked):
    """So much of an option was used. `key` is your own name for this report: the same one again counts nothing more."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[!-~]+$")]
    option: Name
    amount: int = Field(ge=-(10**9), le=10**9, description="Units; less than none takes some back.")
    at: Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST)] | None = Field(
        None, description="When it was used; now, if left out."
    )
    subscription: Name | None = Field(None, description="Needed only where several have this option.")


class ReceivedAsked(Asked):
    """The money for an invoice has arrived by transfer."""

    on: date | None = Field(None, description="The day on which it arrived; today, if left out.")
    reference: Words = ""


Reason = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=WORDS)]
"""Why: in your own words, which the customer reads."""


class RefundAsked(Asked):
    """Money that goes back, as it was paid or by a transfer that you make; a credit note says so."""

    amount: MoneyAsked | None = Field(None, description="Tax included; all that is left of the invoice, if left out.")
    back: Back | None = Field(None, description="`gateway`: as it was paid by card or debit; the default where it was.")
    reason: Reason


class ReasonAsked(Asked):
    """Why this is done; the customer reads it."""

    reason: Reason


class DisputeEndedAsked(Asked):
    """Whether the objection came to nothing, or the money is gone."""

    won: bool
    reason: Reason


class LinkAsked(Asked):
    """An encrypted way in for one customer: a workflow, the portal or one of its sections, and what it is about."""

    customer: Name
    to: Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[a-z][a-z0-9_/-]*$")]
    plan: Name | None = None
    subscription: Name | None = None
    target: Name | None = Field(None, description="What was prepared and is to take the subscription's place.")
    invoice: Name | None = Field(None, description="Its number.")
    recipient: Name | None = Field(None, description="Whom it is for, where the customer pays for somebody else.")
    promotion: Name | None = Field(None, description="A promotion code that is applied from the start.")
    given: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")], Words] | None = Field(
        None, description="Values of hidden and locked fields, by `<step>.<field>`."
    )
    language: Language | None = None
    single_use: bool = False
    hours: Annotated[int, Field(ge=1, le=24 * 30)] | None = None
    mail: bool = Field(False, description="Whether it also goes to the address that the customer is billed at.")


class ClaimAsked(Asked):
    """The merchant's own name for a customer who came as a visitor."""

    ref: Name


class NothingAsked(Asked):
    """There is nothing to say."""
