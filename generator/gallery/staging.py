"""Who really walks a path that the checks find: the plan, the customer and the answers that lead from step to step.

The path is what `engine.path` computes of the walk, and its price what the embedded biller works out. A path for which
nobody is found is told, and not made up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.engine import answers, known, leaving, options, payment
from generator.engine.path import PLAN, SHOWN, known_at, path
from generator.engine.paths import Path
from generator.gallery.matters import matters
from generator.gallery.sample import people
from generator.gallery.sample.methods import CARD
from generator.gallery.sample.moment import NOON, TODAY
from generator.gallery.sample.quotes import Matter
from generator.gallery.sample.shop import Shop
from generator.gallery.sample.sold import CODE
from generator.model.catalog import Plan
from generator.model.customer import BillingInfo, Customer
from generator.model.payment import Method
from generator.model.quote import (
    Answer,
    Keep,
    Pause,
    Quote,
)
from generator.model.rule import UnknownName, Value
from generator.model.walk import Answers, Subject, Walk
from generator.model.workflow import AnyStep, Field, PaymentStep, Workflow
from generator.rehearsal.drafting import likely


@dataclass(frozen=True)
class Staged:
    """`walk` has answered every step of the path but the last; `plan` is none where the workflow is about none."""

    path: Path
    workflow: Workflow
    walk: Walk
    customer: Customer
    matter: Matter
    plan: Plan | None
    methods: tuple[Method, ...]

    def at(self, step: AnyStep) -> Walk:
        """The walk as it stood when this step was come to."""
        steps = [one.id for one in self.path.steps]
        before = steps[: steps.index(step.id)]
        return replace(self.walk, answers={id: said for id, said in self.walk.answers.items() if id in before})


def staged(shop: Shop, workflow: Workflow, wanted: Path) -> Staged | None:
    """The first customer who is shown the steps of this path, and comes to its payment case."""
    methods = (CARD,) if wanted.world.get("customer.has_method", False) else ()
    customer = _customer(wanted.world)
    for plan, matter in matters(workflow, shop.sold, wanted.world):
        priced = shop.quote(customer, matter)
        if priced is None:
            continue
        made = Staged(wanted, workflow, _begun(workflow, priced, matter), customer, matter, plan, methods)
        walked = _walked(shop, made)
        if walked is not None:
            return walked
    return None


def _customer(world: Mapping[str, Value]) -> Customer:
    complete = bool(world.get("customer.billing_complete", True))
    tags = world.get("customer.tags", frozenset())
    billing = people.CLARA.billing if complete else BillingInfo(email=people.CLARA.billing.email)
    said = {
        name: str(world[f"customer.{name}"])
        for name in ("country", "company", "vat_number")
        if f"customer.{name}" in world
    }
    billing = replace(billing, **said)
    made = replace(people.CLARA, billing=billing, tags=tags if isinstance(tags, frozenset) else frozenset())
    return people.on_terms(made) if world.get("customer.terms", False) else made


def _begun(workflow: Workflow, priced: Quote, matter: Matter) -> Walk:
    subject = Subject(
        plan=matter.plan.ref if matter.plan and "plan" in workflow.purpose.about else "",
        subscription=matter.subscription.id if matter.subscription else "",
        target=matter.target.id if matter.target else "",
        invoice=matter.invoice.id if matter.invoice else "",
    )
    return Walk(workflow.id, workflow.id, people.CLARA.id, subject, "", "", NOON, NOON, version=1, quote=priced)


def _walked(shop: Shop, made: Staged) -> Staged | None:
    """All the way along the path; None where they are shown other steps, or come to another case."""
    walk = replace(made.walk, facts=_facts(made))
    steps = made.path.steps
    try:
        for step in steps[:-1]:
            if path(made.workflow, walk)[-1:] != (step,):
                return None
            walk = _offered(shop, made, walk, step)
            walk = replace(walk, answers={**walk.answers, step.id: answered(made, walk, step)})
        last = steps[-1]
        if path(made.workflow, walk) != steps or _case(made, walk, last) != made.path.case:
            return None
    except UnknownName:
        return None
    return replace(made, walk=_offered(shop, made, walk, last))


def _facts(made: Staged) -> Mapping[str, Value]:
    matter = made.matter
    return {
        **known.of_customer(made.customer, bool(made.methods), made.workflow),
        **(known.of_plan(made.plan) if made.plan else {}),
        **(known.of_subscription(matter.subscription, TODAY) if matter.subscription else {}),
        **(known.of_invoice(matter.invoice, TODAY) if matter.invoice else {}),
        **made.path.facts,
        **({"plan.ref": made.plan.ref} if made.plan else {}),
    }


def _case(made: Staged, walk: Walk, step: AnyStep) -> str | None:
    if not isinstance(step, PaymentStep):
        return None
    return payment.case_of(step, known_at(made.workflow, walk, step))


def _offered(shop: Shop, made: Staged, walk: Walk, step: AnyStep) -> Walk:
    """The walk with what each choice of a confirmation costs."""
    has = made.matter.subscription
    if len(step.choices) < 2 or has is None or walk.quote is None:
        return walk
    offers = {"terminate": walk.quote}
    for choice in step.choices:
        if choice.id == "keep":
            matter = replace(made.matter, change=Keep(has.id), code=CODE)
        elif choice.id == "pause":
            matter = replace(made.matter, change=Pause(has.id, leaving.bounds(choice, has.period_end).proposed))
        else:
            continue
        priced = shop.quote(made.customer, matter)
        if priced is not None:
            offers[choice.id] = priced
    return replace(walk, offers=offers)


def answered(made: Staged, walk: Walk, step: AnyStep) -> Answers:
    """What the path's witness answers in this step, and something likely where more is required."""
    there = known_at(made.workflow, walk, step)
    shown: dict[str, Answer] = {SHOWN: walk.quote.shown} if walk.quote else {}
    match step.kind:
        case "catalog":
            return {PLAN: made.plan.ref if made.plan else ""}
        case "options":
            return _chosen(made)
        case "summary" | "confirm":
            return {**_read(made, step, there), **shown}
        case _:
            return _read(made, step, there)


def _chosen(made: Staged) -> Answers:
    change, plan = made.matter.change, made.plan
    assert plan is not None, "options are those of a plan"
    had = getattr(change, "options", {})
    form = {
        options.PREFIX + option.ref: str(had.get(option.ref, max(option.minimum, option.included))).lower()
        for option in plan.choices
        if option.kind == "quantity" or had.get(option.ref)
    }
    return options.read(plan, form).answers


def _read(made: Staged, step: AnyStep, there: Mapping[str, Value]) -> Answers:
    given = made.path.answers(step)
    form: dict[str, str] = {}
    for asked in answers.applying(step.fields, there):
        words = _words(asked, given.get(asked.id), there, step)
        if asked.kind == "choices":
            form |= {asked.input_of(option): "true" for option in asked.options if option.id in words.split(",")}
        elif words:
            form[asked.id] = words
    return answers.read(step.fields, form, there).answers


def _words(asked: Field, answer: Value | None, there: Mapping[str, Value], step: AnyStep) -> str:
    if isinstance(answer, frozenset):
        return ",".join(sorted(answer))
    if answer is not None:
        return answers.written(answer)  # type: ignore[arg-type]
    if asked.kind == "consent":
        return "true"
    billing = vars(people.CLARA.billing)
    if step.kind == "billing_info" and billing.get(asked.id):
        return str(billing[asked.id])
    return (likely.typed(asked, there) or "") if asked.required else ""
