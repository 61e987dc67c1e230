"""What is done while no customer waits: payments are asked about, terms renewed and charged, and mail goes out."""

import logging
from datetime import timedelta

from generator.model.delivery import Brought
from generator.ports.trouble import Conflict, Unavailable
from generator.runtime import post, refunds
from generator.runtime.collector import Collector
from generator.runtime.conductor import Conductor
from generator.runtime.parts import Parts

AT_ONCE = 20
"""How many of each a round takes, so that no round takes long."""

MAIL_AGAIN = timedelta(minutes=5)

TIDY_EVERY = timedelta(hours=1)

log = logging.getLogger(__name__)


class Worker:
    """Each round may be broken off anywhere and made again."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._conductor = Conductor(parts)
        self._collector = Collector(parts)
        self._tidied = parts.clock.now()

    def round(self) -> int:
        """Do what is due now; answers how much that was."""
        done = self._settle() + self._give_back() + self._keep_up() + self._charge() + self._tell() + self._post()
        self._tidy()
        return done

    def _settle(self) -> int:
        intents = self._parts.store.unsettled(self._parts.clock.now(), AT_ONCE)
        for intent in intents:
            try:
                (self._conductor if intent.walk else self._collector).carry_on(intent)
            except (Unavailable, Conflict) as fault:
                log.warning("not-settled key=%s why=%s", intent.key, fault)
        return len(intents)

    def _give_back(self) -> int:
        """Refunds of which nobody knows yet what became of them."""
        try:
            waiting = self._parts.biller.refunds_to_settle(self._parts.clock.now(), AT_ONCE)
        except Unavailable as fault:
            log.warning("refunds-not-read why=%s", fault)
            return 0
        for refund in waiting:
            try:
                refunds.look_again(self._parts, refund)
            except Unavailable as fault:
                log.warning("refund-not-settled key=%s why=%s", refund.key, fault)
        return len(waiting)

    def _tidy(self) -> None:
        """Now and then: what is over does no harm, it only takes room."""
        now = self._parts.clock.now()
        if now - self._tidied < TIDY_EVERY:
            return
        try:
            self._parts.store.tidy(now)
            self._tidied = now
        except Unavailable as fault:
            log.warning("not-tidied why=%s", fault)

    def _keep_up(self) -> int:
        try:
            return self._parts.biller.keep_up(lambda customer: bool(self._parts.gateway.methods(customer)))
        except Unavailable as fault:
            log.warning("not-kept-up why=%s", fault)
            return 0

    def _charge(self) -> int:
        """Terms that have begun are paid for, and what could not be charged before is tried again."""
        done = 0
        try:
            for invoice in self._parts.biller.to_charge(AT_ONCE):
                self._collector.collect(invoice)
                done += 1
        except Unavailable as fault:
            log.warning("not-charged why=%s", fault)
        return done

    def _tell(self) -> int:
        """Customers are told what became of something while they were away."""
        done, now = 0, self._parts.clock.now()
        try:
            waiting = self._parts.biller.letters(AT_ONCE)
            for place, (id, letter) in enumerate(waiting):
                # Each a little before the next: the outbox goes by when a mail was written.
                post.send_letter(self._parts, letter, id, now - timedelta(microseconds=len(waiting) - place))
                self._parts.biller.told(id)
                done += 1
        except Unavailable as fault:
            log.warning("not-told why=%s", fault)
        return done

    def _post(self) -> int:
        mails = self._parts.store.outbox(self._parts.clock.now(), AT_ONCE)
        for mail in mails:
            try:
                said = self._parts.mailer.send(mail)
            except Unavailable as fault:
                log.warning("not-sent mail=%s why=%s", mail.id, fault)
                self._parts.store.try_again(mail.id, self._parts.clock.now() + MAIL_AGAIN)
                continue
            if isinstance(said, Brought):
                self._parts.store.sent(mail.id)
            else:
                log.warning("not-sent mail=%s why=%s", mail.id, said.code)
                self._parts.store.try_again(mail.id, self._parts.clock.now() + MAIL_AGAIN)
        return len(mails)
