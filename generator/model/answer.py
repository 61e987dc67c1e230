"""What a customer gave in one field."""

from datetime import date
from decimal import Decimal

Answer = bool | int | str | Decimal | date | tuple[str, ...]
"""A tick, a number, words, an exact number, a day, several choices."""
