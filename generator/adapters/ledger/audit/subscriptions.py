"""What cannot be of subscriptions: days in the wrong order, a state without what belongs to it, a price of its own."""

from collections import Counter
from collections.abc import Iterator

from generator.adapters.ledger import lifecycle
from generator.adapters.ledger.audit.view import View
from generator.adapters.ledger.lines import each_term, total
from generator.locale.money import written
from generator.model.finding import Finding
from generator.model.subscription import Subscription

ASK = "look at its orders and invoices, and set right what differs; if no person changed it, report it to us as a bug"


def findings(books: View) -> Iterator[Finding]:
    """Of each subscription, and of what is to follow another one."""
    follow = Counter(held.successor for held in books.subscriptions.values() if held.successor)
    for held in books.subscriptions.values():
        for code, says in _wrong(books, held, follow[held.id]):
            yield Finding(code, held.id, says, ASK)


def _wrong(books: View, held: Subscription, followers: int) -> Iterator[tuple[str, str]]:
    for who in {held.customer, held.billed} - books.customers:
        yield "customer-missing", f"there is no customer {who}"
    yield from _days(held)
    yield from _belongings(books, held, followers)
    day = lifecycle.due(held)
    if books.due[held.id] != (day.isoformat() if day else None):
        yield "calendar-wrong", f"the calendar has it on {books.due[held.id]}, and its days say {day}"
    price = total(each_term(held.plan, held.options), held.plan.price.currency)
    if held.price != price:
        yield (
            "price-wrong",
            f"a term of it is said to cost {written(held.price)}, and its plan and options cost {written(price)}",
        )
    if held.price.minor < 0:
        yield "negative", f"a term of it costs {written(held.price)}"


def _days(held: Subscription) -> Iterator[tuple[str, str]]:
    if not held.period_start <= held.period_end:
        yield "term-backwards", f"its term goes from {held.period_start} to {held.period_end}"
    if held.trial_until and held.trial_until > held.period_end:
        yield "trial-too-long", f"its trial lasts until {held.trial_until}, its term until {held.period_end}"


def _belongings(books: View, held: Subscription, followers: int) -> Iterator[tuple[str, str]]:
    """What a state cannot be without, and what only that state has."""
    if held.state == "active_delayed_termination" and held.ends is None:
        yield "end-missing", "it is to end, and no day says when"
    if held.state == "active_delayed_upgrade" and not held.successor and held.next_options is None:
        yield "change-missing", "it is to change, and nothing says to what"
    if held.successor and held.state not in ("active_delayed_upgrade", "ended_upgrade"):
        yield "change-left-over", f"something is to follow it, and it is {held.state}"
    if held.next_options is not None and held.state != "active_delayed_upgrade":
        yield "change-left-over", f"other options are planned for it, and it is {held.state}"
    if held.resumes and held.state not in ("active_delayed_suspension", "suspended_agent"):
        yield "day-left-over", f"it is to go on on {held.resumes}, and it is {held.state}"
    if held.ends and held.suspended:
        yield "day-left-over", f"it is to end on {held.ends}, and it is {held.state}"
    if held.state == "draft_delayed_upgrade" and followers != 1:
        yield "follows-nobody", f"it is to follow another one, and {followers} say so"
    follower = books.subscriptions.get(held.successor) if held.successor else None
    if held.state == "active_delayed_upgrade" and held.successor:
        if follower is None or follower.state != "draft_delayed_upgrade":
            yield "change-missing", f"what is to follow it is {follower.state if follower else 'not there'}"
        elif (follower.customer, follower.billed) != (held.customer, held.billed):
            yield "change-of-owner", "what is to follow it belongs to somebody else"
    if held.state == "draft_customer" and held.id not in books.held:
        yield "subscription-held-by-nobody", "its order is said to be open, and no open order holds it"
