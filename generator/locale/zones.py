"""Which time zones there are."""

from pathlib import Path
from zoneinfo import available_timezones

import tzdata


def known(name: str) -> bool:
    """Whether it is one. Looking through all of the machine's takes longer than reading a definition."""
    listed = Path(tzdata.__file__).with_name("zones").read_text(encoding="utf-8")
    return name in listed.split() or name in available_timezones()
