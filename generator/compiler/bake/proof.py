"""Proves where each live value of a page stands in its HTML, and that every branch leaves the HTML as it found it.

It reads a strict part of HTML: attributes in quotes, every element closed, no script or style inside. What it cannot
read it refuses, so that what it lets through is proved. Rules of the tokenizer: HTML Living Standard, 13.2.5.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from generator.compiler.bake.kinds import FORMATS_OF
from generator.compiler.bake.live import Live, dotted, explicit_format, kind, may_lack, name
from generator.compiler.bake.raw import Origin, Raw, RawCase, RawEach, Raws, RawSlot
from generator.model.page import Body, Case, Each, Name, Node, Slot, Text, Where

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
WORDS_ONLY = frozenset({"title", "option"})
"""Elements that hold text and no tags."""
REFUSED = frozenset(
    {"style", "base", "iframe", "object", "embed", "template", "noscript", "plaintext", "xmp", "svg", "math"}
)
URL_ATTRIBUTES = frozenset({"href", "src", "action", "formaction", "poster", "cite", "data", "ping", "srcset"})
PROSE_ATTRIBUTES = frozenset(
    {"aria-label", "aria-description", "aria-valuetext", "title", "alt", "placeholder", "label"}
)
NEVER_LIVE = frozenset({"style", "srcdoc", "http-equiv", "content", "target", "rel", "is", "nonce", "integrity"})
"""Attributes that change what the page does: no live value decides them."""

_OPEN = re.compile(r"<([a-z][a-z0-9-]*)")
_CLOSE = re.compile(r"</([a-z][a-z0-9-]*)\s*>")
_ATTRIBUTE = re.compile(r"([a-z][a-z0-9:-]*)(=)?")


class NotProved(Exception):
    """The page is not what it must be. `near` is the HTML where it was noticed."""

    def __init__(self, code: str, says: str, hint: str, near: str, origin: Origin | None = None) -> None:
        super().__init__(says)
        self.code, self.says, self.hint, self.near, self.origin = code, says, hint, near, origin


@dataclass(frozen=True)
class _State:
    """Where in the HTML we are. `begun` says whether something of the attribute's value was there before."""

    mode: Literal["text", "tag", "value"] = "text"
    stack: tuple[str, ...] = ()
    tag: str = ""
    attribute: str = ""
    quote: str = ""
    begun: bool = False
    whole: bool = False
    """A whole address stood here: only the closing quote may follow."""

    @property
    def element(self) -> str:
        return self.stack[-1] if self.stack else ""


def prove(page: Raws) -> Body:
    """The page, each node with the place where it stands. Raises `NotProved`."""
    body, state = _body(page, _State(), frozenset())
    if state != _State():
        unclosed = f"<{state.element}>" if state.stack else "a tag"
        raise NotProved("unclosed-element", f"{unclosed} is never closed", "close it", "")
    return body


def prove_text(page: Raws) -> Body:
    """The same for a plain text, where a value can stand anywhere."""
    return tuple(_plain(node) for node in page)


def _plain(node: Raw) -> Node:
    match node:
        case str():
            return Text(node)
        case RawSlot():
            return Slot(name(node.live), _format(node, "plain"), "plain")
        case RawCase():
            branches = tuple((word, prove_text(branch)) for word, branch in node.branches)
            return Case(name(node.live), node.format, branches, prove_text(node.otherwise or ()), "plain")
        case RawEach():
            return Each(name(node.live), node.item, prove_text(node.body), "plain")


def _body(nodes: Raws, state: _State, given: frozenset[Name]) -> tuple[Body, _State]:
    """`given` are the names that are known to have a value here."""
    proved: list[Node] = []
    for node in nodes:
        match node:
            case str():
                state = _read(node, state)
                proved.append(Text(node.replace("⟦", "&#x27E6;").replace("⟧", "&#x27E7;")))
            case RawSlot():
                proved.append(_slot(node, state, given))
                state = _begun(state, whole=state.attribute in URL_ATTRIBUTES)
            case RawCase():
                case, state = _case(node, state, given)
                proved.append(case)
            case RawEach():
                where = _control(node.live, state, node.origin)
                _must_have(node.live, given, node.origin)
                inner, after = _body(node.body, state, given)
                _same(state, after, node.live, node.origin)
                proved.append(Each(name(node.live), node.item, inner, where))
    return tuple(proved), state


