"""What must survive us: walks, intents, hints, unsent mail, answers of the API, what became of links and codes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from generator.model.code import Code
from generator.model.mail import Mail
from generator.model.payment import Intent, Key
from generator.model.reply import Reply
from generator.model.terms import CoolDown
from generator.model.walk import Subject, Walk
from generator.ports.filed import Filed
from generator.ports.hints import Hints
from generator.ports.outbox import Outbox


class Store(Outbox, Hints, Filed, Protocol):
    """What one call saves, it saves whole or not at all. Any call may raise `Unavailable`."""

    def walk(self, id: str) -> Walk | None: ...

    def open_walk(self, customer: str, workflow: str, subject: Subject) -> Walk | None:
        """The customer's walk through this workflow, about this, that has not ended."""
        ...

    def begin(self, walk: Walk) -> Walk:
        """Save a new walk, or answer the open one that exists for the same customer, workflow and subject."""
        ...

    def held(self, customer: str) -> Sequence[Walk]:
        """The customer's walks that an open order holds, the longest first."""
        ...

    def save(self, walk: Walk, intent: Intent | None = None, unless: CoolDown | None = None) -> Walk:
        """Save the walk with its version raised by one, and the intent with it.

        Raises `Conflict` where the stored version is not the one that was read, and `TooMany` where as many of the
        customer's tries as `unless` says were declined within its time or are under way: of two windows that ask for
        the last one, one gets it.
        """
        ...

    def open_walks(self, customer: str) -> Sequence[Walk]:
        """All of the customer's walks that have not ended, the one that was begun last first."""
        ...

    def declines(self, customer: str, since: datetime) -> Sequence[datetime]:
        """When banks declined the customer's tries to pay after that moment, the oldest first.

        What was given up was not declined.
        """
        ...

    def drop(self, walk: Walk) -> None:
        """Set an expired walk aside, so that a new one may begin in its place. One with money in flight stays.

        Raises `Conflict` where somebody went on with it meanwhile.
        """
        ...

    def intent(self, key: Key) -> Intent | None: ...

    def begin_intent(self, intent: Intent) -> bool:
        """Save a new intent that has no walk. False where there is one of its key: somebody else is at it."""
        ...

    def keep_intent(self, intent: Intent) -> None:
        """Save what is new of an intent, its walk unchanged."""
        ...

    def unsettled(self, now: datetime, most: int) -> Sequence[Intent]:
        """Intents that are not closed and are due to be looked at, the longest waiting first.

        Whoever is told of one is the only one for a minute: of several who work at once, one asks. Who breaks off has
        lost nothing: it is due again then, or when what was said of it says so.
        """
        ...

    def claim(self, reply: Reply, now: datetime) -> Reply | None:
        """Keep that we work on this request; where one of the same caller and key still counts, answer that instead."""
        ...

    def answer(self, reply: Reply) -> None:
        """Keep what was answered."""
        ...

    def release(self, reply: Reply) -> None:
        """Nothing was done: forget the claim, so that the same key can be tried again."""
        ...

    def use_link(self, id: str, by: str, until: datetime) -> bool:
        """Use up the link with this id. False where somebody else has; nobody can come with it after `until`."""
        ...

    def link_used(self, id: str) -> bool:
        """Whether the link with this id is used up."""
        ...

    def revoke_links(self, customer: str, at: datetime) -> None:
        """Whatever was made for the customer up to this moment opens nothing any more."""
        ...

    def links_revoked(self, customer: str) -> datetime | None:
        """When that was last said of the customer."""
        ...

    def keep_code(self, code: Code, mails: Sequence[Mail]) -> bool:
        """Keep the code as the only one of its address, and put these mails in the outbox, both or neither.

        False where the address was sent as many as it may be for now: then nothing happens.
        """
        ...

    def try_code(self, address: str, now: datetime) -> str:
        """Spend a try at the code of this address. Answers its digest; empty where there is none to try."""
        ...

    def use_code(self, address: str, digest: str) -> bool:
        """The code was right, and is used up. False where somebody was quicker."""
        ...

    def waiting(self) -> Mapping[str, int]:
        """How much waits, by its kind: `payments` whose end nobody knows yet, and what goes out, by its channel."""
        ...

    def forget(self, before: datetime, most: int) -> int:
        """Forget walks that nobody has touched since then, at most so many at once; answers how many.

        A walk stays as long as money is in flight for it. What was paid by it stays: intents outlive their walks.
        """
        ...

    def tidy(self, now: datetime) -> None:
        """Forget links and codes that nobody can come with any more, old hints, and after 90 days what went out."""
        ...
