"""Somebody who was found by looking at conditions alone goes through the real engine."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from generator.engine import answers, options, payment
from generator.engine.path import PLAN, SHOWN, known_at, path
from generator.engine.path import quote_facts as path_quote_facts
from generator.engine.paths import names_of
from generator.engine.postal import asking
from generator.engine.worlds import representative
from generator.model.money import Money
from generator.model.quote import Quote, RegisterMethod, Request
from generator.model.walk import Subject, Walk
from generator.rehearsal.drafting import likely

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def typed_into(field, known):
    """Some answer that the field takes."""
    words = likely.typed(field, known)
    assert words is not None, f"nothing can be typed into {field.id}"
    return answers.read([field], {field.id: words}, {"customer.country": "FR", **known}).answers[field.id]


def facts_of(workflow, world, currency="EUR"):
    """The facts of a world, with something for every one that it says nothing about."""
    known = {}
    for name, what in names_of(workflow, currency).items():
        if what.field is None and not name.startswith("quote."):
            if name in world:
                known[name] = world[name]
            elif not what.fact.optional:
                known[name] = next(representative(what, ()))
    return known


def quote_of(workflow, world, currency="EUR"):
    zero = Money.zero(currency)
    return Quote(
        *("quote", Request("customer", RegisterMethod(currency), None, {}), NOW, NOW + timedelta(minutes=30), (), ()),
        world.get("quote.due_now", zero),
        world.get("quote.due_later", zero),
        *(None, None, None, None, world.get("quote.method_required", False)),
    )


def walk_of(workflow, world, currency="EUR"):
    """A walk of whoever the world tells of, answered as far as it goes."""
    walk = Walk(
        *("walk", workflow.id, "customer", Subject(), "bundle", "en", NOW, NOW),
        facts=facts_of(workflow, world, currency),
        quote=quote_of(workflow, world, currency),
    )
    for step in workflow.steps:
        if step.silent:
            names = [f"{step.id}.{field.id}" for field in step.fields]
            given = {name: answers.written(world[name]) for name in names if name in world}
            walk = replace(walk, given={**walk.given, **given})
            continue
        if step not in path(workflow, walk):
            continue
        known = known_at(workflow, walk, step)
        walk = replace(walk, answers={**walk.answers, step.id: said(step, walk, world, known)})
    return walk


def said(step, walk, world, known):
    given = {}
    for field in answers.applying(step.fields, known):
        name = f"{step.id}.{field.id}"
        if name in world:
            value = world[name]
            given[field.id] = ticked(field, value) if isinstance(value, frozenset) else value
        elif asking.needs(country := str(given.get("country") or known.get("customer.country") or "FR"), field):
            given[field.id] = typed_into(field, {**known, "customer.country": country})
        elif field.kind == "consent":
            given[field.id] = False
    match step.kind:
        case "catalog":
            given[PLAN] = walk.facts["plan.ref"]
        case "options":
            given[options.FOR_PLAN] = walk.facts["plan.ref"]
        case "summary" | "confirm":
            given[SHOWN] = walk.quote.shown
    return given


def ticked(field, words):
    return tuple(option.id for option in field.options if option.id in words)


def ends(workflow, world, currency="EUR"):
    """The steps that the engine shows to whoever the world tells of, and the case that it decides for."""
    walk = walk_of(workflow, world, currency)
    steps = path(workflow, walk)
    last = steps[-1] if steps else None
    case = payment.case_of(last, known_at(workflow, walk, last)) if last and last.kind == "payment" else None
    return steps, case


def quote_facts(workflow, world, currency="EUR"):
    """What conditions may read of the quote of whoever the world tells of."""
    return path_quote_facts(quote_of(workflow, world, currency))
