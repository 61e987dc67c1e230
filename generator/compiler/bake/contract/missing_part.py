"""A page that lacks what it must have: the price, the terms, what is to be put right, the button that goes on."""

from collections.abc import Iterator
from itertools import chain

from generator.compiler.bake.contract.must import (
    BUTTONS,
    EVERY_PAGE,
    EVERY_STEP,
    MUST,
    of_field,
    of_notice,
    of_portal,
    of_site,
    of_subscriptions,
)
from generator.compiler.bake.contract.page import Page
from generator.compiler.bake.contract.parts import Part, sent, sort_of
from generator.compiler.bake.contract.tree import certain, stands
from generator.model.problem import Problem

TOKEN = Part(
    "the token of its form",
    sent("csrf", "csrf"),
    '<input type="hidden" name="csrf" value="{{ csrf }}">',
    ("main", "fields", "section", "layout.html"),
)


def check(page: Page) -> Iterator[Problem]:
    """All that it lacks, said once for each place where that could be written."""
    lacking: dict[str, list[Part]] = {}
    for part in chain(_wanted(page), _tokens(page)):
        if part is TOKEN or not page.has(part):
            place = page.home(part.homes)
            lacking.setdefault(str(place), []).append(part)
    for parts in lacking.values():
        place = page.home(parts[0].homes)
        named = _joined([part.says for part in parts])
        says = f"{page.called} lacks {named}, or has it on some ways through the page only"
        hint = f"keep it by `{{{{ super() }}}}`, or write {_joined([f'`{part.write}`' for part in parts])}"
        yield Problem("missing-part", place, says, hint)


def _wanted(page: Page) -> Iterator[Part]:
    site, template = page.site, page.template
    yield from MUST.get(template, ())
    if not page.opened:
        return
    yield from (*EVERY_PAGE, *of_site(site))
    step, section = page.given.get("step"), page.given.get("section")
    if step is not None:
        yield from EVERY_STEP
    if section is not None:
        yield from of_portal(site, section)
    if template in ("portal/subscriptions.html", "portal/subscription.html"):
        yield from of_subscriptions(site)
    if page.notice in BUTTONS:
        yield of_notice(page.notice)
    for field in page.fields:
        yield from of_field(field)


def _tokens(page: Page) -> Iterator[Part]:
    """Each form that is posted has the token by which it is known for ours, or nothing of it would be taken."""
    for form in page.elements:
        if form.tag == "form" and form.says("method") == "post":
            within = [one for one in stands(form.inside) if sort_of(one.thing) == "input"]
            if not certain([one for one in within if TOKEN.find.holds(one.thing)], {}):
                yield TOKEN
                return


MOST_NAMED = 6


def _joined(words: list[str]) -> str:
    once = list(dict.fromkeys(words))
    if len(once) > MOST_NAMED:
        once[MOST_NAMED:] = [f"{len(once) - MOST_NAMED} more"]
    return once[0] if len(once) == 1 else f"{', '.join(once[:-1])} and {once[-1]}"
