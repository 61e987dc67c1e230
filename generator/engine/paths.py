"""Every path through a workflow that some customer can walk, each with somebody who walks it.

A path is what `path.path` computes of facts, answers and a quote. Facts and the quote are those of now: each request
computes the path anew, so a price that changed on the way contradicts nothing, and one quote is enough. Answers count
from the step after theirs, and billing info is what is known of the customer from then on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from generator.engine.worlds import NOT_PROVED, Claim, Name, Names, NotProved, World, find
from generator.model.facts import FACTS, KIND_OF_FIELD, ROOTS, Fact
from generator.model.rule import ALWAYS, Any, Compare, Is, IsKnown, Leaf, Rule, Value
from generator.model.workflow import AnyStep, Field, PaymentCase, PaymentStep, Workflow

MOST_PATHS = 2_000
"""How many paths of one workflow are told apart."""

BILLING = ("country", "company", "vat_number")
"""What conditions may read of a customer's billing info."""


@dataclass(frozen=True)
class Path:
    """The steps that a customer is shown, the payment case that is decided in the last one, and who comes there so.

    `case` is None where the path ends without a payment step. `world` has a value for every name that decides anything:
    facts, the quote's, and `<step>.<field>` for each answer.
    """

    steps: tuple[AnyStep, ...]
    case: PaymentCase | None
    world: World

    @property
    def facts(self) -> Mapping[str, Value]:
        """What is known at the start, but the quote."""
        return {name: value for name, value in self.world.items() if _root(name) in ROOTS and _root(name) != "quote"}

    @property
    def quote(self) -> Mapping[str, Value]:
        """What the quote says."""
        return {name: value for name, value in self.world.items() if _root(name) == "quote"}

    def answers(self, step: AnyStep) -> Mapping[str, Value]:
        """What is answered in a step, by field."""
        return {
            name.partition(".")[2]: value
            for name, value in self.world.items()
            if _root(name) == step.id and any(name == f"{step.id}.{asked.id}" for asked in step.fields)
        }


@dataclass(frozen=True)
class Paths:
    """All that were found; `complete` says that there are no others."""

    paths: tuple[Path, ...]
    complete: bool


@dataclass(frozen=True)
class Moment:
    """A customer who comes to a step, or to the end: what must be so for them, and what names stand for then."""

    claims: tuple[Claim, ...] = ()
    stands: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[AnyStep, ...] = ()
    case: PaymentCase | None = None

    def also(self, rule: Rule, holds: bool = True) -> "Moment":
        """The same where the rule holds as well, or does not."""
        return replace(self, claims=(*self.claims, Claim(rule, holds, self.stands)))


def names_of(workflow: Workflow, currency: str) -> Names:
    """All that conditions of this workflow may read, and what each can stand for."""
    return _ground(_Same(workflow), currency)[0]


def given(workflow: Workflow, currency: str) -> tuple[Claim, ...]:
    """What is so of every customer, whatever they answer.

    No quote and no invoice is below nothing. Who pays an invoice owes something, now and not later. Who gives a method
    ahead owes nothing, and a method is what is wanted. Where billing info is complete the country is known, and all
    that the workflow requires of it.
    """
    return _ground(_Same(workflow), currency)[1]


class _Same:
    """A workflow as itself: comparing two by all that they say takes longer than working out what is known of one."""

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow

    def __hash__(self) -> int:
        return id(self.workflow)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.workflow is self.workflow


@lru_cache(maxsize=64)
def _ground(same: _Same, currency: str) -> tuple[Names, tuple[Claim, ...]]:
    """What all of a check asks of one workflow again and again."""
    return _names_of(same.workflow, currency), _given(same.workflow)


def _names_of(workflow: Workflow, currency: str) -> Names:
    facts = {name: Name(fact, None, currency) for name, fact in FACTS.items() if _known_in(workflow, _root(name))}
    answers = {f"{step.id}.{asked.id}": Name(_fact(asked), asked) for step in workflow.steps for asked in step.fields}
    return {**facts, **answers}


