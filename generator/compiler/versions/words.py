"""What customers read otherwise than before, in each language: titles, labels, sentences."""

from collections.abc import Iterator

from generator.compiler.versions.change import Change
from generator.model.place import NOWHERE, Place
from generator.model.site import Site
from generator.model.text import Text
from generator.model.workflow import Field

Said = tuple[str, str, str, Text | None, Place]
"""The workflow, the thing, which of its words, the words, and where the thing stands."""


def changes(old: Site, new: Site) -> Iterator[Change]:
    """Of what there was before and still is: what is new or gone is told as that."""
    before = {(workflow, thing, which): text for workflow, thing, which, text, _ in _said(old)}
    for workflow, thing, which, text, place in _said(new):
        if (workflow, thing, which) in before:
            was = before[workflow, thing, which]
            for language in (language for language in new.languages if language in old.languages):
                said, says = _in(was, language), _in(text, language)
                if said != says:
                    words = f"{which} of {thing} in {language}: {_quoted(said)} becomes {_quoted(says)}"
                    yield Change("words", workflow, words, place)


def _said(site: Site) -> Iterator[Said]:
    """Whatever a merchant may write, also what they left to the theme."""
    for name in ("header", "help", "footer"):
        yield "", f'the slot "{name}"', "the words", getattr(site.slots, name), NOWHERE
    for workflow in site.workflows:
        yield workflow.id, "the workflow", "the title", workflow.title, workflow.place
        for step in (step for step in workflow.steps if step.origin == workflow.id):
            called = f'the step "{step.id}"'
            for which, text in (("the title", step.title), ("the intro", step.intro), ("the text", step.text)):
                yield workflow.id, called, which, text, step.place
            for choice in step.choices:
                yield workflow.id, f'the way on "{choice.id}"', "the title", choice.title, choice.place
                yield workflow.id, f'the way on "{choice.id}"', "the text", choice.text, choice.place
            yield from _fields(workflow.id, step.id, step.fields)
    for section in site.portal.sections:
        called = f'the section "{section.id}"'
        for which, text in (("the title", section.title), ("the intro", section.intro), ("the text", section.text)):
            yield "", called, which, text, section.place
        yield from _fields("", section.id, section.fields)


def _fields(workflow: str, around: str, fields: tuple[Field, ...]) -> Iterator[Said]:
    for field in fields:
        called = f'the field "{around}.{field.id}"'
        yield workflow, called, "the label", field.label, field.place
        yield workflow, called, "the help", field.help, field.place
        for option in field.options:
            yield workflow, f'the option "{around}.{field.id}.{option.id}"', "the label", option.label, field.place


def _in(text: Text | None, language: str) -> str | None:
    phrase = text.phrase(language) if text else None
    return " ".join(phrase.says.split()) if phrase else None


def _quoted(says: str | None) -> str:
    return "what the theme says" if says is None else f'"{says}"'
