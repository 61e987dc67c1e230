"""The customer portal: which tabs it has, for whom, and which buttons are in them."""

from collections.abc import Iterator
from typing import get_args

from generator.compiler.versions.change import Change
from generator.compiler.versions.conditions import Conditional, of_fields, told
from generator.engine.worlds import Name, Names
from generator.model.facts import FACTS
from generator.model.portal import Button, ButtonId, Portal, Section


def changes(old: Portal, new: Portal, currency: str) -> Iterator[Change]:
    """Section by section, and in each its fields and buttons."""
    names = {name: Name(fact, None, currency) for name, fact in FACTS.items()}
    for section in old.sections:
        now = new.section(section.id)
        if now is None:
            yield Change("screens", "", f'the section "{section.id}" is gone', section.place)
        else:
            yield from _within(section, now, names)
    for section in new.sections:
        if old.section(section.id) is None:
            yield Change("added", "", f'the section "{section.id}" is new', section.place)
    kept = [section.id for section in old.sections if new.section(section.id)]
    if kept != [section.id for section in new.sections if old.section(section.id)]:
        order = ", ".join(section.id for section in new.sections)
        yield Change("screens", "", f"the sections come in another order: {order}", new.sections[0].place)


def _within(old: Section, new: Section, names: Names) -> Iterator[Change]:
    called = f'the section "{new.id}"'
    yield from told(Conditional(called, old.when, new.when, new.place), names)
    if old.redirect != new.redirect:
        yield Change("redirect", "", f"{called} led to {old.redirect}, and leads to {new.redirect}", new.place)
    for one in of_fields(new.id, old.fields, new.fields):
        yield from told(one, names)
    for id in get_args(ButtonId):
        yield from _button(id, old.button(id), new.button(id), new, names)


def _button(id: ButtonId, old: Button, new: Button, section: Section, names: Names) -> Iterator[Change]:
    called = f'the button "{id}" in "{section.id}"'
    if old.shown != new.shown:
        yield Change("screens", "", f"{called} is {'shown' if new.shown else 'hidden'} now", section.place)
    elif old.redirect != new.redirect:
        led, leads = old.redirect or "our own pages", new.redirect or "our own pages"
        yield Change("redirect", "", f"{called} led to {led}, and leads to {leads}", section.place)
    yield from told(Conditional(called, old.when, new.when, section.place), names)
