"""Payment methods on file."""

from generator.model.payment import Method

CARD = Method("card-visa", "card", "Visa •••• 4242", "2031-01", default=True)
SECOND = Method("card-mastercard", "card", "Mastercard •••• 4444", "2030-06")
MANDATE = Method("sepa-1", "sepa", "SEPA •••• 3000")
EXPIRES_SOON = Method("card-soon", "card", "Visa •••• 1881", "2026-12", default=True)
EXPIRED = Method("card-past", "card", "American Express •••• 0005", "2026-08", default=True)
