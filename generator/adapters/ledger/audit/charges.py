"""What cannot be of money: taken without an intent, without an invoice, twice, or in another amount."""

from collections import Counter
from collections.abc import Iterator

from generator.adapters.ledger.audit.view import Placed, View
from generator.locale.money import written
from generator.model.finding import Finding
from generator.model.payment import Declined, Intent, Paid

RECONCILE = "compare with the bank's own list by this key; give back what was taken too much, or settle what was paid"


def findings(books: View) -> Iterator[Finding]:
    """Of each order that money was taken for, and of each intent."""
    numbers = {invoice.number: invoice.id for _, invoice in books.invoices}
    paid_by: Counter[str] = Counter()
    for order in books.orders:
        if isinstance(order.settlement, Paid):
            yield from _taken(books, order, order.settlement)
            paid_by.update(_settled(order, numbers))
    orders = {(order.key, order.id): order for order in books.orders}
    for key, intent in books.intents.items():
        yield from _intent(intent, orders.get((key, intent.order)))
    yield from _invoices(books, paid_by)


def _taken(books: View, order: Placed, paid: Paid) -> Iterator[Finding]:
    if order.key not in books.intents:
        yield Finding(
            "charge-without-intent", order.id, f"{written(paid.amount)} was taken and no intent has its key", RECONCILE
        )
    if paid.amount != order.quote.due_now:
        says = f"{written(paid.amount)} was taken for an order of {written(order.quote.due_now)}"
        yield Finding("charge-of-other-amount", order.id, says, RECONCILE)


def _settled(order: Placed, numbers: dict[str, str]) -> set[str]:
    """The invoices that this payment paid: the one that it was for or that it made, and those that it named."""
    named = {numbers.get(line.title.get("", ""), "") for line in order.quote.lines_now if line.kind == "invoice"}
    return {*named, order.closed.invoice if order.closed else ""} - {""}


def _intent(intent: Intent, order: Placed | None) -> Iterator[Finding]:
    if isinstance(intent.result, Paid) and intent.result.amount != intent.amount:
        says = f"the bank says {written(intent.result.amount)}, we asked for {written(intent.amount)}"
        yield Finding("charge-of-other-amount", intent.key, says, RECONCILE)
    if order is None:
        if intent.order:
            yield Finding("intent-without-order", intent.key, f"there is no order {intent.order} of it", RECONCILE)
        return
    if intent.closed and order.settlement is None:
        yield Finding("order-left-open", intent.key, "it is settled, and its order was never closed", RECONCILE)
    if isinstance(order.settlement, Paid) and intent.result != order.settlement:
        says = f"its order is closed as paid, and the bank last said {type(intent.result).__name__}"
        yield Finding("settled-otherwise", intent.key, says, RECONCILE)
    if isinstance(order.settlement, Declined) and isinstance(intent.result, Paid):
        yield Finding("settled-otherwise", intent.key, "money was taken for an order that was given up", RECONCILE)


def _invoices(books: View, paid_by: Counter[str]) -> Iterator[Finding]:
    """Who paid an invoice is one order, or the merchant said that the money came."""
    for _, invoice in books.invoices:
        times = paid_by[invoice.id] + (invoice.received is not None)
        if times > 1:
            yield Finding("paid-twice", invoice.number, f"it was paid {times} times", RECONCILE)
        if invoice.state == "paid" and not times:
            yield Finding("paid-by-nobody", invoice.number, "it is paid, and nothing says by what", RECONCILE)
        if times and invoice.unpaid and invoice.state != "problem_disputed":
            yield Finding("paid-and-due", invoice.number, f"it was paid, and is {invoice.state}", RECONCILE)
