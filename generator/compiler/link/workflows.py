"""Workflows, their steps and fields, and the steps that one workflow takes over from another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from generator.compiler.link import words
from generator.compiler.link.conditions import Conditions
from generator.compiler.link.fields import Fields, answer, of_address
from generator.compiler.link.texts import text
from generator.compiler.node import Entry, Map, Node
from generator.model.facts import ROOTS, Fact
from generator.model.nearest import suggestion
from generator.model.problem import Problem
from generator.model.terms import FIVE_AN_HOUR, CoolDown
from generator.model.workflow import (
    PURPOSES,
    TERMINATE,
    AnyStep,
    Case,
    ChoiceId,
    Field,
    LeavingChoice,
    PaymentCase,
    PaymentStep,
    Step,
    StepKind,
    Workflow,
)

WITH_FIELDS: tuple[StepKind, ...] = ("billing_info", "form", "summary", "confirm")
"""Kinds of step that hold fields."""

RESERVED = ("waiting", "paying", "done", "leave")
"""What a walk's addresses use beside its steps."""

_TAKEN = {
    **dict.fromkeys(RESERVED, "its address is taken"),
    **dict.fromkeys(ROOTS, "conditions read other things by this name"),
    "start": "`after: start` is the beginning of the list",
}
"""Why no step can have these names."""


