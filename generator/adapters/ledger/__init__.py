"""The embedded biller: small but real, on our own database."""

from generator.adapters.ledger.biller import Ledger

__all__ = ["Ledger"]
