"""A file of texts to be filled in, or what is missing put into one that is there: nothing of that is touched."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from generator.compiler.tongue.wanted import Fixed, Saying, Tree
from generator.locale import speech

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Insert = tuple[int, str]
"""Where in a text, and what."""


def begun(tree: Tree, language: str) -> str:
    """A new file: each sentence as a comment, and below it the key under which it is said in the new language."""
    forms = ", ".join(speech.plural_categories(language))
    turned = " It is written from right to left." if speech.direction(language) == "rtl" else ""
    head = (
        f"# What is said in {language} ({speech.own_name(language)}).{turned} Write each sentence behind its key,\n"
        "# in quotes: above it stands what it says. A value such as {plan} or {amount, money} stays as it is; so does\n"
        "# what stands in the round brackets of a link such as [the terms](terms). What is left empty is told by\n"
        "# `hosted-pages check`.\n"
        f"# Where a number decides, {language} has a form for each of: {forms}.\n"
    )
    return head + _block(tree, 0)


def filled(text: str, tree: Tree) -> str:
    """The file with what it lacks, at the places where it belongs."""
    root = yaml.compose(text, Loader=_LOADER)
    if not isinstance(root, yaml.MappingNode):
        return f"{text.rstrip()}\n{_block(tree, 0)}".lstrip("\n")
    for at, words in sorted(_inserts(text, root, tree), reverse=True):
        text = text[:at] + words + text[at:]
    return text


def _inserts(text: str, node: yaml.MappingNode, tree: Tree) -> Iterator[Insert]:
    """In a map that stands on lines of its own, below its last one; in one between braces, before the last of them."""
    there = {str(key.value): (key, value) for key, value in node.value}
    new = {name: below for name, below in tree.items() if name not in there}
    for name, below in tree.items():
        key, value = there.get(name, (None, None))
        if isinstance(value, yaml.MappingNode) and isinstance(below, Mapping):
            yield from _inserts(text, value, below)
        elif key is not None and _empty(value) and isinstance(below, Mapping) and not node.flow_style:
            yield _line_end(text, key.end_mark.index), "\n" + _block(below, key.start_mark.column + 2).rstrip("\n")
    if new and node.flow_style:
        line = text.rfind("\n", 0, node.start_mark.index) + 1
        indent = text[line:][: len(text[line:]) - len(text[line:].lstrip(" "))]
        yield line, "".join(f"{indent}# {name}: {words}\n" for name, words in _models(new))
        end = node.end_mark.index - 1
        before = ", " if node.value else ""
        yield len(text[:end].rstrip()), before + ", ".join(f"{name}: {_flow(below)}" for name, below in new.items())
    elif new:
        yield _line_end(text, _end(node)), "\n" + _block(new, node.start_mark.column).rstrip("\n")


def _empty(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style


def _end(node: Any) -> int:
    """Where the last value ends that stands in it: after that, comments may follow that belong to what comes next."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end(node.value[-1][1])
    mark: int = node.end_mark.index
    return mark


def _line_end(text: str, at: int) -> int:
    """A block of lines ends with its last line break, which stays where it is."""
    if text[at - 1 : at] == "\n":
        return at - 1
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _block(tree: Tree, indent: int) -> str:
    lines: list[str] = []
    space = " " * indent
    for name, below in tree.items():
        match below:
            case Saying(model=model):
                shown = model if model == model.strip() else f'"{model}"'
                lines += [f"{space}# {line}".rstrip() for line in shown.splitlines()]
                lines.append(f"{space}{name}:")
            case Fixed(value=value):
                lines.append(f"{space}{name}: {value}")
            case _:
                lines += [f"{space}{name}:", _block(below, indent + 2).rstrip("\n")]
    return "\n".join(lines) + "\n"


def _flow(below: Any) -> str:
    match below:
        case Saying():
            return ""
        case Fixed(value=value):
            return value
        case _:
            return f"{{{', '.join(f'{name}: {_flow(one)}' for name, one in below.items())}}}"


def _models(tree: Tree, before: str = "") -> Iterator[tuple[str, str]]:
    """What each sentence says, by the keys that lead to it."""
    for name, below in tree.items():
        if isinstance(below, Saying):
            yield f"{before}{name}", " ".join(below.model.split())
        elif isinstance(below, Mapping):
            yield from _models(below, f"{before}{name}.")
