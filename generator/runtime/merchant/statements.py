"""Account statements: what a customer owed, was invoiced, paid and got back in a span of days."""

from dataclasses import dataclass
from datetime import date

from generator.model.statement import Span
from generator.runtime.merchant import customers, told
from generator.runtime.merchant.told import StatementTold
from generator.runtime.merchant.wrong import Fault, Objection
from generator.runtime.parts import Parts


@dataclass(frozen=True)
class Days:
    """From which day to which, as far as anybody said."""

    first: date | None = None
    last: date | None = None

    def span(self, today: date) -> Span:
        """Until today, where nothing else is said, and a year long."""
        last = self.last or today
        return Span(self.first or Span.year(last).first, last)


def show(parts: Parts, ref: str, days: Days) -> StatementTold:
    customer = customers.find(parts, ref)
    span = days.span(parts.today)
    if span.last < span.first:
        says = f"{span.last} is before {span.first}"
        raise Objection("unknown-parameter", says, Fault("to", says, "write a day that is not before the first"))
    return told.statement(parts.biller.statement(customer.id, span), customer.ref)
