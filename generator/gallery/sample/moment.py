"""When it is in the gallery: always the same moment, so that the same input makes the same bytes."""

from datetime import UTC, datetime

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
