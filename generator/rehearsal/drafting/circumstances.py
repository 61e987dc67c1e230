"""Who may come to a workflow: what is so before, and the link that they open. The plainest comes first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from generator.engine.paths import BILLING, Path
from generator.locale import money
from generator.model.catalog import Plan
from generator.model.money import Money
from generator.model.price_list import PriceList
from generator.model.rule import Value
from generator.model.workflow import PaymentStep, Workflow

Lines = tuple[str, ...]

MADE_UP = 3_000
"""What a plan costs that was free, where it must not be; in minor units."""


@dataclass(frozen=True)
class Circumstance:
    """Sentences up to the first page: what is so `before` it, after what is known of the customer's `billing`.

    `chooses` is the plan that is taken in a catalog, `options` what is typed there. `charged` is whether something is
    likely to be charged at once, where that is easily said. `visits` says that they are nobody yet.
    """

    before: Lines
    opens: str
    charged: bool | None = None
    chooses: str = ""
    options: tuple[tuple[str, str], ...] = ()
    visits: bool = False
    billing: Lines = ()

    @property
    def lines(self) -> Lines:
        return (*self.billing, *self.before, self.opens)

    @property
    def price(self) -> "Circumstance":
        """What decides about money in it."""
        return replace(self, billing=())


def circumstances(workflow: Workflow, path: Path, prices: PriceList, languages: tuple[str, ...]) -> list[Circumstance]:
    """Everybody who may walk this path, the likeliest first."""
    due = path.world.get("quote.due_now")
    owes = None if due is None else bool(due)

    def unlikely(one: Circumstance) -> tuple[bool, int]:
        return one.charged is not None and owes is not None and one.charged is not owes, len(one.lines)

    who = _visitors(path) if workflow.purpose.visitor else list(_customers(workflow, path, languages))
    billing = () if workflow.purpose.visitor else tuple(_billing(workflow, path.world))
    every = product(_told(workflow, path, prices), who)
    found = (replace(one, before=(*customer, *one.before), billing=billing) for one, customer in every)
    return sorted(found, key=unlikely)


def _visitors(path: Path) -> list[Lines]:
    """Of who has just become somebody nothing is known but what they said, which is all that an invoice needs."""
    return [()] if path.world.get("customer.billing_complete", True) else []


def _customers(workflow: Workflow, path: Path, languages: tuple[str, ...]) -> Iterator[Lines]:
    """What is known of the customer as the path wants it, and both ways where it does not say."""
    world = path.world
    tags = world.get("customer.tags")
    language = world.get("customer.language")
    first: list[str] = []
    if isinstance(tags, frozenset):
        first += [f"is tagged {tag}" for tag in sorted(tags) if " " not in tag]
    if language in languages[1:]:
        first.append(f"speaks {language}")
    for terms, method in product(_flag(world, "customer.terms"), _flag(world, "customer.has_method")):
        yield (
            *first,
            *(["may pay within 30 days"] if terms else []),
            *([_on_file(workflow)] if method else []),
        )


def _billing(workflow: Workflow, world: Mapping[str, Value]) -> Iterator[str]:
    """Everything, or only what somebody reads of it."""
    complete = world.get("customer.billing_complete", True)
    read = {leaf.name for rule in workflow.rules for leaf in rule.leaves}
    names = [name for name in BILLING if f"customer.{name}" in read & world.keys()]
    said = ", ".join(f"{name}={str(world[f'customer.{name}']).replace(' ', '-')}" for name in names)
    if complete:
        yield f"has billing info with {said}" if said else "has billing info"
    elif said:
        yield f"has as billing info only {said}"


def _on_file(workflow: Workflow) -> str:
    methods = [method for step in workflow.steps if isinstance(step, PaymentStep) for method in step.methods]
    return "has a card on file" if "card" in methods or "sepa" not in methods else "has a mandate on file"


def _flag(world: Mapping[str, Value], name: str) -> tuple[bool, ...]:
    return (bool(world[name]),) if name in world else (False, True)


def _told(workflow: Workflow, path: Path, prices: PriceList) -> Iterator[Circumstance]:
    """What the workflow is about, in every way in which it can come to be."""
    sold = prices.catalog.plans
    plans = [plan for plan in sold if _may_be(plan, path.world)]
    has = path.world.get("subscription.plan")
    owned = [plan for plan in sold if has is None or plan.ref == has] or list(sold)
    id = workflow.id
    match workflow.purpose.asks:
        case "subscribe":
            yield from _subscribing(workflow, plans)
        case "start":
            for plan, trial in product(plans, (False, True)):
                for price, charged in _prices(plan):
                    given = (*(_trial(plan) if trial else ()), f"was offered {plan.ref} for {price}")
                    yield Circumstance(given, f"opens {id} for {plan.ref}", charged and not trial)
        case "change_plan":
            yield from _changing(workflow, owned, plans)
        case "replace":
            for one, plan in product(owned, plans):
                for (price, charged), later in product(_prices(plan), _PASSES):
                    before = (f"bought {one.ref} before", *later, f"was offered {plan.ref} for {price}")
                    yield Circumstance(before, f"opens {id} from {one.ref} to {plan.ref}", charged)
        case "change_options":
            yield from _choosing(workflow, [plan for plan in owned if plan.choices])
        case "restart":
            for plan, sale in product(owned, (False, True)):
                for stopped in _stopped(plan):
                    yield Circumstance((*(_free(plan) if sale else ()), *stopped), f"opens {id} for {plan.ref}")
        case "terminate":
            for plan, fee, bound in product(owned, (False, True), (False, True)):
                given = (
                    *((f"the merchant takes {_said(MADE_UP, plan)} for leaving {plan.ref}",) if fee else ()),
                    *((f"the merchant binds to 12 terms of {plan.ref}",) if bound else ()),
                )
                yield Circumstance((*given, f"bought {plan.ref} before"), f"opens {id} for {plan.ref}", fee)
        case "pay_invoice":
            for plan, late in product((plan for plan in owned if not plan.free), ((), ("40 days later",))):
                yield Circumstance(("may pay within 30 days", f"bought {plan.ref} before", *late), f"opens {id}")
        case "register_method":
            yield Circumstance((), f"opens {id}")


def _may_be(plan: Plan, world: Mapping[str, Value]) -> bool:
    """What no merchant can change of a plan in a sentence."""
    facts: Mapping[str, Value] = {"plan.private": plan.private, "plan.has_options": bool(plan.choices)}
    same = all(world.get(name, value) == value for name, value in facts.items())
    return same and world.get("plan.ref", plan.ref) in (plan.ref, "another", "another one")


def _subscribing(workflow: Workflow, plans: list[Plan]) -> Iterator[Circumstance]:
    for plan in plans:
        for given, charged in _sales(plan):
            if workflow.purpose.visitor:
                yield Circumstance(given, f"subscribes to {plan.ref} as a visitor", charged, visits=True)
            elif workflow.purpose.plan == "chosen":
                yield Circumstance(given, f"opens {workflow.id}", charged, chooses=plan.ref)
            else:
                yield Circumstance(given, f"opens {workflow.id} for {plan.ref}", charged)


def _changing(workflow: Workflow, owned: list[Plan], plans: list[Plan]) -> Iterator[Circumstance]:
    for one, plan in product(owned, plans):
        if one.ref == plan.ref:
            continue
        for (given, charged), later in product(_sales(plan), _PASSES):
            before = (f"bought {one.ref} before", *later, *given)
            dearer = charged and (bool(given) or plan.price > one.price)
            if workflow.purpose.plan == "chosen":
                yield Circumstance(before, f"opens {workflow.id} for {one.ref}", dearer, chooses=plan.ref)
            else:
                yield Circumstance(before, f"opens {workflow.id} from {one.ref} to {plan.ref}", dearer)


def _choosing(workflow: Workflow, plans: list[Plan]) -> Iterator[Circumstance]:
    for plan in plans:
        for (given, charged), later in product(_sales(plan), _PASSES):
            before = (*given, f"bought {plan.ref} before", *later)
            yield Circumstance(before, f"opens {workflow.id} for {plan.ref}", charged=False)
            for option in plan.choices:
                more = str(option.minimum + 2 * option.step) if option.kind == "quantity" else "true"
                yield Circumstance(
                    before, f"opens {workflow.id} for {plan.ref}", charged, options=((option.ref, more),)
                )


_PASSES: tuple[Lines, ...] = ((), ("20 days later",))


def _stopped(plan: Plan) -> Iterator[Lines]:
    """On hold, on hold for longer than a term, and over."""
    bought, held = f"bought {plan.ref} before", f"the merchant suspends {plan.ref} as suspended_agent"
    yield (bought, held)
    yield (bought, held, "40 days later")
    yield (bought, f"the merchant ends {plan.ref} at once")


def _sales(plan: Plan) -> Iterator[tuple[Lines, bool]]:
    """As it is sold, for nothing or for something, with a trial that is free or not; and whether that is charged."""
    yield (), not plan.free and (plan.trial is None or plan.trial_price is not None)
    if plan.free:
        yield (f"the merchant sells {plan.ref} for {_said(MADE_UP, plan)}",), plan.trial is None
    else:
        yield _free(plan), bool(plan.setup) or plan.trial_price is not None
    yield _trial(plan), False
    yield (*_trial(plan), f"the merchant asks {_said(MADE_UP // 10, plan)} for the trial of {plan.ref}"), True


def _trial(plan: Plan) -> Lines:
    return (f"the merchant gives 14 free days with {plan.ref}",)


def _free(plan: Plan) -> Lines:
    return (f"the merchant sells {plan.ref} for {_said(0, plan)}",)


def _prices(plan: Plan) -> tuple[tuple[str, bool], ...]:
    """What an offer costs, something or nothing, and whether that is charged at once."""
    return (_said(MADE_UP, plan), plan.trial is None), (_said(0, plan), bool(plan.setup))


def _said(minor: int, plan: Plan) -> str:
    return money.written(Money(minor, plan.price.currency))