def _given(workflow: Workflow) -> tuple[Claim, ...]:
    claims = []
    if not workflow.purpose.priced:
        nothing: tuple[Rule, ...] = (Is("quote.due_now", (0,)), Is("quote.due_later", (0,)))
        claims += [Claim(rule) for rule in (*nothing, Is("quote.method_required", (True,)))]
    elif "invoice" in workflow.purpose.about:
        claims += [Claim(Compare("quote.due_now", "above", 0)), Claim(Is("quote.due_later", (0,)))]
    required = {
        asked.id
        for step in workflow.steps
        for asked in (step.fields if step.kind == "billing_info" else ())
        if asked.required and asked.when == ALWAYS
    }
    for known in [name for name in BILLING if name == "country" or name in required]:
        claims.append(Claim(Any((Is("customer.billing_complete", (False,)), IsKnown(f"customer.{known}")))))
    return tuple(claims)


def paths(workflow: Workflow, currency: str) -> Paths:
    """Every path that somebody can walk, with somebody who walks it."""
    names, always = names_of(workflow, currency), given(workflow, currency)
    found: dict[tuple[tuple[str, ...], PaymentCase | None], Path] = {}
    complete = True
    for moment in _ends(workflow, names, always):
        if isinstance(moment, NotProved):
            complete = False
            continue
        kind = (tuple(step.id for step in moment.shown), moment.case)
        if kind in found:
            continue
        if len(found) >= MOST_PATHS:
            return Paths(tuple(found.values()), complete=False)
        world = find([*moment.claims, *always], names)
        if isinstance(world, NotProved):
            complete = False
        elif world is not None:
            found[kind] = Path(moment.shown, moment.case, world)
    return Paths(tuple(found.values()), complete)


def coming_to(workflow: Workflow, step: AnyStep, currency: str) -> Iterator[Moment | NotProved]:
    """Everybody who is shown this step, as far as they differ for what it asks and for those who come there."""
    names, always = names_of(workflow, currency), given(workflow, currency)
    at = workflow.steps.index(step)
    decisive = _decisive(workflow.steps[:at], step.rules)
    for moment in _walked(workflow, decisive, names, always):
        if isinstance(moment, NotProved):
            yield moment
            continue
        here = moment.also(step.when) if step.when != ALWAYS else moment
        if find([*here.claims, *always], names) is not None:
            yield replace(here, shown=(*here.shown, step))


def somebody(workflow: Workflow, step: AnyStep, currency: str, *asked: tuple[Rule, bool]) -> World | NotProved | None:
    """Somebody who is shown this step and for whom these rules hold, or do not; None where nobody is."""
    names, always = names_of(workflow, currency), given(workflow, currency)
    unsure = False
    for moment in coming_to(workflow, step, currency):
        if isinstance(moment, NotProved):
            unsure = True
            continue
        for rule, holds in asked:
            moment = moment.also(rule, holds)
        world = find([*moment.claims, *always], names)
        if isinstance(world, NotProved):
            unsure = True
        elif world is not None:
            return world
    return NOT_PROVED if unsure else None


def deciding(step: PaymentStep, case: PaymentCase) -> tuple[tuple[Rule, bool], ...]:
    """What must hold, and not hold, for the table to decide for this case: the first one that holds counts."""
    at = [row.case for row in step.cases].index(case)
    return (*((row.when, False) for row in step.cases[:at]), (step.cases[at].when, True))


def _ends(workflow: Workflow, names: Names, always: Sequence[Claim]) -> Iterator[Moment | NotProved]:
    """Everybody who comes to the end, all steps told apart."""
    read = {leaf.name for leaf in _leaves(workflow.rules)}
    steps = {step.id: _fields_read(step, read) for step in workflow.steps}
    for moment in _walked(workflow, steps, names, always):
        last = moment.shown[-1] if isinstance(moment, Moment) and moment.shown else None
        if isinstance(moment, NotProved) or not isinstance(last, PaymentStep):
            yield moment
            continue
        for row in last.cases:
            decided = moment
            for rule, holds in deciding(last, row.case):
                decided = decided.also(rule, holds)
            yield replace(decided, case=row.case)


