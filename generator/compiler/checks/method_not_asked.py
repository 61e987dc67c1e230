"""Whoever needs a payment method and has none is asked for one."""

from collections.abc import Iterator

from generator.compiler import witness
from generator.compiler.contexts import decided
from generator.model.problem import Problem
from generator.model.rule import All, Is
from generator.model.site import Site

WITHOUT = All(
    (Is("quote.method_required", (True,)), Is("customer.has_method", (False,)), Is("customer.terms", (False,)))
)


def check(site: Site) -> Iterator[Problem]:
    """Of the cases in which nothing is due now, `register_method` alone asks; who has terms pays by transfer later."""
    for case, world, rules in decided(site, ("free", "pay_later"), WITHOUT):
        says = f'"{case.case}" can be decided where a method is required and none is on file'
        hint = "put `register_method` before it: {when: {quote.due_now: 0, quote.method_required: true, …: false}}"
        hint = hint.replace("…", "customer.has_method")
        whom = witness.whom(world, [*rules, WITHOUT])
        yield Problem("method-not-asked", case.place, f"{says}{whom}: nothing could be charged later", hint, "warning")