@dataclass(frozen=True)
class Workflows:
    """Links all workflows of a definition. `documents` are the keys that `site.urls` has."""

    nodes: Map
    conditions: Conditions
    documents: frozenset[str]
    problems: list[Problem]

    def all(self) -> tuple[Workflow, ...]:
        """Every workflow that is offered, in the order of the definition."""
        offered = [entry for entry in words.entries(self.nodes) if _offered(entry.node)]
        return tuple(self._workflow(entry) for entry in offered)

    def all_answers(self) -> Mapping[str, Fact]:
        """The answers of every workflow, as names that a condition may read."""
        return {name: fact for entry in words.entries(self.nodes) for name, fact in self._answers(entry.node).items()}

    def _workflow(self, entry: Entry) -> Workflow:
        return Workflow(
            id=entry.name,
            title=text(words.below(entry.node, "title")),
            steps=tuple(self._steps(entry, ())),
            continues=words.string(words.below(entry.node, "continues")),
            place=entry.key.place,
        )

    def _steps(self, entry: Entry, through: tuple[str, ...]) -> Iterator[AnyStep]:
        """The workflow's own steps, then those of the one that it continues."""
        conditions = self.conditions.among(self._answers(entry.node))
        for step in words.entries(words.below(entry.node, "steps")):
            yield from self._step(step, entry.name, conditions)
        continues = words.below(entry.node, "continues")
        if continues is None:
            return
        target = self.nodes.entries.get(words.string(continues))
        if target is None or not isinstance(target.node, Map):
            says = f'"{words.string(continues)}" is not a workflow of this definition'
            hint = suggestion(words.string(continues), self.nodes.entries)
            self.problems.append(Problem("unknown-workflow", continues.place, says, hint))
        elif target.name in (*through, entry.name) or self._comes_back(entry.name):
            says = f'"{entry.name}" comes back to itself: it would never end'
            hint = "continue a workflow that ends in a payment step"
            self.problems.append(Problem("circular-workflow", continues.place, says, hint))
        else:
            blind = Workflows(self.nodes, self.conditions.quiet(), self.documents, [])
            yield from blind._steps(target, (*through, entry.name))

    def _comes_back(self, id: str) -> bool:
        """Whether one that follows what each workflow continues meets this one again."""
        met: list[str] = []
        following = id
        while following not in met:
            met.append(following)
            entry = self.nodes.entries.get(following)
            following = words.string(words.below(entry.node, "continues")) if entry else ""
        return following == id

    def _answers(self, workflow: Node) -> Mapping[str, Fact]:
        """The answers of a workflow's own steps, as names that its conditions may read."""
        return {
            f"{step.name}.{field.name}": fact
            for step in words.entries(words.below(workflow, "steps"))
            for field in words.entries(words.below(step.node, "fields"))
            if (fact := answer(field.node)) is not None
        }

    def _step(self, entry: Entry, origin: str, conditions: Conditions) -> Iterator[AnyStep]:
        node = entry.node
        if not isinstance(node, Map):
            return
        kind = self._kind(entry, node)
        if kind is None:
            return
        if taken := _TAKEN.get(entry.name):
            says = f'a step cannot be called "{entry.name}": {taken}'
            self.problems.append(Problem("reserved-name", entry.key.place, says, "give it another name"))
        if node.get("fields") is not None and kind not in WITH_FIELDS:
            says = f'a step of kind "{kind}" has no fields'
            place = node.entries["fields"].key.place
            self.problems.append(Problem("fields-not-here", place, says, "put them in a step of kind `form`"))
        if node.get("text") is not None and kind != "message":
            says = f'a step of kind "{kind}" has no text of its own'
            place = node.entries["text"].key.place
            hint = "make it its `intro`, or a step of kind `message`"
            self.problems.append(Problem("text-not-here", place, says, hint))
        if kind == "payment":
            yield self._payment(entry, node, origin, conditions)
            return
        yield Step(
            id=entry.name,
            kind=kind,
            origin=origin,
            when=conditions.rule(node.get("when")),
            title=text(node.get("title")),
            intro=text(node.get("intro")),
            text=text(node.get("text")),
            fields=self._all_fields(node, kind, origin, conditions),
            promotion_code=words.flag(node.get("promotion_code")),
            choices=self._choices(node, conditions) if kind == "confirm" or node.get("choices") is not None else (),
            was=words.strings(node.get("was")),
            place=entry.key.place,
        )

    def _choices(self, node: Map, conditions: Conditions) -> tuple[LeavingChoice, ...]:
        """In the order in which they are written; leaving is always one of them."""
        choices = [self._choice(entry, conditions) for entry in words.entries(node.get("choices"))]
        leaves = any(choice.id == "terminate" for choice in choices)
        return (*choices,) if leaves else (TERMINATE, *choices)

    def _choice(self, entry: Entry, conditions: Conditions) -> LeavingChoice:
        promotion = words.string(words.below(entry.node, "promotion"))
        if entry.name == "keep" and not promotion:
            says = 'the choice "keep" does not say with which promotion'
            hint = "add `promotion: CODE`, with the code of a promotion that you keep beside your prices"
            self.problems.append(Problem("missing-promotion", entry.key.place, says, hint))
        return LeavingChoice(
            id=cast(ChoiceId, entry.name),
            when=conditions.rule(words.below(entry.node, "when")),
            title=text(words.below(entry.node, "title")),
            text=text(words.below(entry.node, "text")),
            promotion=promotion,
            days=words.integer(words.below(entry.node, "days"), TERMINATE.days),
            place=entry.key.place,
        )

    def _all_fields(self, node: Map, kind: StepKind, origin: str, conditions: Conditions) -> tuple[Field, ...]:
        """Those of the step that it is like, as far as they make sense here, then its own; one's own replaces."""
        own = tuple(self.fields(node.get("fields"), conditions))
        names = [field.id for field in own]
        taken = self._like(node.get("like"), kind, origin)
        all = (*(field for field in taken if field.id not in names), *own)
        return tuple(map(of_address, all)) if kind == "billing_info" else all

    def _like(self, node: Node | None, kind: StepKind, origin: str) -> tuple[Field, ...]:
        """What depends on an answer to another step, or here on a plan that there is none of, stays behind."""
        found = self._named(node, kind)
        if found is None:
            return ()
        workflow, step = found
        blind = Workflows(self.nodes, self.conditions.quiet().among(self._answers(workflow.node)), self.documents, [])
        fields = blind.fields(words.below(step.node, "fields"), blind.conditions)
        roots = ("customer",) if PURPOSES[origin].plan == "none" else ("customer", "plan")
        return tuple(
            field for field in fields if all(leaf.name.partition(".")[0] in roots for leaf in field.when.leaves)
        )

    def _named(self, node: Node | None, kind: StepKind) -> tuple[Entry, Entry] | None:
        """The step of this kind that a `like` names, behind its workflow."""
        if node is None:
            return None
        steps = {
            f"{workflow.name}.{step.name}": (workflow, step)
            for workflow in words.entries(self.nodes)
            for step in words.entries(words.below(workflow.node, "steps"))
            if (words.string(words.below(step.node, "kind")) or step.name) == kind
        }
        written = words.string(node)
        if written not in steps:
            says = f'"{written}" is not a step of kind "{kind}"'
            self.problems.append(Problem("unknown-step", node.place, says, suggestion(written, steps)))
        return steps.get(written)

    def _kind(self, entry: Entry, node: Map) -> StepKind | None:
        written = words.string(node.get("kind")) or entry.name
        if written in get_args(StepKind):
            return cast(StepKind, written)
        says = f'the step "{entry.name}" does not say what kind of screen it is'
        self.problems.append(Problem("missing-kind", entry.key.place, says, "add `kind: form` for a step of your own"))
        return None

    def _payment(self, entry: Entry, node: Map, origin: str, conditions: Conditions) -> PaymentStep:
        """What it does not say itself, the step that it is like says."""
        found = self._named(node.get("like"), "payment")

        def said(name: str) -> Node | None:
            own = node.get(name)
            return words.below(found[1].node, name) if own is None and found else own

        cases = [
            Case(cast(PaymentCase, case.name), conditions.rule(words.below(case.node, "when")), case.key.place)
            for case in words.entries(said("cases"))
        ]
        return PaymentStep(
            id=entry.name,
            kind="payment",
            origin=origin,
            when=conditions.rule(node.get("when")),
            title=text(node.get("title")),
            intro=text(node.get("intro")),
            methods=cast("tuple[Literal['card', 'sepa', 'transfer'], ...]", words.strings(said("methods"))),
            cool_down=_cool_down(said("cool_down")),
            cases=tuple(cases),
            was=words.strings(node.get("was")),
            place=entry.key.place,
        )

    def fields(self, node: Node | None, conditions: Conditions) -> Iterator[Field]:
        """The fields under a `fields:`."""
        yield from Fields(conditions, self.documents, self.problems).all(node)


def _offered(node: Node) -> bool:
    """A workflow may be written out and still not be offered."""
    offered = words.below(node, "offered")
    return isinstance(node, Map) and (offered is None or words.flag(offered))


def _cool_down(node: Node | None) -> CoolDown:
    declines, minutes = (words.below(node, name) for name in ("declines", "minutes"))
    return CoolDown(words.integer(declines, FIVE_AN_HOUR.declines), words.integer(minutes, FIVE_AN_HOUR.minutes))
