"""A strict reader of HTML: knows at every character whether it is in text, in a tag or in an attribute's quotes.

It reads a part of HTML that nobody can read in two ways: small letters, attributes in quotes, every element closed, no
script or style inside. What it cannot read it refuses. Rules of the tokenizer: HTML Living Standard, 13.2.5.
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from generator.compiler.bake.raw import Origin

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
WORDS_ONLY = frozenset({"title", "option"})
"""Elements that hold text and no tags."""
_RAW_TEXT = {"style", "noscript", "noembed", "noframes", "plaintext", "xmp", "template", "svg", "math"}
REFUSED = frozenset(_RAW_TEXT | {"base", "iframe", "object", "embed", "applet", "frame", "frameset", "portal"})
"""Elements whose content is read by other rules, or that bring in another page."""

_OPEN = re.compile(r"<([a-z][a-z0-9-]*)")
_CLOSE = re.compile(r"</([a-z][a-z0-9-]*)\s*>")
_ATTRIBUTE = re.compile(r"([a-z][a-z0-9:-]*)(=)?")


class NotProved(Exception):
    """The page is not what it must be. `near` is the HTML where it was noticed."""

    def __init__(self, code: str, says: str, hint: str, near: str, origin: Origin | None = None) -> None:
        super().__init__(says)
        self.code, self.says, self.hint, self.near, self.origin = code, says, hint, near, origin


class State(NamedTuple):
    """Where in the HTML we are. `begun` says whether something of the attribute's value was there before."""

    mode: Literal["text", "tag", "value"] = "text"
    stack: tuple[str, ...] = ()
    tag: str = ""
    attribute: str = ""
    quote: str = ""
    begun: bool = False
    whole: bool = False
    """A whole address stood here: only the closing quote may follow."""
    styled: bool = False
    """Whether elements may have a style of their own: in a mail, where there are no style sheets."""

    @property
    def element(self) -> str:
        return self.stack[-1] if self.stack else ""


@lru_cache(maxsize=50_000)
def read(html: str, state: State) -> State:
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


def _read_text(html: str, at: int, state: State) -> tuple[int, State]:
    start = html.find("<", at)
    if state.element == "script" and html[at : start if start >= 0 else None].strip():
        raise NotProved(
            "inline-script", "a script stands inside the page", "put it in a file of the theme", html[at : at + 60]
        )
    if start < 0:
        return len(html), state
    if html.startswith("<!--", start):
        if state.element in {"title", "textarea", "script"} or html.startswith((">", "->"), start + 4):
            says = "this is no comment to a browser"
            raise NotProved("not-html", says, "write it as <!-- words -->, between elements", html[start:][:60])
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
        return closed.end(), state._replace(stack=state.stack[:-1])
    opened = _OPEN.match(html, start)
    if not opened or state.element in WORDS_ONLY | {"textarea", "script"}:
        raise NotProved("not-html", "a `<` opens no element here", "write &lt; for the character", html[start:][:60])
    if opened[1] in REFUSED:
        raise NotProved("refused-element", f"<{opened[1]}> has no place in a page", "leave it away", html[start:][:60])
    return opened.end(), state._replace(mode="tag", tag=opened[1])


def _read_tag(html: str, at: int, state: State) -> tuple[int, State]:
    while at < len(html) and html[at].isspace():
        at += 1
    if at == len(html):
        return at, state
    if html[at] == ">":
        stack = state.stack if state.tag in VOID else (*state.stack, state.tag)
        return at + 1, State(stack=stack, styled=state.styled)
    found = _ATTRIBUTE.match(html, at)
    if not found:
        says = f"the tag <{state.tag}> cannot be read"
        raise NotProved("not-html", says, "write attributes in small letters, their values in quotes", html[at:][:60])
    if found[1].startswith("on") or (found[1] == "style" and not state.styled):
        says = f'the attribute "{found[1]}" is refused by the page\'s own security policy'
        raise NotProved("inline-script", says, "put it in a file of the theme", html[at:][:60])
    if not found[2]:
        return found.end(), state
    quote = html[found.end() : found.end() + 1]
    if quote not in ('"', "'"):
        says = f'the value of "{found[1]}" is not in quotes'
        raise NotProved("not-html", says, f'write {found[1]}="…"', html[at:][:60])
    return found.end() + 1, state._replace(mode="value", attribute=found[1], quote=quote, begun=False)


def _read_value(html: str, at: int, state: State) -> tuple[int, State]:
    end = html.find(state.quote, at)
    if state.whole and end != at:
        says = f'something follows the address in "{state.attribute}"'
        raise NotProved("unsafe-place", says, "have the whole address made in `present`", html[at:][:60])
    if end < 0:
        return len(html), state._replace(begun=True)
    return end + 1, State("tag", state.stack, state.tag, styled=state.styled)
