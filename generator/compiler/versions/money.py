"""Who pays otherwise: the same customer, the same quote, another case of the payment step, or no such step at all."""

from collections.abc import Iterator, Mapping

from generator.compiler.versions.change import Change, somebody
from generator.engine.paths import deciding, given, names_of
from generator.engine.worlds import Claim, NotProved, World, find
from generator.model.place import Place
from generator.model.workflow import PaymentCase, PaymentStep, Workflow

SAYS: Mapping[PaymentCase, str] = {
    "free": "paid nothing",
    "register_method": "gave a payment method for later",
    "pay_later": "was charged later",
    "pay_now": "paid at once",
}
NOW: Mapping[PaymentCase, str] = {
    "free": "pays nothing",
    "register_method": "gives a payment method for later",
    "pay_later": "is charged later",
    "pay_now": "pays at once",
}


def changes(old: Workflow, new: Workflow, currency: str, nouns: Mapping[str, str]) -> Iterator[Change]:
    """One change for each pair of cases that somebody goes from and to, with somebody who does.

    And one for who comes to the payment step and did not, or the other way round.
    """
    before, now = _payment(old), _payment(new)
    if before is None or now is None or (before.rules == now.rules and _cases(before) == _cases(now)):
        return
    names = {**names_of(old, currency), **names_of(new, currency)}
    always = given(new, currency)
    at = ("workflows", new.id, "steps", now.id)
    for says, here in (
        ("who came to the payment step does not any more", True),
        ("who did not come to the payment step now does", False),
    ):
        found = find([Claim(before.when, here), Claim(now.when, not here), *always], names)
        if found is not None:
            yield _change(new.id, says, now.place, found, nouns, at)
    for first in _cases(before):
        for second in _cases(now):
            if first == second:
                continue
            claims = [
                Claim(before.when),
                Claim(now.when),
                *(Claim(rule, holds) for rule, holds in (*deciding(before, first), *deciding(now, second))),
            ]
            found = find([*claims, *always], names)
            if found is not None:
                place = next(row.place for row in now.cases if row.case == second)
                says = f"who {SAYS[first]} (`{first}`) now {NOW[second]} (`{second}`)"
                yield _change(new.id, says, place, found, nouns, (*at, "cases", second))


def _change(
    workflow: str, says: str, place: Place, found: World | NotProved, nouns: Mapping[str, str], at: tuple[str, ...]
) -> Change:
    if isinstance(found, NotProved):
        return Change("payment", workflow, f"{says}, perhaps: there are too many cases to tell", place, at=at)
    return Change("payment", workflow, says, place, somebody(found, nouns), at=at)


def _payment(workflow: Workflow) -> PaymentStep | None:
    own = (step for step in workflow.steps if isinstance(step, PaymentStep) and step.origin == workflow.id)
    return next(own, None)


def _cases(step: PaymentStep) -> tuple[PaymentCase, ...]:
    return tuple(row.case for row in step.cases)
