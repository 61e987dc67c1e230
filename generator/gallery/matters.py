"""What a walk may be about, in all ways in which that can come to be: a plan, a change, an end, an invoice."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from generator.engine import known
from generator.gallery.sample import billed, held, people
from generator.gallery.sample.moment import TODAY
from generator.gallery.sample.quotes import Matter
from generator.gallery.sample.sold import Sold, dear
from generator.model.catalog import Plan
from generator.model.quote import (
    ChangeOptions,
    ChangePlan,
    Options,
    PayInvoice,
    RegisterMethod,
    Replace,
    Restart,
    Start,
    Subscribe,
    Terminate,
)
from generator.model.rule import Value
from generator.model.workflow import Workflow


def matters(workflow: Workflow, sold: Sold, world: Mapping[str, Value]) -> Iterator[tuple[Plan | None, Matter]]:
    """All that a walk of this workflow may be about, the likeliest first."""
    ref, had = world.get("plan.ref"), world.get("subscription.plan")
    plans = [plan for plan in sold.kinds() if ref in (None, plan.ref)] or list(sold.kinds())
    plans.sort(key=lambda plan: sum(world.get(name, said) != said for name, said in known.of_plan(plan).items()))
    owned = next((plan for plan in sold.plans if plan.ref == had), sold.paid)
    for plan in plans:
        match workflow.purpose.asks:
            case "subscribe":
                yield plan, Matter(Subscribe(plan.ref, {}), plan)
            case "start":
                prepared = held.in_state("draft_agent", people.CLARA, plan)
                yield plan, Matter(Start(prepared.id, {}), plan, prepared)
            case "change_plan":
                for before in (owned, sold.cheapest, sold.dearest, *map(dear, sold.plans)):
                    has = held.running(people.CLARA, before)
                    if before.ref != plan.ref:
                        yield plan, Matter(ChangePlan(has.id, plan.ref, {}), plan, has)
                        yield plan, Matter(ChangePlan(has.id, plan.ref, {}), plan, held.in_trial(has))
            case "replace":
                prepared = held.in_state("draft_agent", people.CLARA, plan, "sub-2")
                for before in (owned, sold.cheapest, dear(owned)):
                    has = held.running(people.CLARA, before)
                    yield plan, Matter(Replace(has.id, prepared.id, {}), plan, has, prepared)
            case "change_options":
                for has in (held.running(people.CLARA, plan), held.in_trial(held.running(people.CLARA, plan))):
                    for chosen in (_more(plan), {}):
                        yield plan, Matter(ChangeOptions("sub-1", chosen), plan, has)
            case "restart":
                for state in ("active_delayed_termination", "suspended_payment_due", "suspended_agent"):
                    has = held.in_state(state, people.CLARA, plan)
                    yield plan, Matter(Restart(has.id), plan, has)
                    over = TODAY - timedelta(days=1)
                    yield plan, Matter(Restart(has.id), plan, replace(has, period_end=over, period_start=over))
            case "terminate":
                has = held.running(people.CLARA, plan)
                yield plan, Matter(Terminate(has.id), plan, has)
            case "pay_invoice":
                owed = billed.in_state(billed.invoice(sold.prices, people.CLARA, plan), "due_offline")
                yield None, Matter(PayInvoice(owed.id), invoice=owed)
            case "register_method":
                yield None, Matter(RegisterMethod(plan.price.currency))


def _more(plan: Plan) -> Options:
    """More of everything than there was."""
    return {
        option.ref: min(option.maximum, max(option.minimum, option.included) + 2 * option.step)
        if option.kind == "quantity"
        else True
        for option in plan.choices
    }
