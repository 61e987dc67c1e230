"""Each template of the theme: what it is for, its blocks, what a page made of it must have, its live names."""

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache

from jinja2 import nodes

from generator import shipped
from generator.compiler import theme
from generator.compiler.bake.contract import missing_part, must
from generator.compiler.bake.contract.sources import Sources
from generator.compiler.bake.kinds import names_of
from generator.compiler.bake.orders import MAIL_FILES
from generator.model.live import live_of
from generator.model.pages import (
    BILL_PAGES,
    ENTRY_PAGES,
    MAILS,
    MORE_PAGES,
    NOTICES,
    PORTAL_PAGES,
    PRINTS,
    STEP_PAGES,
    STEP_PARTS,
    WALK_PAGES,
)
from generator.model.place import NOWHERE
from tests.support.theme_reference.examples import demo
from tests.support.theme_reference.meanings import code, link, oneline, row, table
from tests.support.theme_reference.names import FRAMES, of_class, of_page

ROOT = shipped.THEMES / "plain" / "templates"

GROUPS = (
    ("Every page", ("layout.html",)),
    ("Steps", ("steps/step.html", "steps/")),
    ("The portal", ("portal/section.html", "portal/")),
    ("Who is nobody yet", ("entry/entry.html", "entry/")),
    ("Notices", ("notice.html",)),
    ("Mails", ("mail/letter.html", "mail/")),
    ("Papers", ("print/sheet.html", "print/")),
)

ONLY_MAILS = re.compile(r"(\.subject)?\.(txt|html)\Z")


@cache
def plain():
    """The theme itself, its texts left aside."""
    problems = []
    look = theme.load("plain", NOWHERE, {shipped.THEMES: "themes"}, (), problems)
    assert problems == []
    return look


@cache
def sources():
    return Sources(plain())


@cache
def lineage(name):
    return tuple(sources().lineage(name))


def files():
    """Every template; a part of a page comes after the page."""
    names = (file.relative_to(ROOT).as_posix() for file in ROOT.rglob("*") if file.is_file())
    return sorted(names, key=lambda name: (name.partition(".")[0], name.count("."), name))


@cache
def purpose(name):
    """What its first line says that it is for."""
    found = re.match(r"\{#(.*?)#\}", lineage(name)[0].words, re.S)
    return oneline(found[1]) if found else ""


@cache
def pages():
    """Which pages each template makes, and the classes of their live names."""
    made = defaultdict(list)
    for name, kind in STEP_PAGES.items():
        made[kind.template].append((f"every step of the kind `{name}`", live_of(kind)))
    for kind in BILL_PAGES.values():
        made[kind.template].append(("", live_of(kind)))
    for of, parts in STEP_PARTS.items():
        for name, kind in parts.items():
            made[kind.template].append((f"the part `{name}` of a step of the kind `{of}`", live_of(kind)))
    for name, kind in PORTAL_PAGES.items():
        made[kind.template].append((f"every section of the kind `{name}`", live_of(kind)))
    for of, more in MORE_PAGES.items():
        for name, kind in more.items():
            made[kind.template].append((f"`{name}` of a section of the kind `{of}`", live_of(kind)))
    for room, named in (("walk", WALK_PAGES), ("print", PRINTS), ("entry", ENTRY_PAGES), ("notice", NOTICES)):
        for name, kind in named.items():
            made[kind.template].append((f"`{room}.{name}`", live_of(kind)))
    for name, kind in MAILS.items():
        made[kind.template].append((f"`mail.{name}`", live_of(kind)))
    return made


def _stems(names):
    """A mail's three templates are one thing."""
    return list(dict.fromkeys(name if name in FRAME_FILES else _stem(name) for name in names))


def _stem(name):
    stem = ONLY_MAILS.sub("", name)
    return stem if stem in pages() else name


FRAME_FILES = ("layout.html", "steps/step.html", "portal/section.html", "entry/entry.html")


def all_of_it():
    """Page by page, in the order of a visit; then what several pages are made of."""
    shown, met = {}, set()
    for title, order in GROUPS:
        yield from ("", f"## {title}")
        for name in _stems(file for start in order for file in files() if file.startswith(start)):
            made = pages().get(name)
            if name in met or not (made or _extended(name)):
                continue
            met.add(name)
            yield from ("", f"### {name}", "", *_head(name), *_blocks(name), *_parts(name))
            if name in FRAMES.values():
                one = next(one for one, template in FRAMES.items() if template == name)
                yield from ("", "Live names:", "", *of_class(one))
            for live in dict.fromkeys(live for _, live in made or ()):
                yield from of_page(live, shown)
                shown |= {one: name for one in live.__mro__[:-1] if one not in FRAMES and one not in shown}
    yield from ("", "## Pieces", "", PIECES)
    for name in _stems(files()):
        if name not in met:
            yield from ("", f"### {name}", "", purpose(name), *_macros(name))


