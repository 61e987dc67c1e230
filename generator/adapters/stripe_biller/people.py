"""Who people are, what they agreed to and how it is called what they buy: kept here, whoever keeps the books."""

from collections.abc import Mapping

from generator.adapters.ledger import Ledger
from generator.model.answer import Answer
from generator.model.consent import Agreement
from generator.model.customer import BillingInfo, Customer, CustomerNews, Unclaimed
from generator.model.price_list import PriceList


class People:
    """The embedded biller's register: Stripe has no place for tags, terms, answers or consents."""

    _register: Ledger

    def customer(self, id: str) -> Customer | None:
        return self._register.customer(id)

    def customer_by_ref(self, ref: str) -> Customer | None:
        return self._register.customer_by_ref(ref)

    def customers_by_email(self, email: str) -> tuple[Customer, ...]:
        return self._register.customers_by_email(email)

    def claim(self, customer: str, ref: str) -> Customer | Unclaimed:
        return self._register.claim(customer, ref)

    def welcome(self, language: str, billing: BillingInfo) -> Customer:
        return self._register.welcome(language, billing)

    def save_billing_info(self, customer: str, billing: BillingInfo) -> None:
        self._register.save_billing_info(customer, billing)

    def save_answers(self, customer: str, section: str, answers: Mapping[str, Answer]) -> None:
        self._register.save_answers(customer, section, answers)

    def put_customer(
        self,
        ref: str,
        language: str,
        billing: BillingInfo,
        terms_days: int,
        tags: frozenset[str],
        suspended: bool = False,
    ) -> Customer:
        return self._register.put_customer(ref, language, billing, terms_days, tags, suspended)

    def tell(self, ref: str, news: CustomerNews) -> Customer:
        return self._register.tell(ref, news)

    def customers(self, after: str, most: int) -> tuple[Customer, ...]:
        return self._register.customers(after, most)

    def consents(self, customer: str) -> tuple[Agreement, ...]:
        return self._register.consents(customer)

    def price_list(self) -> PriceList:
        return self._register.price_list()
