"""Sentences in which the merchant speaks to the biller: invoices paid by transfer, use, the end of a subscription."""

from zoneinfo import ZoneInfo

from generator.model.quote import Refused
from generator.model.usage import NotCounted, Usage
from generator.rehearsal.stage import Person, Stage, Unmet


def received(stage: Stage, who: Person) -> None:
    """The money for the newest invoice is there."""
    zone = ZoneInfo(stage.stand.parts.library.current.site.time_zone)
    today = stage.stand.clock.now().astimezone(zone).date()
    answer = stage.stand.ledger.receive(stage.invoice(who).id, today, "")
    if isinstance(answer, Refused):
        raise Unmet("an invoice that can be paid", answer.reason)


def reports(stage: Stage, who: Person, amount: str, option: str) -> None:
    answer = _report(stage, who, amount, option)
    if isinstance(answer, NotCounted):
        raise Unmet(f"{amount} of {option} to be counted", answer.reason)


def is_refused(stage: Stage, who: Person, amount: str, option: str, reason: str) -> None:
    answer = _report(stage, who, amount, option)
    if not isinstance(answer, NotCounted) or answer.reason != reason:
        raise Unmet(f"{amount} of {option} to be refused because {reason}", str(answer))


def ends(stage: Stage, who: Person, plan: str) -> None:
    answer = stage.stand.ledger.end(stage.subscription(who, plan).id, at_once=True)
    if isinstance(answer, Refused):
        raise Unmet(f"{plan} to end", answer.reason)


def withdraws_offer(stage: Stage, who: Person, plan: str) -> None:
    answer = stage.stand.ledger.withdraw(stage.subscription(who, plan).id)
    if isinstance(answer, Refused):
        raise Unmet(f"{plan} to be withdrawn", answer.reason)


def _report(stage: Stage, who: Person, amount: str, option: str) -> Usage | NotCounted:
    """Of the newest subscription that has such an option; each time under a key of its own."""
    for one in stage.stand.ledger.subscriptions(who.id):
        if one.plan.option(option):
            before = stage.stand.ledger.reports(one.id, 0, 10_000)
            return stage.stand.ledger.report(Usage(f"{one.id}-{len(before)}", who.id, one.id, option, int(amount)))
    raise Unmet(f"a subscription with {option}", "none")