PIECES = """\
Templates of macros, which pages import: `{% import "parts/plan.html" as plans with context %}`. One that stands in
front of a piece must have every macro that the pages call."""


def _extended(name):
    return any(source.extends == name for file in files() for source in lineage(file)[:1])


def _head(name):
    written = name if name in files() else f"{name}.html"
    yield purpose(written)
    if name != written:
        yield f"Three templates: {', '.join(code(name + suffix) for suffix in MAIL_FILES)}."
    if (made := pages().get(name)) and any(words for words, _ in made):
        words = [words for words, _ in made if words]
        yield from ("", f"Makes {', '.join(words)}.")


def _blocks(name):
    """Where each is defined, and which of them it fills."""
    chain = lineage(name if name in files() else f"{name}.html")
    if not chain:
        return
    above = chain[1:]
    if above:
        yield from ("", f"Extends {', which extends '.join(link(_stem(source.name)) for source in above)}.")
    rows = []
    for block in chain[0].blocks:
        home = next((source for source in reversed(chain) if block in source.blocks), chain[0])
        words = next((found for source in chain if (found := meaning(source, block))), "")
        rows.append(row(code(block), "here" if home is chain[0] else code(home.name), words))
    if rows:
        yield from ("", *table("block that it has" if not above else "block that it fills", "defined in", "for"), *rows)


def meaning(source, block):
    found = re.search(r"\{% block " + block + r" %\}\{#(.*?)#\}", source.words, re.S)
    return oneline(found[1]) if found else ""


def _parts(name):
    """What the contract asks of every page that is made of it."""
    site = replace(demo(), languages=("en", "fr"))
    field = next(field for fields in site.forms for field in fields if field.kind == "email")
    beside = {
        "layout.html": (*must.EVERY_PAGE, *must.of_site(site), missing_part.TOKEN),
        "steps/step.html": must.EVERY_STEP,
        "steps/form.html": tuple(must.of_field(field)),
        "portal/section.html": tuple(must.of_portal(site, site.portal.sections[0])),
        "portal/subscriptions.html": tuple(must.of_subscriptions(site)),
        "portal/subscription.html": tuple(must.of_subscriptions(site)),
        "notice.html": tuple(
            replace(part, says=f"{part.says}, of `{notice}`")
            for notice in must.BUTTONS
            for part in (must.of_notice(notice),)
        ),
    }
    wanted = [*must.MUST.get(name, ()), *beside.get(name, ())]
    for suffix in () if name in files() else MAIL_FILES:
        wanted += [replace(part, says=f"{part.says}, in `{suffix}`") for part in must.MUST.get(name + suffix, ())]
    if wanted:
        yield from ("", *table("it must have", "as in", "where the shipped theme has it"))
        for part in wanted:
            yield row(part.says + _for(part.known, name), code(part.write), ", ".join(map(code, part.homes)) or "–")


WORDS = {"true": "`{}`", "false": "not `{}`"}


def _for(known, name):
    """For whom it must be there, where that is not everybody."""
    known, words = dict(known), []
    if not any("any_way" in names_of(live) for _, live in pages().get(name, ())):
        known.pop("any_way", None)
    if must.PAYS.items() <= {**must.PAYS, **known}.items() and "case" in known:
        known = {name: word for name, word in known.items() if name not in must.PAYS}
        words = ["for who pays something now"]
    words += [f"where {WORDS.get(word, '`{}` is `{}`').format(name, word)}" for name, word in known.items()]
    return f", {', '.join(words)}" if words else ""


def _macros(name):
    found = list(lineage(name)[0].tree.find_all(nodes.Macro))
    if found:
        yield from ("", "Macros: " + ", ".join(code(_called(macro)) for macro in found) + ".")


def _called(macro):
    given = [argument.name for argument in macro.args]
    for at, usual in enumerate(reversed(macro.defaults), 1):
        given[-at] += f"={_usual(usual)}"
    return f"{macro.name}({', '.join(given)})"


def _usual(node):
    if isinstance(node, nodes.Tuple):
        return "()"
    return f'"{node.value}"' if isinstance(node.value, str) else str(node.value).lower()
