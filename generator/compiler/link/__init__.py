"""Names become things: a merged definition becomes a `Site`, or the list of what it names that is not there."""

from collections.abc import Mapping
from typing import cast, get_args
from zoneinfo import available_timezones

from generator.compiler.link import words
from generator.compiler.link.conditions import Conditions
from generator.compiler.link.texts import text
from generator.compiler.link.workflows import Workflows
from generator.compiler.nearest import suggestion
from generator.compiler.node import List, Map, Node, Scalar
from generator.locale import money, speech
from generator.model.customer import BILLING_FIELDS
from generator.model.facts import FACTS
from generator.model.place import NOWHERE
from generator.model.portal import Portal, Section, SectionKind
from generator.model.problem import Problem
from generator.model.site import Address, After, Look, Redirects, Seller, Site
from generator.model.workflow import PURPOSES, Field, Outcome, Workflow


def link(root: Map, problems: list[Problem]) -> Site:
    """The definition as one value; what it names in vain goes to `problems`."""
    named = {entry.name: entry.node for entry in words.entries(root.get("conditions"))}
    documents = {entry.name: words.string(entry.node) for entry in words.entries(words.below(root, "site", "urls"))}
    conditions = Conditions(named, FACTS, problems)
    nodes = root.get("workflows")
    linker = Workflows(
        nodes if isinstance(nodes, Map) else Map({}, NOWHERE), conditions, frozenset(documents), problems
    )
    workflows = linker.all()
    everywhere = conditions.among(linker.all_answers())
    for node in named.values():
        everywhere.rule(node)
    site = root.get("site")
    return Site(
        name=words.string(words.below(site, "name")),
        languages=_languages(words.below(site, "languages"), problems),
        currency=_currency(words.below(site, "currency"), problems),
        time_zone=_time_zone(words.below(site, "time_zone"), problems),
        look=_look(words.below(site, "theme")),
        seller=_seller(words.below(site, "seller")),
        urls=documents,
        redirects=_redirects(root.get("redirects"), workflows, problems),
        portal=_portal(words.below(root, "portal", "sections"), workflows, problems),
        workflows=workflows,
        walk_days=words.integer(words.below(site, "walk_days"), 7),
    )


def _languages(node: Node | None, problems: list[Problem]) -> tuple[str, ...]:
    for item in node.items if isinstance(node, List) else ():
        try:
            speech.locale_of(words.string(item))
        except ValueError:
            says = f'"{words.string(item)}" is no language that anybody is known to speak'
            problems.append(Problem("unknown-language", item.place, says, "write its code, such as `en` or `pt-BR`"))
    return words.strings(node)


def _currency(node: Node | None, problems: list[Problem]) -> str:
    code = words.string(node)
    if node is not None and not money.is_currency(code):
        says = f'"{code}" is no currency'
        problems.append(Problem("unknown-currency", node.place, says, "write its ISO 4217 code, such as `EUR`"))
    return code


def _time_zone(node: Node | None, problems: list[Problem]) -> str:
    name = words.string(node)
    if node is not None and name not in available_timezones():
        says = f'"{name}" is no time zone'
        hint = suggestion(name, available_timezones())
        problems.append(Problem("unknown-time-zone", node.place, says, hint))
    return name


def _look(node: Node | None) -> Look:
    theme, brand, logo = (words.below(node, key) for key in ("name", "brand", "logo"))
    return Look(
        theme=words.string(theme),
        brand=words.string(brand),
        logo=words.string(logo),
        theme_place=theme.place if theme else NOWHERE,
        brand_place=brand.place if brand else NOWHERE,
        logo_place=logo.place if logo else NOWHERE,
    )


def _seller(node: Node | None) -> Seller:
    return Seller(
        legal_name=words.string(words.below(node, "legal_name")),
        address=words.string(words.below(node, "address")),
        vat_number=words.string(words.below(node, "vat_number")),
    )


def _redirects(node: Node | None, workflows: tuple[Workflow, ...], problems: list[Problem]) -> Redirects:
    targets = {entry.name: _address(entry.node) for entry in words.entries(words.below(node, "targets"))}
    after = {}
    for entry in words.entries(words.below(node, "after")):
        _known(
            entry.name, entry.key, _occasions(workflows), "unknown-redirect", "is nothing to redirect after", problems
        )
        after[entry.name] = After(_target(entry.node, targets, problems), entry.node.place)
    leave = words.below(node, "leave")
    allow = words.below(node, "allow")
    return Redirects(
        allow=tuple(_address(item) for item in allow.items) if isinstance(allow, List) else (),
        targets=targets,
        after=after,
        leave=_target(leave, targets, problems) if leave is not None else "",
    )


def _occasions(workflows: tuple[Workflow, ...]) -> list[str]:
    """Everything that a redirect may follow."""
    ids = [workflow.id for workflow in workflows]
    outcomes = [f"{id}.{outcome}" for id in ids for outcome in get_args(Outcome)]
    return ["default", *sorted({purpose.from_ for purpose in PURPOSES.values()}), *ids, *outcomes]


def _target(node: Node, targets: Mapping[str, Address], problems: list[Problem]) -> str:
    name = words.string(node)
    if isinstance(node, Scalar):
        _known(name, node, list(targets), "unknown-target", "is not one of the redirect targets", problems)
    return name


def _known(name: str, node: Scalar, names: list[str], code: str, says: str, problems: list[Problem]) -> None:
    if name not in names:
        problems.append(Problem(code, node.place, f'"{name}" {says}', suggestion(name, names)))


def _address(node: Node) -> Address:
    return Address(words.string(node), node.place)


def _portal(node: Node | None, workflows: tuple[Workflow, ...], problems: list[Problem]) -> Portal:
    sections = []
    for entry in words.entries(node):
        like = words.below(entry.node, "like")
        sections.append(
            Section(
                id=entry.name,
                kind=cast(SectionKind, entry.name),
                title=text(words.below(entry.node, "title")),
                fields=_like(like, workflows, problems) if entry.name == "billing_info" else (),
                place=entry.key.place,
            )
        )
    return Portal(tuple(sections))


def _like(node: Node | None, workflows: tuple[Workflow, ...], problems: list[Problem]) -> tuple[Field, ...]:
    """The fields of the step that a section is like, as far as they make sense without a walk.

    A merchant's own questions belong to the walk that asks them, and a condition on its plan to that walk alone.
    """
    steps = {
        f"{workflow.id}.{step.id}": step
        for workflow in workflows
        for step in workflow.steps
        if step.kind == "billing_info" and step.origin == workflow.id
    }
    written = words.string(node)
    if written not in steps:
        if isinstance(node, Scalar):
            says = f'"{written}" is not a billing-info step'
            problems.append(Problem("unknown-step", node.place, says, suggestion(written, steps)))
        return ()
    return tuple(
        field
        for field in steps[written].fields
        if field.id in BILLING_FIELDS and all(leaf.name.startswith("customer.") for leaf in field.when.leaves)
    )
