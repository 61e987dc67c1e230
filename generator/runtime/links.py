"""Encrypted ways in: what a link says, how one is made, and what a fresh one looks like."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from generator.model.walk import Subject
from generator.runtime import addresses
from generator.seal.token import Sealer

GOOD_FOR = timedelta(hours=24)
MAILED_GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Link:
    """`to` is a workflow's id, or `portal` with or without a section; `customer` is the merchant's name for them.

    `plan` is the ref, `subscription`, `target` and `invoice` are the ids of what the workflow is about.

    By the merchant's own name, so that whoever has the key can make one without asking us first.
    """

    customer: str
    to: str
    plan: str = ""
    subscription: str = ""
    target: str = ""
    invoice: str = ""
    language: str = ""

    @property
    def path(self) -> str:
        """The clean address that it leads to."""
        if self.to == "portal" or self.to.startswith("portal/"):
            return f"/{self.to}"
        return addresses.start(self.to, Subject(self.plan, self.subscription, self.target, self.invoice))

    def says(self) -> Mapping[str, str]:
        """What is sealed."""
        return {name: value for name, value in asdict(self).items() if value}


def make(link: Link, sealer: Sealer, base_url: str, now: datetime, good_for: timedelta = GOOD_FOR) -> str:
    """A whole address that opens the link's page for its customer."""
    return base_url + addresses.link(sealer.seal(link.says(), now, good_for))
