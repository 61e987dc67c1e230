"""What a customer agrees to: an order or an end, and everything that its price may be made of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from generator.engine import promotion
from generator.gallery.sample import billed, held, people
from generator.gallery.sample.moment import TODAY
from generator.gallery.sample.sold import CODE
from generator.gallery.showing.stage import Sight, Situation
from generator.model.problem import FieldProblem
from generator.model.quote import Quote


def summary(sight: Sight) -> Iterator[Situation]:
    walk, matter = sight.walk, sight.staged.matter
    for state, says, customer in (
        ("long-german", "very long German words", people.GERMAN),
        ("arabic", "billed to an address in Arabic", people.ARABIC),
    ):
        yield state, says, replace(sight, customer=customer)
    dearer = replace(sight.quote, due_now=sight.quote.due_now * 2, lines_now=sight.quote.lines_now * 2)
    moved = replace(walk, quote_before=dearer)
    yield "price-moved", "it costs something else than a moment ago", replace(sight, walk=moved)
    for field, change in (("later", {"due_later": dearer.due_later * 2}), ("dates", {"later_on": TODAY})):
        moved = replace(walk, quote_before=replace(sight.quote, **change))
        yield f"{field}-moved", f"{field} is another than a moment ago", replace(sight, walk=moved)
    yield "every-line", "all that a price may be made of", replace(sight, walk=replace(walk, quote=_every_line(sight)))
    if sight.staged.workflow.purpose.for_others:
        yield "for-somebody-else", "paid by one customer, had by another", replace(sight, recipient=people.FRIEND)
    if sight.staged.workflow.purpose.asks == "subscribe" and sight.staged.plan:
        has = held.running(sight.customer, sight.staged.plan)
        yield "has-it-already", "the customer has the same plan", replace(sight, already=has)
    if not sight.step.promotion_code:
        return
    cheaper = sight.shop.quote(sight.customer, replace(matter, code=CODE))
    if cheaper and not cheaper.promotion_fault:
        yield (
            "code-applied",
            "a promotion code counts",
            replace(sight, walk=replace(walk, quote=cheaper, promotion=CODE)),
        )
    for fault in ("unknown", "expired", "used_up", "other_plan", "new_only", "had_already"):
        refused = replace(walk, quote=replace(sight.quote, promotion_fault=fault), promotion=CODE)
        yield f"code-{fault.replace('_', '-')}", "a promotion code lowers nothing", replace(sight, walk=refused)
    missing = (FieldProblem(promotion.CODE, "required"),)
    yield "code-missing", "the button was pressed without a code", replace(sight, problems=missing, typed={})


def _every_line(sight: Sight) -> Quote:
    """A price with a line of each kind; what they add up to is of no concern to how they look."""
    quote, lines = sight.quote, billed.every_line(sight.shop.sold.rich)
    return replace(
        quote,
        lines_now=lines,
        lines_used=tuple(line for line in lines if line.kind == "usage"),
        lines_end=tuple(line for line in lines if line.kind == "termination"),
        committed_until=TODAY + timedelta(days=200),
        trial_until=TODAY + timedelta(days=14),
        trial_paid=True,
    )


def confirm(sight: Sight) -> Iterator[Situation]:
    walk = sight.walk
    yield "filled", "before leaving", sight
    bound = replace(sight.quote, committed_until=TODAY + timedelta(days=200), effective_on=TODAY + timedelta(days=200))
    offers = {**walk.offers, **({"terminate": bound} if walk.offers else {})}
    yield "committed", "a commitment moves the day", replace(sight, walk=replace(walk, quote=bound, offers=offers))
    moved = replace(walk, quote_before=replace(sight.quote, due_now=sight.quote.due_now * 2))
    yield "price-moved", "it costs something else than a moment ago", replace(sight, walk=moved)
    priced = {"terminate": _every_line(sight)} if walk.offers else {}
    all = replace(walk, quote=_every_line(sight), offers={**walk.offers, **priced})
    yield "every-line", "all that leaving may cost", replace(sight, walk=all)