def _case(node: RawCase, state: _State, given: frozenset[Name]) -> tuple[Case, _State]:
    where = _control(node.live, state, node.origin)
    asked = name(node.live)
    lacking = tuple(lack for lack in may_lack(node.live) if node.format != "present" or lack != asked)
    _must_have_all(lacking, given, node.live, node.origin)
    branches = []
    for word, branch in node.branches:
        present = given | {asked} if node.format == "present" else given
        body, after = _body(branch, state, present)
        _same(state, after, node.live, node.origin)
        branches.append((word, body))
    otherwise, after = _body(node.otherwise or (), state, given)
    _same(state, after, node.live, node.origin)
    return Case(asked, node.format, tuple(branches), otherwise, where), _begun(state)


def _begun(state: _State, whole: bool = False) -> _State:
    """After a live value or a branch inside an attribute's quotes."""
    return replace(state, begun=True, whole=whole) if state.mode == "value" else state


def _same(before: _State, after: _State, live: Live, origin: Origin) -> None:
    if replace(before, begun=False) != replace(after, begun=False):
        says = f'what "{dotted(live)}" decides about opens or closes something that its other branch does not'
        raise NotProved("uneven-branches", says, "open and close elements inside the same branch", "", origin)


def _must_have(live: Live, given: frozenset[Name], origin: Origin) -> None:
    _must_have_all(may_lack(live), given, live, origin)


def _must_have_all(lacking: tuple[Name, ...], given: frozenset[Name], live: Live, origin: Origin) -> None:
    for lack in lacking:
        if lack not in given:
            asked = ".".join(lack)
            says = f'"{dotted(live)}" may have no value: there is not always a "{asked}"'
            raise NotProved("may-be-missing", says, f"put it inside {{% when {asked} %}}…{{% endwhen %}}", "", origin)


def _control(live: Live, state: _State, origin: Origin) -> Where:
    """A branch or a repetition may stand between tags, between attributes, or in an attribute that is no address."""
    if state.mode == "value" and (state.attribute in URL_ATTRIBUTES or _forbidden(state.attribute)):
        says = f'"{dotted(live)}" decides about a part of the attribute "{state.attribute}"'
        raise NotProved("unsafe-place", says, "decide about the whole element", "", origin)
    if state.mode == "tag":
        return "tag"
    if state.mode == "value":
        return "attribute"
    return _in_text(state)


def _in_text(state: _State) -> Where:
    if state.element == "textarea":
        return "raw"
    return "words" if state.element in WORDS_ONLY else "text"


def _slot(node: RawSlot, state: _State, given: frozenset[Name]) -> Slot:
    _must_have(node.live, given, node.origin)
    where = _where(node, state)
    return Slot(name(node.live), _format(node, where), where)


def _where(node: RawSlot, state: _State) -> Where:
    sort, said = kind(node.live).sort, dotted(node.live)

    def refuse(says: str, hint: str) -> NotProved:
        return NotProved("unsafe-place", f'"{said}" {says}', hint, "", node.origin)

    if state.mode == "tag":
        raise refuse("stands between attributes, where it could become one", "put it in the quotes of an attribute")
    if state.mode == "text":
        if state.element == "script":
            raise refuse("stands inside a script", "put it in a `data-` attribute and have the script read it")
        if sort == "word":
            raise refuse("is a word of ours, not the customer's language", "use {% case %} and a text for each word")
        return _in_text(state)
    if _forbidden(state.attribute):
        raise refuse(f'stands in "{state.attribute}", which decides what the page does', "write the attribute out")
    if state.attribute == "id" and not state.begun:
        raise refuse("is all of an id, and could take the place of another one", 'start it with a word: id="option-…"')
    if state.attribute in URL_ATTRIBUTES:
        if sort != "url" or state.begun:
            raise refuse("stands in an address and is not a whole one", "have the address made in `present`")
        return "url"
    return "prose" if state.attribute in PROSE_ATTRIBUTES else "attribute"


