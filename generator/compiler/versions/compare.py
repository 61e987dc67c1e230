"""All that one version of a definition changes against another."""

from collections.abc import Iterator

from generator.compiler.versions import conditions, journeys, money, portal, settings, structure, ways, words
from generator.compiler.versions.change import HEADINGS, Change
from generator.engine.endings import endings
from generator.model.place import NOWHERE
from generator.model.site import Site
from generator.model.workflow import Workflow


def compare(old: Site, new: Site) -> tuple[Change, ...]:
    """Money first, then what is gone, and so on; within that in the order of the workflows."""
    found = [*_workflows(old, new)]
    order = list(HEADINGS)
    return tuple(sorted(found, key=lambda change: order.index(change.kind)))


def _workflows(old: Site, new: Site) -> Iterator[Change]:
    for workflow in old.workflows:
        now = new.workflow(workflow.id)
        if now is None:
            says = "the workflow is no longer offered: who is under way in it is told so"
            hint = "offer it until nobody is under way in it"
            yield Change("removed", workflow.id, says, NOWHERE, hint=hint, at=("workflows", workflow.id))
            continue
        nouns: dict[str, str] = {}
        yield from structure.changes(workflow, now)
        yield from money.changes(workflow, now, new.currency, nouns)
        screens = tuple(journeys.changes(workflow, now, new.currency, nouns))
        yield from screens
        yield from conditions.of_steps(workflow, now, new.currency, nouns, screens)
        yield from ways.changes(workflow, now)
        yield from _redirects(old, new, workflow, now)
    for workflow in new.workflows:
        if old.workflow(workflow.id) is None:
            yield Change("added", workflow.id, "the workflow is new", workflow.place)
    yield from portal.changes(old.portal, new.portal, new.currency)
    yield from settings.changes(old, new)
    yield from words.changes(old, new)
    if (before := _leads(old, old.redirects.leave)) != (now_ := _leads(new, new.redirects.leave)):
        yield Change("redirect", "", f"who leaves went to {before}, and goes to {now_}", NOWHERE)


def _redirects(old: Site, new: Site, before: Workflow, now: Workflow) -> Iterator[Change]:
    led = {ending.outcome: ending.url for ending in endings(old, before)}
    for ending in endings(new, now):
        if ending.outcome in led and led[ending.outcome] != ending.url:
            before_, now_ = led[ending.outcome] or "our own page", ending.url or "our own page"
            says = f"after `{ending.outcome}`: {before_} becomes {now_}"
            yield Change("redirect", now.id, says, now.place)


def _leads(site: Site, target: str) -> str:
    return site.redirects.targets[target].url if target else "the portal"