def _walked(
    workflow: Workflow, decisive: Mapping[str, Sequence[Field]], names: Names, always: Sequence[Claim]
) -> Iterator[Moment | NotProved]:
    """Everybody who has gone through the decisive steps, told apart by which they were shown and what they answered."""
    unread = {name: "" for name in names if _root(name) not in ROOTS}
    moments: list[Moment] = [Moment(stands=unread)]
    for step in workflow.steps:
        if step.id not in decisive:
            continue
        following = []
        for moment in moments:
            for after in _through(step, moment, decisive[step.id]):
                world = find([*after.claims, *always], names)
                if world is not None:
                    following.append(after)
        moments = following
        if len(moments) > MOST_PATHS:
            yield NOT_PROVED
            moments = moments[:MOST_PATHS]
    yield from moments


def _through(step: AnyStep, moment: Moment, asked: Sequence[Field]) -> Iterator[Moment]:
    """Not shown at all; or shown, with each field answered or not."""
    if step.when != ALWAYS:
        yield moment.also(step.when, holds=False)
        moment = moment.also(step.when)
    shown = [replace(moment, shown=moment.shown if step.silent else (*moment.shown, step))]
    before = moment
    for one in asked:
        shown = [after for known in shown for after in _answered(step, one, known, before)]
    yield from shown


def _answered(step: AnyStep, asked: Field, moment: Moment, before: Moment) -> Iterator[Moment]:
    """A field is asked by what was known before its step."""

    def when(holds: bool) -> Moment:
        claim = Claim(asked.when, holds, before.stands)
        return moment if asked.when == ALWAYS else replace(moment, claims=(*moment.claims, claim))

    name = f"{step.id}.{asked.id}"
    knows = {name: name}
    if step.kind == "billing_info" and asked.id in BILLING:
        knows[f"customer.{asked.id}"] = name
    answered = when(True)
    yield replace(answered, stands={**moment.stands, **knows}, claims=(*answered.claims, Claim(IsKnown(name))))
    unanswered = Claim(IsKnown(name, wanted=False))
    if not asked.required and asked.kind != "consent":
        yield replace(answered, claims=(*answered.claims, unanswered))
    if asked.when != ALWAYS:
        yield replace(when(False), claims=(*when(False).claims, unanswered))


def _decisive(steps: Sequence[AnyStep], rules: Sequence[Rule]) -> Mapping[str, Sequence[Field]]:
    """The steps whose answers decide these rules, directly or by deciding who is asked, with the fields that do."""
    read = {leaf.name for leaf in _leaves(rules)}
    found: dict[str, Sequence[Field]] = {}
    for step in reversed(steps):
        fields = _fields_read(step, read)
        if fields:
            found[step.id] = fields
            read |= {leaf.name for leaf in _leaves((step.when, *(asked.when for asked in fields)))}
    return found


def _fields_read(step: AnyStep, read: set[str]) -> list[Field]:
    return [
        asked
        for asked in step.fields
        if f"{step.id}.{asked.id}" in read
        or (step.kind == "billing_info" and asked.id in BILLING and f"customer.{asked.id}" in read)
    ]


def _leaves(rules: Sequence[Rule]) -> Iterator[Leaf]:
    for rule in rules:
        yield from rule.leaves


def _fact(asked: Field) -> Fact:
    """What an answer to a field is; whether there is one is decided where it is asked."""
    kind = asked.holds if asked.kind == "hidden" else asked.kind
    return Fact(KIND_OF_FIELD[kind], "an answer", optional=True, words=tuple(option.id for option in asked.options))


def _known_in(workflow: Workflow, root: str) -> bool:
    """Whether anything is ever known by names of this root."""
    purpose = workflow.purpose
    needs = {"subscription": "subscription" in purpose.about, "invoice": "invoice" in purpose.about}
    return needs.get(root, purpose.plan != "none" if root == "plan" else True)


def _root(name: str) -> str:
    return name.partition(".")[0]
