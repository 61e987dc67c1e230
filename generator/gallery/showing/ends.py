"""A walk that waits for a bank, or is over."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from generator.engine import redirect
from generator.gallery.exhibit import Exhibit
from generator.gallery.sample import people
from generator.gallery.sample.moment import NOON, TODAY
from generator.gallery.sample.shop import Shop
from generator.gallery.showing.stage import named
from generator.gallery.staging import Staged
from generator.model.live.parts import Url
from generator.model.money import Money
from generator.model.payment import Elsewhere, Inset, Intent, New, Pending, Result, Unknown
from generator.model.walk import Ended
from generator.model.workflow import Outcome, PaymentCase
from generator.runtime import addresses
from generator.runtime.present import steps as present

ENDS: Mapping[PaymentCase, tuple[Outcome, ...]] = {
    "free": ("nocharge",),
    "register_method": ("registered",),
    "pay_later": ("nocharge",),
    "pay_now": ("paid", "pending", "due"),
}
"""How a walk may end by its payment case."""


def waiting(shop: Shop, staged: Staged) -> Iterator[Exhibit]:
    """At the gateway's page, at the bank, and where nobody can say."""
    results: tuple[tuple[str, str, Result], ...] = (
        ("waiting", "it is to be gone on with on the gateway's page", Elsewhere("https://bank.example/pay")),
        ("pending", "the bank says by when it should know", Pending("reference", TODAY + timedelta(days=5))),
        ("pending-undated", "the bank says no day", Pending("reference")),
        ("unknown", "nobody can say yet, and nothing is tried again meanwhile", Unknown()),
    )
    assert staged.walk.quote is not None, "who pays knows what it costs"
    due = staged.walk.quote.due_now
    for state, says, result in results:
        yield _waiting(shop, staged, state, says, result, due)
    nothing = Money.zero(due.currency)
    yield _waiting(shop, staged, "waiting-method", "a method is only registered", results[0][2], nothing)


def _waiting(shop: Shop, staged: Staged, state: str, says: str, result: Result, due: Money) -> Exhibit:
    walk = staged.walk
    intent = Intent(walk.key, walk.id, "", walk.customer, due, New("card"), "", "", "", NOON, NOON, result=result)
    here = addresses.step(walk.id, addresses.WAITING)

    def live(language: str) -> object:
        return present.waiting(shop.frame(here, people.CLARA), walk, intent)

    return Exhibit("workflow", staged.workflow.id, "walk.waiting.html", state, says, live, here)


def paying(shop: Shop, staged: Staged) -> Iterator[Exhibit]:
    """The gateway's field on our page, which no gallery has: what is around it."""
    assert staged.walk.quote is not None, "who pays knows what it costs"
    due = staged.walk.quote.due_now
    yield _paying(shop, staged, "paying", "a card is given in the payment provider's field", due)
    yield _paying(shop, staged, "paying-method", "a method is only registered there", Money.zero(due.currency))


def _paying(shop: Shop, staged: Staged, state: str, says: str, due: Money) -> Exhibit:
    walk, back = staged.walk, "https://pages.example/return/bank/key-1"
    intent = Intent(walk.key, walk.id, "", walk.customer, due, New("card"), "", "", back, NOON, NOON)
    here, inset = addresses.step(walk.id, addresses.PAYING), Inset("", "", "", (), (), ())

    def live(language: str) -> object:
        return present.paying(shop.frame(here, people.CLARA), walk, intent, inset)

    return Exhibit("workflow", staged.workflow.id, "walk.paying.html", state, says, live, here)


def done(shop: Shop, staged: Staged) -> Iterator[Exhibit]:
    """Every outcome of the path's case, for who goes on to the merchant or to the portal."""
    for outcome in ENDS[staged.path.case] if staged.path.case else ("nocharge",):
        yield _done(shop, staged, outcome)


def _done(shop: Shop, staged: Staged, outcome: Outcome) -> Exhibit:
    walk = replace(staged.walk, standing=Ended(outcome))
    to = redirect.after(shop.site, staged.workflow.id, outcome)
    here = addresses.step(walk.id, addresses.DONE)
    go_on = Url(to) if to else addresses.portal()
    customer = people.on_terms(staged.customer) if outcome == "due" else staged.customer
    reference = "INV-2026-000999" if outcome == "due" else ""

    def live(language: str) -> object:
        frame, name = shop.frame(here, customer), named(staged, language)
        return present.done(frame, walk, name, customer, go_on, bool(to), reference, language)

    case = f"-{staged.path.case.replace('_', '-')}" if staged.path.case else ""
    state = f"{staged.workflow.id}{case}-{outcome}"
    says = f"{staged.workflow.id} ended with the outcome {outcome}"
    return Exhibit("workflow", staged.workflow.id, "walk.done.html", state, says, live, here)
