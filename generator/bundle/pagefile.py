"""A baked page as an HTML file that a person can open and recognise, and back.

Live values stand in it as `⟦name|format|where⟧`; `⟦each list as item⟧ … ⟦end⟧` and
`⟦case name|format|where⟧⟦is literal⟧ … ⟦else⟧ … ⟦end⟧` are comments wherever HTML allows one.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from generator.model.page import Body, Case, Each, Name, Node, Slot, Text, Where

_MARK = re.compile(r"<!--⟦([^⟧]*)⟧-->|⟦([^⟧]*)⟧")


class NotAPage(ValueError):
    """The file is not what `write` makes."""


def write(body: Body) -> str:
    """The page's file. HTML in it never holds ⟦ or ⟧ of its own: the compiler writes those as character references."""
    return "".join(_written(body))


def read(file: str) -> Body:
    """The page that was written. Raises `NotAPage`."""
    body, _end = _read_body(list(_tokens(file)), 0, stop=())
    return body


def _written(body: Body) -> Iterator[str]:
    for node in body:
        match node:
            case Text():
                yield node.html
            case Slot():
                yield f"⟦{_dotted(node.name)}|{node.format}|{node.where}⟧"
            case Each():
                yield _control(f"each {_dotted(node.name)} as {node.item}|{node.where}", node.where)
                yield from _written(node.body)
                yield _control("end", node.where)
            case Case():
                yield _control(f"case {_dotted(node.name)}|{node.format}|{node.where}", node.where)
                for literal, branch in node.branches:
                    yield _control(f"is {quote(literal)}", node.where)
                    yield from _written(branch)
                yield _control("else", node.where)
                yield from _written(node.otherwise)
                yield _control("end", node.where)


def _control(words: str, where: Where) -> str:
    return f"<!--⟦{words}⟧-->" if where == "text" else f"⟦{words}⟧"


def _dotted(name: Name) -> str:
    return ".".join(name)


def _tokens(file: str) -> Iterator[tuple[str, str]]:
    """HTML and marks in turn: `("html", …)`, `("mark", …)`."""
    at = 0
    for found in _MARK.finditer(file):
        if found.start() > at:
            yield "html", file[at : found.start()]
        yield "mark", found[1] if found[1] is not None else found[2]
        at = found.end()
    if at < len(file):
        yield "html", file[at:]


def _read_body(tokens: list[tuple[str, str]], at: int, stop: tuple[str, ...]) -> tuple[Body, int]:
    """The nodes from here to a mark that starts with one of `stop`, and where that mark is."""
    nodes: list[Node] = []
    while at < len(tokens):
        kind, words = tokens[at]
        if kind == "html":
            nodes.append(Text(words))
            at += 1
        elif words.split(" ")[0] in stop:
            return tuple(nodes), at
        else:
            node, at = _read_node(tokens, at)
            nodes.append(node)
    if stop:
        raise NotAPage(f"no {' or '.join(stop)} before the end of the file")
    return tuple(nodes), at


def _read_node(tokens: list[tuple[str, str]], at: int) -> tuple[Node, int]:
    words = tokens[at][1]
    if words.startswith("each "):
        name, item, where = _parts(words[5:].replace(" as ", "|"), words)
        body, at = _read_body(tokens, at + 1, ("end",))
        return Each(_name(name), item, body, _where(where)), at + 1
    if words.startswith("case "):
        name, format, where = _parts(words[5:], words)
        _, at = _read_body(tokens, at + 1, ("is", "else"))
        branches = []
        while tokens[at][1].startswith("is "):
            literal = unquote(tokens[at][1][3:])
            branch, at = _read_body(tokens, at + 1, ("is", "else"))
            branches.append((literal, branch))
        otherwise, at = _read_body(tokens, at + 1, ("end",))
        return Case(_name(name), format, tuple(branches), otherwise, _where(where)), at + 1
    name, format, where = _parts(words, words)
    return Slot(_name(name), format, _where(where)), at + 1


def _parts(words: str, whole: str) -> tuple[str, str, str]:
    parts = words.split("|")
    if len(parts) != 3:
        raise NotAPage(f"⟦{whole}⟧ is no mark of a page")
    return parts[0], parts[1], parts[2]


def _name(dotted: str) -> Name:
    return tuple(dotted.split("."))


def _where(word: str) -> Where:
    match word:
        case "" | "text" | "words" | "raw" | "tag" | "attribute" | "prose" | "url" | "plain":
            return word
    raise NotAPage(f"{word!r} is no place in a page")
