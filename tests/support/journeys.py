"""What a customer does again and again in tests, as sentences."""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from generator.model.customer import Customer
from generator.rehearsal.visitor import Visitor
from tests.support.town import Town

BILLING = {
    "email": "ada@example.com",
    "name": "Ada Lovelace",
    "address_line1": "12 St James's Square",
    "postal_code": "SW1Y 4JH",
    "city": "London",
    "country": "GB",
}

GOOD, DECLINED, BROKE = "4242 4242 4242 4242", "4000 0000 0000 0002", "4000 0000 0000 9995"
CHALLENGED, SLOW, UNHEARD = "4000 0025 0000 3155", "4000 0000 0000 0077", "4000 0000 0000 0119"


def gives_card(visitor: Visitor, number: str = GOOD) -> Visitor:
    """On the bank's page."""
    return visitor.submit(number=number, expiry="12/30", cvc="123")


def comes_to_payment(town: Town, visitor: Visitor, customer: Customer, plan: str = "studio") -> Visitor:
    """From a link to the payment step, with everything before it filled in."""
    visitor.open(town.link(customer, "subscribe_to_plan", plan))
    for _ in range(8):
        match visitor.step:
            case "billing_info":
                visitor.submit(**BILLING)
            case "onboarding":
                visitor.submit(team_size="25")
            case "summary":
                visitor.submit(terms="true")
            case "options":
                visitor.submit()
            case "payment":
                return visitor
    raise AssertionError(f"payment is not reached: {visitor.url} {visitor.text[:200]}")


def said(visitor: Visitor) -> Mapping[str, str]:
    """The parameters of the address where the customer is."""
    return {name: values[0] for name, values in parse_qs(urlsplit(visitor.url).query).items()}
