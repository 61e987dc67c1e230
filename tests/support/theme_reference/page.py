"""The whole page, and what templates may use on every page of a theme."""

import inspect
from functools import cache

from generator.compiler.bake import assets
from generator.compiler.bake.at_build import AT_BUILD
from generator.compiler.bake.batch import Batch
from generator.compiler.bake.material import Material
from generator.compiler.bake.orders import orders
from generator.compiler.bake.oven import Oven
from generator.compiler.bake.tags import LiveTags
from tests.support.theme_reference import looks, names, templates
from tests.support.theme_reference.examples import demo
from tests.support.theme_reference.meanings import code, oneline, row, table
from tests.support.town import DEMO

HEAD = """\
# What a theme is made of

Every template of `plain` with its blocks and with what a page must have that is made of it, every live name, and every
token. How to write a theme is in [designers.md](designers.md). Examples are what the gallery shows
of the demo merchant. This page is written by `UPDATE=1` on `tests/house/test_theme_reference.py` from the code that
makes pages.

- [What a live name can do](#what-a-live-name-can-do), [tags](#tags), [functions](#functions),
  [what is known at build](#what-is-known-at-build)
- Templates: [every page](#every-page), [steps](#steps), [the portal](#the-portal),
  [who is nobody yet](#who-is-nobody-yet), [notices](#notices), [mails](#mails), [papers](#papers), [pieces](#pieces)
- [Things](#things) that live names may be
- [Tokens](#tokens), [settings](#settings), [roles](#roles)"""


@cache
def batch():
    problems = []
    files = assets.gather(templates.plain(), looks.dressed(), demo().look, DEMO, "", problems)
    assert problems == []
    return Batch(demo(), Material(templates.plain(), looks.dressed(), files, ()), problems)


@cache
def known():
    """What templates can read when pages are made, beside live names: functions, and names with a value."""
    oven = Oven(demo(), templates.plain(), batch()._functions())
    own = {name: thing for name, thing in oven._environment.globals.items() if inspect.ismethod(thing)}
    given = {name for order in orders(demo()) for name in order.given}
    return {**batch()._functions(), **own}, {"site", "language", *batch()._spoken("en"), *given}


def functions():
    """What is called, with what it answers."""
    yield from table("function", "answers")
    for name, thing in sorted(known()[0].items()):
        if callable(thing):
            given = [str(one) for one in inspect.signature(thing).parameters.values() if one.name not in ("context",)]
            said = ", ".join(_plainly(one) for one in given if one != "/")
            yield row(code(f"{name}({said})"), inspect.getdoc(thing) or "")


def _plainly(parameter):
    """Without types: `mode="light"`."""
    name, _, usual = parameter.partition("=")
    return name.partition(":")[0].strip() + (f'="{usual.strip().strip(chr(39))}"' if usual else "")


def values():
    yield from table("name", "is")
    for name, says in AT_BUILD.items():
        yield row(code(name), says)


def tags():
    for tag in ("when", "each", "case"):
        yield f"- {oneline(inspect.getdoc(getattr(LiveTags, f'_parse_{tag}')))}"


@cache
def page():
    parts = (
        (HEAD,),
        ("## What a live name can do", "", *names.kinds()),
        ("## Tags", "", *tags()),
        ("## Functions", "", *functions()),
        ("## What is known at build", "", *values()),
        tuple(templates.all_of_it())[1:],
        ("## Things", *names.below()),
        ("## Tokens", "", *looks.tokens()),
        ("## Settings", "", "What a merchant may write under `site.theme`.", "", *looks.settings()),
        ("## Roles", "", "What is seen on what, and the contrast that it needs.", "", *looks.roles()),
    )
    return "\n\n".join("\n".join(part) for part in parts) + "\n"
