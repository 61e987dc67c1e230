"""Where customers are sent: targets by name, and the occasions on which they are."""

from collections.abc import Mapping
from typing import cast, get_args

from generator.compiler.link import words
from generator.compiler.node import List, Node, Scalar
from generator.model.nearest import mended, suggestion
from generator.model.problem import Problem
from generator.model.site import Address, After, Audience, Redirects
from generator.model.workflow import PURPOSES, Outcome, Workflow


def redirects(node: Node | None, workflows: tuple[Workflow, ...], problems: list[Problem]) -> Redirects:
    """The targets by name, and what leads to them."""
    targets = {entry.name: _address(entry.node) for entry in words.entries(words.below(node, "targets"))}
    after = {}
    for entry in words.entries(words.below(node, "after")):
        _known(
            entry.name, entry.key, _occasions(workflows), "unknown-redirect", "is nothing to redirect after", problems
        )
        after[entry.name] = After(target(entry.node, targets, problems), entry.node.place)
    leave, sign_up, log_in = (words.below(node, *path) for path in (("leave",), SIGN_UP, LOG_IN))
    allow = words.below(node, "allow")
    return Redirects(
        allow=tuple(_address(item) for item in allow.items) if isinstance(allow, List) else (),
        targets=targets,
        after=after,
        leave=target(leave, targets, problems) if leave is not None else "",
        sign_up=target(sign_up, targets, problems) if sign_up is not None else "",
        log_in=target(log_in, targets, problems) if log_in is not None else "",
        opens=_instead(words.below(node, "opens"), targets, problems),
        chooses=_instead(words.below(node, "chooses"), targets, problems),
    )


SIGN_UP, LOG_IN = ("visitor", "sign_up"), ("visitor", "log_in")


def _instead(node: Node | None, targets: Mapping[str, Address], problems: list[Problem]) -> Mapping[Audience, str]:
    """The target for each audience that has one."""
    return {cast(Audience, entry.name): target(entry.node, targets, problems) for entry in words.entries(node)}


def _occasions(workflows: tuple[Workflow, ...]) -> list[str]:
    """Everything that a redirect may follow."""
    ids = [workflow.id for workflow in workflows]
    outcomes = [f"{id}.{outcome}" for id in ids for outcome in get_args(Outcome)]
    return ["default", *sorted({purpose.from_ for purpose in PURPOSES.values()}), *ids, *outcomes]


def target(node: Node, targets: Mapping[str, Address], problems: list[Problem]) -> str:
    """The name of a redirect target, as it was written."""
    name = words.string(node)
    if isinstance(node, Scalar):
        _known(name, node, list(targets), "unknown-target", "is not one of the redirect targets", problems)
    return name


def _known(name: str, node: Scalar, names: list[str], code: str, says: str, problems: list[Problem]) -> None:
    if name not in names:
        edits = mended(name, names, node.place)
        problems.append(Problem(code, node.place, f'"{name}" {says}', suggestion(name, names), edits=edits))


def _address(node: Node) -> Address:
    return Address(words.string(node), node.place)