def _forbidden(attribute: str) -> bool:
    return attribute.startswith("on") or attribute in NEVER_LIVE


def _format(node: RawSlot, where: Where) -> str:
    """The format that was asked for, or the usual one; a number inside an attribute is for machines."""
    sort = kind(node.live).sort
    formats = FORMATS_OF.get(sort)
    if formats is None:
        says = f'"{dotted(node.live)}" is {kind(node.live).in_words} and cannot be written out'
        remedy = "use {% when %}" if sort == "flag" else "name a part of it, or go through it with {% each %}"
        raise NotProved("wrong-kind", says, remedy, "", node.origin)
    asked = explicit_format(node.live)
    if asked is None:
        return "" if sort == "number" and where == "attribute" else formats[0]
    return asked


def _read(html: str, state: _State) -> _State:
    """The state after this HTML."""
    at = 0
    while at < len(html):
        match state.mode:
            case "text":
                at, state = _read_text(html, at, state)
            case "tag":
                at, state = _read_tag(html, at, state)
            case "value":
                at, state = _read_value(html, at, state)
    return state


def _read_text(html: str, at: int, state: _State) -> tuple[int, _State]:
    start = html.find("<", at)
    if state.element == "script" and html[at : start if start >= 0 else None].strip():
        raise NotProved(
            "inline-script", "a script stands inside the page", "put it in a file of the theme", html[at : at + 60]
        )
    if start < 0:
        return len(html), state
    if html.startswith("<!--", start):
        end = html.find("-->", start + 4)
        if end < 0:
            raise NotProved(
                "live-in-comment", "a comment is not closed before a live value", "close it", html[start:][:60]
            )
        return end + 3, state
    if html[start : start + 9].lower() == "<!doctype" and not state.stack:
        return html.index(">", start) + 1, state
    if closed := _CLOSE.match(html, start):
        if closed[1] != state.element:
            expected = f"</{state.element}>" if state.element else "nothing to close"
            says = f"</{closed[1]}> stands where {expected} is due"
            raise NotProved(
                "uneven-elements", says, "close elements in the order in which they were opened", html[start:][:60]
            )
        return closed.end(), replace(state, stack=state.stack[:-1])
    opened = _OPEN.match(html, start)
    if not opened or state.element in WORDS_ONLY | {"textarea", "script"}:
        raise NotProved("not-html", "a `<` opens no element here", "write &lt; for the character", html[start:][:60])
    if opened[1] in REFUSED:
        raise NotProved("refused-element", f"<{opened[1]}> has no place in a page", "leave it away", html[start:][:60])
    return opened.end(), replace(state, mode="tag", tag=opened[1])


def _read_tag(html: str, at: int, state: _State) -> tuple[int, _State]:
    while at < len(html) and html[at].isspace():
        at += 1
    if at == len(html):
        return at, state
    if html[at] == ">":
        stack = state.stack if state.tag in VOID else (*state.stack, state.tag)
        return at + 1, _State(stack=stack)
    found = _ATTRIBUTE.match(html, at)
    if not found:
        says = f"the tag <{state.tag}> cannot be read"
        raise NotProved("not-html", says, "write attributes in small letters, their values in quotes", html[at:][:60])
    if found[1].startswith("on") or found[1] == "style":
        says = f'the attribute "{found[1]}" is refused by the page\'s own security policy'
        raise NotProved("inline-script", says, "put it in a file of the theme", html[at:][:60])
    if not found[2]:
        return found.end(), state
    quote = html[found.end() : found.end() + 1]
    if quote not in ('"', "'"):
        says = f'the value of "{found[1]}" is not in quotes'
        raise NotProved("not-html", says, f'write {found[1]}="…"', html[at:][:60])
    return found.end() + 1, replace(state, mode="value", attribute=found[1], quote=quote, begun=False)


def _read_value(html: str, at: int, state: _State) -> tuple[int, _State]:
    end = html.find(state.quote, at)
    if state.whole and end != at:
        says = f'something follows the address in "{state.attribute}"'
        raise NotProved("unsafe-place", says, "have the whole address made in `present`", html[at:][:60])
    if end < 0:
        return len(html), replace(state, begun=True)
    return end + 1, _State("tag", state.stack, state.tag)
