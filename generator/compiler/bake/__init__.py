"""Theme × language × definition becomes pages.

What a merchant or a designer decided is HTML; what only a customer's request decides is a node.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.compiler import theme
from generator.compiler.bake import assets
from generator.compiler.bake.assets import Assets
from generator.compiler.bake.contract import Held
from generator.compiler.bake.live import LiveProblem
from generator.compiler.bake.oven import BadPage, Oven
from generator.compiler.theme import Theme
from generator.compiler.theme.look import Dress, dress
from generator.compiler.theme.look.tokens import instead
from generator.locale import countries, speech
from generator.model.live import (
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
    PageKind,
)
from generator.model.nearest import suggestion
from generator.model.page import Body
from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.text import Text
from generator.model.workflow import PURPOSES, AnyStep, Field


@dataclass(frozen=True)
class Baked:
    """`pages` are by language and name; a name ends in `.html` or, for plain text, in `.txt`."""

    pages: Mapping[tuple[str, str], Body]
    assets: Mapping[str, bytes]


@dataclass(frozen=True)
class _Order:
    """One page to bake: its name, template, live names, fields, and what the template is told.

    With a `box` it is only what stands beside that one.
    """

    name: str
    template: str
    live: type
    fields: tuple[Field, ...]
    given: Mapping[str, Any]
    box: Field | None = None


def bake(site: Site, beside: Path, label: str, problems: list[Problem], kept: Path | None = None) -> Baked | None:
    """Every page in every language.

    `beside` is the definition's folder, which problems call `label`; `kept` is where compiled templates are.
    """
    before = len(problems)
    look = theme.load(site.look.theme, site.look.theme_place, theme.places(beside, label), site.languages, problems)
    if look is not None:
        look = theme.reworded(look, site.wordings, problems)
    if look is None or len(problems) > before:
        return None
    dressed = dress(look.layers, site.look, problems)
    bare = len(problems) > before
    files = assets.gather(look, dressed, site.look, beside, label, problems)
    held = Held(site, look)
    problems += held.theme()
    if bare:
        return None
    unlabelled = set(_unlabelled(site, look, problems))
    oven = Oven(site, look, _functions(dressed, files), kept)
    pages: dict[tuple[str, str], Body] = {}
    for language in site.languages:
        spoken = _spoken(site, language)
        for order in _orders(site):
            if unlabelled.intersection(order.fields):
                continue
            given = {**order.given, "page": order.name}
            keys = {
                "fields": tuple(name for field in order.fields for name in field.inputs),
                "tabs": tuple(section.id for section in site.portal.sections),
            }
            try:
                if order.box:
                    body = oven.words(order.box, order.live, language, keys, given)
                else:
                    body = oven.bake(order.template, order.live, language, keys, given, spoken)
                    problems += held.page(order.name, order.template, order.live, order.fields, order.given, body)
                pages[language, order.name] = body
            except BadPage as bad:
                problems.append(bad.problem)
    return Baked(pages, files.files)


def names(site: Site) -> tuple[str, ...]:
    """The names of all pages that the site has in each of its languages."""
    return tuple(order.name for order in _orders(site))


def _orders(site: Site) -> Iterator[_Order]:
    for workflow in site.workflows:
        for step in workflow.steps:
            if step.origin == workflow.id:
                kind = _page_kind(step)
                given = {"workflow": workflow, "step": step}
                yield _Order(f"{step.page}.html", kind.template, kind.live, step.fields, given)
                for box in step.boxes:
                    yield _Order(f"{step.says(box)}.txt", "", kind.live, step.fields, given, box)
                for name, part in STEP_PARTS.get(step.kind, {}).items():
                    yield _Order(f"{step.page}.{name}.html", part.template, part.live, step.fields, given)
    for section in site.portal.sections:
        if section.kind == "link":
            continue
        kind = PORTAL_PAGES[section.kind]
        yield _Order(f"{section.page}.html", kind.template, kind.live, section.fields, {"section": section})
        for name, more in MORE_PAGES.get(section.kind, {}).items():
            yield _Order(f"{section.page}.{name}.html", more.template, more.live, (), {"section": section})
    for name, kind in WALK_PAGES.items():
        yield _Order(f"walk.{name}.html", kind.template, kind.live, (), {})
    for name, kind in PRINTS.items():
        yield _Order(f"print.{name}.html", kind.template, kind.live, (), {})
    for name, kind in ENTRY_PAGES.items():
        yield _Order(f"entry.{name}.html", kind.template, kind.live, (), {"entry": name})
    for name, kind in NOTICES.items():
        yield _Order(f"notice.{name}.html", kind.template, kind.live, (), {"notice": name})
    for name, kind in MAILS.items():
        for suffix in (".subject.txt", ".txt", ".html"):
            yield _Order(f"mail.{name}{suffix}", kind.template + suffix, kind.live, (), {"mail": name})


def _unlabelled(site: Site, look: Theme, problems: list[Problem]) -> Iterator[Field]:
    """Fields that nobody gave a name, neither the definition nor the theme: their pages cannot be made."""
    said = look.texts[site.languages[0]]
    for fields in site.forms:
        for field in fields:
            if field.kind != "hidden" and field.label is None and f"fields.{field.id}.label" not in said:
                written = ", ".join(f"{language}: …" for language in site.languages)
                says = f'the field "{field.id}" has no label'
                problems.append(Problem("missing-label", field.place, says, f"add `label: {{{written}}}`"))
                yield field


def _spoken(site: Site, language: str) -> Mapping[str, Any]:
    """What a template knows about the language that it is baked in."""
    return {
        "direction": speech.direction(language),
        "languages": tuple((tag, speech.own_name(tag)) for tag in site.languages),
        "countries": countries.sorted_by_name(speech.locale_of(language)),
    }


def _functions(dressed: Dress, files: Assets) -> Mapping[str, Any]:
    def asset(name: str) -> str:
        """The address of one of the theme's assets."""
        if name not in files.addresses:
            says = f'there is no "{name}" in `assets/`'
            raise LiveProblem("missing-asset", says, suggestion(name, sorted(files.addresses)), name)
        return files.addresses[name]

    def has_asset(name: str) -> bool:
        return name in files.addresses

    def token(name: str, mode: str = "light") -> str:
        """What a design token is: for mails, which know no style sheet, and for what a page says about itself."""
        values = dressed.modes[mode]
        if name not in values:
            raise LiveProblem("unknown-token", f'there is no token "{name}"', instead(name, values), name)
        return values[name].css

    def paragraphs(text: Text, language: str) -> tuple[Text, ...]:
        """A text of the definition in parts: an empty line begins a new one."""
        phrase = text.phrase(language)
        parts = re.split(r"\n\s*\n", phrase.says.strip()) if phrase else ()
        return tuple(Text((replace(phrase, says=part),)) for part in parts) if phrase else (text,)

    return {
        "asset": asset,
        "has_asset": has_asset,
        "logo": files.logo,
        "paragraphs": paragraphs,
        "preloads": files.preloads,
        "scheme": dressed.scheme,
        "token": token,
    }


def _page_kind(step: AnyStep) -> PageKind:
    """A step belongs to the workflow that declares it: where that is about no plan, no page may speak of one."""
    pages = BILL_PAGES if PURPOSES[step.origin].plan == "none" else {}
    return pages.get(step.kind) or STEP_PAGES[step.kind]
