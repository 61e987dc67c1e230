"""The portal's sections, with the fields and the buttons that they have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from generator.compiler.link import words
from generator.compiler.link.fields import Fields
from generator.compiler.link.redirects import target
from generator.compiler.link.texts import text
from generator.compiler.node import Entry, Map, Node, Scalar
from generator.model.customer import BILLING_FIELDS
from generator.model.nearest import suggestion
from generator.model.portal import BUTTONS, OWN, Button, ButtonId, Portal, Section, SectionKind
from generator.model.problem import Problem
from generator.model.site import Redirects
from generator.model.workflow import Field, Workflow

ONLY_FOR: Mapping[str, tuple[SectionKind, ...]] = {
    "text": ("text",),
    "redirect": ("link",),
    "fields": ("form",),
    "intro": ("form",),
    "like": ("billing_info",),
}
"""What only some kinds of section have a use for."""

NEEDS: Mapping[SectionKind, str] = {"text": "text", "link": "redirect", "form": "fields"}
"""What a section of a merchant's own is nothing without."""


@dataclass(frozen=True)
class Sections:
    """Links the portal of a definition. `fields` links those of a form."""

    workflows: tuple[Workflow, ...]
    redirects: Redirects
    fields: Fields
    problems: list[Problem]

    def portal(self, node: Node | None) -> Portal:
        """The sections in their order."""
        return Portal(tuple(section for entry in words.entries(node) for section in self._section(entry)))

    def _section(self, entry: Entry) -> Iterator[Section]:
        kind, node = self._kind(entry), entry.node
        if kind is None or not isinstance(node, Map):
            return
        self._fits(entry, node, kind)
        redirect = node.get("redirect")
        yield Section(
            id=entry.name,
            kind=kind,
            title=text(node.get("title")),
            fields=tuple(self._fields(entry, kind)),
            buttons=dict(self._buttons(entry, kind)),
            when=self.fields.conditions.rule(node.get("when")),
            intro=text(node.get("intro")),
            text=text(node.get("text")),
            redirect=target(redirect, self.redirects.targets, self.problems) if redirect is not None else "",
            place=entry.key.place,
        )

    def _kind(self, entry: Entry) -> SectionKind | None:
        """A section that we have has its kind from its name; any other says it."""
        written = words.below(entry.node, "kind")
        if entry.name in BUTTONS and entry.name not in OWN:
            if isinstance(written, Scalar):
                says = f'the section "{entry.name}" is there already, and is no {words.string(written)}'
                self._wrong("reserved-name", written, says, "give your section another name")
            return cast(SectionKind, entry.name)
        if written is None:
            says = f'the section "{entry.name}" does not say what it is'
            self._wrong("missing-kind", entry.key, says, "add `kind: text`, `kind: link` or `kind: form`")
            return None
        return cast(SectionKind, words.string(written))

    def _fits(self, entry: Entry, node: Map, kind: SectionKind) -> None:
        """Everything that it says is of use to its kind, and nothing that it needs is missing."""
        for name, below in node.entries.items():
            if name in ONLY_FOR and kind not in ONLY_FOR[name]:
                says = f'"{name}" has no use in a section of kind "{kind}"'
                hint = f"take it away, or make it a section of kind `{ONLY_FOR[name][0]}`"
                self._wrong("not-for-this-kind", below.key, says, hint)
        if kind not in OWN:
            return
        for name in ("title", NEEDS[kind]):
            if node.get(name) is None:
                says = f'the section "{entry.name}" of kind "{kind}" has no {name}'
                self._wrong("incomplete-section", entry.key, says, f"add `{name}:`")

    def _fields(self, entry: Entry, kind: SectionKind) -> Iterator[Field]:
        if kind == "billing_info":
            yield from self._like(words.below(entry.node, "like"))
            return
        for field in self.fields.all(words.below(entry.node, "fields")):
            if field.kind == "hidden":
                says = f'the field "{field.id}" is hidden, and no link fills a section of the portal'
                hint = "put it in a step of a workflow"
                self.problems.append(Problem("fields-not-here", field.place, says, hint))
            yield field

    def _buttons(self, section: Entry, kind: SectionKind) -> Iterator[tuple[ButtonId, Button]]:
        known = BUTTONS[kind]
        for entry in words.entries(words.below(section.node, "buttons")):
            if entry.name not in known:
                says = f'the section "{section.name}" has no button "{entry.name}"'
                self._wrong("unknown-button", entry.key, says, suggestion(entry.name, known))
            elif isinstance(entry.node, Map):
                redirect = entry.node.get("redirect")
                leads = target(redirect, self.redirects.targets, self.problems) if redirect is not None else ""
                yield entry.name, Button(True, leads, self.fields.conditions.rule(entry.node.get("when")))
            else:
                yield entry.name, Button(shown=False)

    def _like(self, node: Node | None) -> tuple[Field, ...]:
        """The fields of the step that a section is like, as far as they make sense without a walk.

        A merchant's own questions belong to the walk that asks them, and a condition on its plan to that walk alone.
        """
        steps = {
            f"{workflow.id}.{step.id}": step
            for workflow in self.workflows
            for step in workflow.steps
            if step.kind == "billing_info" and step.origin == workflow.id
        }
        written = words.string(node)
        if written not in steps:
            if isinstance(node, Scalar):
                self._wrong("unknown-step", node, f'"{written}" is not a billing-info step', suggestion(written, steps))
            return ()
        return tuple(
            field
            for field in steps[written].fields
            if field.id in BILLING_FIELDS and all(leaf.name.startswith("customer.") for leaf in field.when.leaves)
        )

    def _wrong(self, code: str, node: Scalar, says: str, hint: str) -> None:
        self.problems.append(Problem(code, node.place, says, hint))
