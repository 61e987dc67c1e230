"""The payment step: each of its cases, each way to pay, and what a bank may have said before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import get_args

from generator.gallery.sample import people
from generator.gallery.sample.methods import CARD, MANDATE, SECOND
from generator.gallery.sample.moment import NOON
from generator.gallery.showing.stage import Sight, Situation
from generator.gallery.staging import Staged
from generator.model.payment import Declined, DeclineReason
from generator.model.walk import Open


def payment(sight: Sight, at: Iterable[Staged]) -> Iterator[Situation]:
    """`at` are all who come there."""
    yield from _cases(sight, at)
    yield from _ways(sight)


def _ways(sight: Sight) -> Iterator[Situation]:
    if sight.staged.path.case not in ("pay_now", "register_method"):
        return
    every = replace(sight, methods=(CARD, SECOND, MANDATE), customer=people.on_terms(sight.customer))
    yield "every-way", "methods on file, new ones, and a transfer on terms", every
    yield "one-way", "nothing is on file", replace(sight, methods=())
    for reason in get_args(DeclineReason):
        state = "declined" if reason == "declined" else f"declined-{reason.replace('_', '-')}"
        walk = replace(sight.walk, standing=Open(Declined(reason)), attempts=1)
        yield state, f"the last try came to nothing: {reason.replace('_', ' ')}", replace(sight, walk=walk)
    until = NOON + timedelta(minutes=42)
    walk = replace(sight.walk, standing=Open(Declined("declined")), attempts=5)
    yield "cooling", "too many tries were declined", replace(sight, walk=walk, until=until)
    yield (
        "cooling-refused",
        "and another one was refused just now",
        replace(sight, walk=walk, until=until, refused=True),
    )


_CASES: Mapping[str, tuple[str, str]] = {
    "free": ("nothing-due", "nothing is due, now or later"),
    "register_method": ("method-needed", "nothing is due now, and a method is wanted"),
    "pay_later": ("due-later", "something is due later, and a method is on file"),
    "pay_now": ("filled", "something is due now"),
}


def _cases(sight: Sight, at: Iterable[Staged]) -> Iterator[Situation]:
    """One of each payment case, whichever path leads there."""
    shown = set()
    for made in at:
        if made.path.case and made.path.case not in shown:
            shown.add(made.path.case)
            state, says = _CASES[made.path.case]
            yield state, says, Sight.of(sight.shop, made, sight.step)
