"""Proves where each live value of a page stands in its HTML, and that every branch leaves the HTML as it found it."""

from generator.compiler.bake.html import WORDS_ONLY, NotProved, State, read
from generator.compiler.bake.kinds import FORMATS_OF
from generator.compiler.bake.live import Live, dotted, explicit_format, kind, may_lack, name
from generator.compiler.bake.raw import Origin, Raw, RawCase, RawEach, Raws, RawSlot
from generator.model.page import Body, Case, Each, Name, Node, Slot, Text, Where

URL_ATTRIBUTES = frozenset({"href", "src", "action", "formaction", "poster", "cite", "data", "ping", "srcset"})
PROSE_ATTRIBUTES = frozenset(
    {"aria-label", "aria-description", "aria-valuetext", "title", "alt", "placeholder", "label"}
)
NEVER_LIVE = frozenset({"style", "srcdoc", "http-equiv", "content", "target", "rel", "is", "nonce", "integrity"})
"""Attributes that change what the page does: no live value decides them."""


def prove(page: Raws, styled: bool = False) -> Body:
    """The page, each node with the place where it stands. Raises `NotProved`.

    `styled` is for mails, whose elements may have a style of their own; no live value stands in it there either.
    """
    body, state = _body(page, State(styled=styled), frozenset())
    if state != State(styled=styled):
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


def _body(nodes: Raws, state: State, given: frozenset[Name]) -> tuple[Body, State]:
    """`given` are the names that are known to have a value here."""
    proved: list[Node] = []
    for node in nodes:
        match node:
            case str():
                state = read(node, state)
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


def _case(node: RawCase, state: State, given: frozenset[Name]) -> tuple[Case, State]:
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


def _begun(state: State, whole: bool = False) -> State:
    """After a live value or a branch inside an attribute's quotes."""
    return state._replace(begun=True, whole=whole) if state.mode == "value" else state


def _same(before: State, after: State, live: Live, origin: Origin) -> None:
    if before != after and before._replace(begun=False) != after._replace(begun=False):
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


def _control(live: Live, state: State, origin: Origin) -> Where:
    """A branch or a repetition may stand between tags, between attributes, or in an attribute that is no address."""
    if state.mode == "value" and (state.attribute in URL_ATTRIBUTES or _forbidden(state.attribute)):
        says = f'"{dotted(live)}" decides about a part of the attribute "{state.attribute}"'
        raise NotProved("unsafe-place", says, "decide about the whole element", "", origin)
    if state.mode == "tag":
        return "tag"
    if state.mode == "value":
        return "attribute"
    return _in_text(state)


def _in_text(state: State) -> Where:
    if state.element == "textarea":
        return "raw"
    return "words" if state.element in WORDS_ONLY else "text"


def _slot(node: RawSlot, state: State, given: frozenset[Name]) -> Slot:
    _must_have(node.live, given, node.origin)
    where = _where(node, state)
    return Slot(name(node.live), _format(node, where), where)


def _where(node: RawSlot, state: State) -> Where:
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
