"""What is done while no customer waits: payments are asked about, terms renewed and charged, and mail goes out."""

import logging
from collections.abc import Callable
from datetime import timedelta

from generator.model.hint import Aside, Hint
from generator.model.payment import Intent
from generator.ports.trouble import Conflict, Unavailable
from generator.runtime import disputes, refunds
from generator.runtime.cards import Cards
from generator.runtime.collector import Collector
from generator.runtime.conductor import Conductor
from generator.runtime.courier import Courier
from generator.runtime.filed import Filing
from generator.runtime.parts import Parts

AT_ONCE = 20
"""How many of each a round takes, so that no round takes long."""

MANY, ROUNDS = 500, 100
"""How much is forgotten in one transaction, and in how many of them at a time."""

TIDY_EVERY = timedelta(hours=1)

log = logging.getLogger(__name__)


class Worker:
    """Each round may be broken off anywhere and made again."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._conductor = Conductor(parts)
        self._collector = Collector(parts)
        self._cards = Cards(parts)
        self._courier = Courier(parts)
        self._filing = Filing(parts)
        self._tidied = parts.clock.now()

    def round(self) -> int:
        """Do what is due now; answers how much that was."""
        return self.books() + self.post()

    def books(self) -> int:
        """What is owed, paid and renewed."""
        done = self._ask(self._heed, self._settle, self._give_back) + self._keep_up() + self._ask(self._charge)
        self._watch_cards()
        self._tidy()
        return done

    def _ask(self, *rounds: Callable[[], int]) -> int:
        """What the gateway has to be asked for. While it is left alone nothing of it counts as asked."""
        done = 0
        for asks in rounds:
            try:
                self._parts.gateway.ready()
            except Unavailable:
                return done
            done += asks()
        return done

    def papers(self) -> int:
        """What was issued is printed and kept. Where nothing can be printed, somebody has to ask for it later."""
        try:
            return self._filing.look(AT_ONCE)
        except Unavailable as fault:
            log.warning("not-filed why=%s", fault)
            return 0

    def post(self) -> int:
        """What goes outside: by itself, so that a mail server that dawdles keeps no payment waiting."""
        return self._courier.round()

    def _heed(self) -> int:
        """A gateway says that something is another way: it is asked how."""
        done = 0
        for hint in self._parts.store.hints(AT_ONCE):
            try:
                self._parts.store.heed(hint.id, self._looked(hint))
                done += 1
            except (Unavailable, Conflict) as fault:
                log.warning("not-heeded hint=%s why=%s", hint.id, fault)
        return done

    def _looked(self, hint: Hint) -> Aside:
        intent = self._parts.store.intent(hint.key)
        if intent is not None:
            if not intent.closed:
                self._carry_on(intent)
            return disputes.look(self._parts, intent) if hint.disputed else ""
        refund = self._parts.biller.find_refund(hint.key)
        if refund is None:
            return "unknown"
        if not refund.closed:
            refunds.look_again(self._parts, refund)
        elif refund.came_back is None:
            refunds.look_back(self._parts, refund)
        return ""

    def _carry_on(self, intent: Intent) -> None:
        (self._conductor if intent.walk else self._collector).carry_on(intent)

    def _settle(self) -> int:
        intents = self._parts.store.unsettled(self._parts.clock.now(), AT_ONCE)
        for intent in intents:
            try:
                self._carry_on(intent)
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
        """Now and then: what is over does no harm, it only takes room, and says more of people than is needed."""
        now = self._parts.clock.now()
        if now - self._tidied < TIDY_EVERY:
            return
        before = now - max(self._parts.kept, timedelta(days=self._parts.library.current.site.walk_days))
        try:
            self._parts.store.tidy(now)
            self._parts.library.tidy()
            for _ in range(ROUNDS):
                if not self._parts.store.forget(before, MANY) + self._parts.biller.forget_quotes(before, MANY):
                    break
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

    def _watch_cards(self) -> None:
        try:
            self._cards.look(AT_ONCE)
        except Unavailable as fault:
            log.warning("cards-not-looked-at why=%s", fault)
