"""What became of a customer's payments while they were away: under way, or come to nothing."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from generator.model.customer import Customer
from generator.model.live.parts import PaymentNews
from generator.model.payment import Pending, Unknown
from generator.model.walk import Ended, Held, Open, Walk
from generator.runtime import addresses
from generator.runtime.parts import Parts
from generator.runtime.present import offers
from generator.runtime.survey import Survey


class News:
    """Reads what is stored; asks no bank, the worker does."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._survey = Survey(parts)

    def of(self, customer: Customer, language: str) -> tuple[PaymentNews, ...]:
        """The newest first."""
        return tuple(self._all(customer, language))

    def under_way(self, customer: Customer) -> bool:
        """Whether an order of theirs waits for its payment."""
        return bool(self._parts.store.held(customer.id))

    def _all(self, customer: Customer, language: str) -> Iterator[PaymentNews]:
        for walk in self._parts.store.open_walks(customer.id):
            match walk.standing:
                case Held(key=key):
                    intent = self._parts.store.intent(key)
                    if intent is not None and isinstance(intent.result, Pending | Unknown):
                        by = intent.result.by if isinstance(intent.result, Pending) else None
                        yield self._about(walk, "under_way", language, by)
                case Open(declined=declined) if declined is not None and declined.counts:
                    if not self._survey.expired(walk):
                        yield self._about(walk, "failed", language)
                case Open() | Ended():
                    pass

    def _about(
        self, walk: Walk, state: Literal["under_way", "failed"], language: str, by: date | None = None
    ) -> PaymentNews:
        assert walk.quote is not None, "nobody pays without a quote"
        return PaymentNews(
            state=state,
            about=offers.about(walk.quote.request.change),
            name=self._survey.name(walk, language),
            amount=walk.quote.due_now,
            by=by,
            go_on=addresses.walk(walk.id),
        )
