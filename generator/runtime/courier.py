"""Brings what waits in the outbox to whom it is for: mail to customers, events to the merchant's application."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from generator.model.delivery import Brought, Delivery, NotNow, Outcome, Refused
from generator.model.event import Event
from generator.model.mail import Mail
from generator.ports.eventful import Eventful
from generator.ports.trouble import Unavailable
from generator.runtime import post
from generator.runtime.parts import Parts

AT_ONCE = 20
"""How many of each a round takes, so that no round takes long."""

LADDER = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60, 24 * 60, 24 * 60))
"""How long it waits after each try that was not taken. After the last one, on the fourth day, it is dead."""

PAUSES = tuple(timedelta(seconds=s) for s in (30, 60, 120, 300, 600))
"""How long nothing is tried by a channel where nobody answers, growing with each time in a row."""

PATIENCE = timedelta(days=4)
"""How long is tried what nobody answers to; each is tried more than once."""

LEASE = timedelta(minutes=5)
"""For so long nobody else takes what somebody is at. Who dies meanwhile leaves it to the others after that."""

log = logging.getLogger(__name__)


@dataclass
class _Pause:
    """A channel by which nobody answers: how often in a row, and until when it is left alone."""

    times: int
    until: datetime


@dataclass
class Courier:
    """Each round may be broken off anywhere and made again; several may go at once, on several machines.

    What is brought may be brought twice where a machine dies in that very moment, and always by the same id.
    """

    parts: Parts
    _pauses: dict[str, _Pause] = field(default_factory=dict)

    def round(self) -> int:
        """Do what is due now; answers how much that was."""
        return self._tell() + self._number() + self._bring()

    def _tell(self) -> int:
        """Customers are told what became of something while they were away."""
        done, now = 0, self.parts.clock.now()
        try:
            waiting = self.parts.biller.letters(AT_ONCE)
            for place, (id, letter) in enumerate(waiting):
                # Each a little before the next: the outbox goes by when a mail was written.
                post.send_letter(self.parts, letter, id, now - timedelta(microseconds=len(waiting) - place))
                self.parts.biller.told(id)
                done += 1
        except Unavailable as fault:
            log.warning("not-told why=%s", fault)
        return done

    def _number(self) -> int:
        """What happened becomes an event, with a number and for each endpoint that wants it."""
        done, biller = 0, self.parts.biller
        if not isinstance(biller, Eventful):
            return 0
        try:
            for id, happening in biller.happenings(AT_ONCE):
                customer = biller.customer(happening.customer)
                ref = customer.ref if customer else ""
                self.parts.store.publish(id, happening, ref, self.parts.clock.now())
                biller.numbered(id)
                done += 1
        except Unavailable as fault:
            log.warning("not-numbered why=%s", fault)
        return done

    def _bring(self) -> int:
        done = 0
        try:
            while done < AT_ONCE and (taken := self._taken()):
                self._try(taken)
                done += 1
        except Unavailable as fault:
            log.warning("outbox-not-read why=%s", fault)
        return done

    def _taken(self) -> Delivery | None:
        now = self.parts.clock.now()
        paused = [channel for channel, pause in self._pauses.items() if pause.until > now]
        return self.parts.store.take(now, now + LEASE, paused)

    def _try(self, one: Delivery) -> None:
        """Bring it, and write down what came of that. Raises `Unavailable` where it cannot be written down."""
        store, now = self.parts.store, self.parts.clock.now()
        if isinstance(one.thing, Mail) and one.thing.until is not None and one.thing.until < now:
            log.warning("too-late delivery=%s about=%s", one.id, one.about)
            store.give_up(one.id, "nobody could use it any more")
            return
        try:
            said = self._brought(one)
        except Unavailable as fault:
            self._nobody_there(one, str(fault))
            return
        self._pauses.pop(one.channel, None)
        match said:
            case Brought():
                log.info("brought delivery=%s about=%s tries=%d", one.id, one.about, one.tries)
                store.brought(one.id, said.said)
            case Refused():
                log.error("refused delivery=%s about=%s code=%s", one.id, one.about, said.code)
                store.give_up(one.id, f"{said.code} {said.why}".strip())
            case NotNow():
                self._later(one, said)

    def _brought(self, one: Delivery) -> Outcome:
        match one.thing:
            case Mail():
                return self.parts.mailer.send(one.thing)
            case Event():
                return self._told(one.channel, one.thing)
        raise ValueError(f"nothing is left of {one.id}")

    def _told(self, name: str, event: Event) -> Outcome:
        """An endpoint that is gone for good is told nothing more, of this event or any other."""
        endpoint = next((one for one in self.parts.store.endpoints() if one.name == name), None)
        if endpoint is None or endpoint.off:
            return Refused("no-endpoint", f"{name} is told nothing any more")
        said = self.parts.messenger.tell(endpoint, event, self.parts.clock.now())
        if isinstance(said, Refused):
            log.error("endpoint-off channel=%s code=%s", name, said.code)
            self.parts.store.switch_off(name, f"{said.code} {said.why}".strip())
        return said

    def _later(self, one: Delivery, said: NotNow) -> None:
        says = f"{said.code} {said.why}".strip()
        if one.tries > len(LADDER):
            log.error("dead delivery=%s about=%s code=%s tries=%d", one.id, one.about, said.code, one.tries)
            self.parts.store.give_up(one.id, says)
            return
        wait = max(LADDER[one.tries - 1], min(said.wait or timedelta(), LADDER[-1]))
        log.warning("put-off delivery=%s about=%s code=%s wait=%s", one.id, one.about, said.code, wait)
        self.parts.store.put_off(one.id, self.parts.clock.now() + wait, says)

    def _nobody_there(self, one: Delivery, why: str) -> None:
        """That is no fault of this one: it goes on soon, and the others by this channel wait as long."""
        now = self.parts.clock.now()
        times = self._pauses[one.channel].times + 1 if one.channel in self._pauses else 0
        until = now + PAUSES[min(times, len(PAUSES) - 1)]
        self._pauses[one.channel] = _Pause(times, until)
        if now - one.written > PATIENCE and one.tries > len(PAUSES):
            log.error("dead delivery=%s about=%s tries=%d why=%s", one.id, one.about, one.tries, why)
            self.parts.store.give_up(one.id, why)
        else:
            log.warning("nobody-there channel=%s delivery=%s why=%s", one.channel, one.id, why)
            self.parts.store.put_off(one.id, until, why)
