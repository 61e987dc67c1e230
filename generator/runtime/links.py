"""Encrypted ways in: what a link says, how one is made, and what a fresh one looks like."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, timedelta

from generator.model.walk import Subject
from generator.runtime import addresses, rels
from generator.seal.token import Sealer

GOOD_FOR = timedelta(hours=24)
MAILED_GOOD_FOR = timedelta(days=7)

YES = "yes"


@dataclass(frozen=True)
class Link:
    """`to` is a workflow's id or old rel name, or `portal` with or without a section; `customer` the merchant's name.

    `plan` is the ref, `subscription`, `target` and `invoice` are the ids of what the workflow is about. By the
    merchant's own name, so that whoever has the key can make one without asking us first; so is `recipient`, for whom
    the customer subscribes, where that is somebody else. A `single_use` link opens a
    page with a button, and only that button uses it up: mail scanners open links. A `mailed` one is good for longer.
    What is `given` goes into the workflow's hidden and locked fields, `<step>.<field>`.
    A `promotion` is a code that is applied from the start.
    """

    customer: str
    to: str
    plan: str = ""
    subscription: str = ""
    target: str = ""
    invoice: str = ""
    language: str = ""
    single_use: bool = False
    mailed: bool = False
    recipient: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    promotion: str = ""

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return Subject(self.plan, self.subscription, self.target, self.invoice)

    @property
    def opens(self) -> str:
        """The workflow or section by its present name."""
        return rels.meant(self.to, self.subject)

    def path(self, recipient: str = "") -> str:
        """The clean address that it leads to; that names the recipient by our id, which nobody can guess."""
        if self.opens == "portal" or self.opens.startswith("portal/"):
            return f"/{self.opens}"
        return addresses.start(self.opens, replace(self.subject, recipient=recipient), self.promotion)

    @property
    def good_for(self) -> timedelta:
        """How long one is good where nobody says otherwise."""
        return MAILED_GOOD_FOR if self.mailed else GOOD_FOR

    def says(self) -> Mapping[str, str]:
        """What is sealed."""
        said = {name: value for name, value in asdict(self).items() if value}
        if self.given:
            said["given"] = json.dumps(dict(self.given), ensure_ascii=False)
        return {name: YES if value is True else str(value) for name, value in said.items()}


TEXTS = tuple(field.name for field in fields(Link) if field.type is str)


def said(says: Mapping[str, str]) -> Link:
    """The link that was sealed. What a newer release has put into it is left aside."""
    texts = {name: says[name] for name in TEXTS if name in says}
    given = json.loads(says.get("given", "{}"))
    return Link(**texts, single_use="single_use" in says, mailed="mailed" in says, given=given)


def make(link: Link, sealer: Sealer, base_url: str, now: datetime, good_for: timedelta | None = None) -> str:
    """A whole address that opens the link's page for its customer. Needs the key and nothing else of ours."""
    return base_url + addresses.link(sealer.seal(link.says(), now, good_for or link.good_for))
