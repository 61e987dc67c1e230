"""What costs a fee is not done without its payment step."""

from collections.abc import Iterator
from dataclasses import replace

from generator.compiler import witness
from generator.engine.paths import somebody
from generator.engine.worlds import NotProved
from generator.model.problem import Problem
from generator.model.rule import ALWAYS, Compare
from generator.model.site import Site
from generator.model.workflow import PaymentStep

DUE = Compare("quote.due_now", "above", 0)


def check(site: Site) -> Iterator[Problem]:
    """A confirmation commits by itself where no payment step follows: only what costs nothing may do so."""
    for workflow in site.workflows:
        payment = workflow.steps[-1] if workflow.steps else None
        if not isinstance(payment, PaymentStep) or payment.when == ALWAYS or workflow.purpose.asks != "terminate":
            continue
        open_ = replace(payment, when=ALWAYS)
        shown = replace(workflow, steps=(*workflow.steps[:-1], open_))
        found = somebody(shown, open_, site.currency, (payment.when, False), (DUE, True))
        if found is not None and not isinstance(found, NotProved):
            says = f"some who owe a fee would not be asked for it{witness.whom(found, [payment.when, DUE])}"
            hint = "let its `when` be `{quote.due_now: {above: 0}}`"
            yield Problem("unpaid-fee", payment.place, says, hint)
