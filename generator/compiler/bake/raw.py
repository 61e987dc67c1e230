"""A page as its template gave it: HTML and marks, before anybody proved where the marks stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.compiler.bake.live import Live

_START, _END = "\x02", "\x03"


@dataclass(frozen=True)
class Origin:
    """Where in a template a mark was made."""

    template: str
    line: int


@dataclass(frozen=True)
class RawSlot:
    live: Live
    origin: Origin


@dataclass(frozen=True)
class RawCase:
    """`format` says how the value becomes the words that the branches are named by."""

    live: Live
    format: str
    branches: "tuple[tuple[str, Raws], ...]"
    otherwise: "Raws | None"
    origin: Origin


@dataclass(frozen=True)
class RawEach:
    live: Live
    item: str
    body: "Raws"
    origin: Origin


Raw = str | RawSlot | RawCase | RawEach
Raws = tuple[Raw, ...]


@dataclass(frozen=True)
class Opened:
    """A `when`, `case` or `each` begins."""

    live: Live
    format: str
    item: str
    origin: Origin


@dataclass(frozen=True)
class Branch:
    """A branch begins, for these words; for all others where there are none."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Closed:
    """What was opened last ends."""


Mark = RawSlot | Opened | Branch | Closed


class Marks:
    """Gives each mark a stand-in that a template can pass around and print, and finds them again."""

    def __init__(self) -> None:
        self._marks: list[Mark] = []

    def stand_in(self, mark: Mark) -> Markup:
        """A text that stands for the mark; its number survives whatever a template does to letters."""
        self._marks.append(mark)
        return Markup(f"{_START}{len(self._marks) - 1}{_END}")  # noqa: S704 - digits between two control characters

    def tree(self, rendered: str) -> Raws:
        """What a template rendered, with the marks in their places."""
        reader = _Reader(self._tokens(rendered))
        return reader.body()

    def _tokens(self, rendered: str) -> Sequence[str | Mark]:
        html, *rest = rendered.split(_START)
        tokens: list[str | Mark] = [html]
        for piece in rest:
            number, _, html = piece.partition(_END)
            tokens += [self._marks[int(number)], html]
        return [token for token in tokens if token != ""]


class _Reader:
    """Reads tokens into a tree."""

    def __init__(self, tokens: Sequence[str | Mark]) -> None:
        self._tokens = tokens
        self._at = 0

    def body(self) -> Raws:
        """Everything up to a branch, an end, or the end of all."""
        nodes: list[Raw] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            match token:
                case Branch() | Closed():
                    break
                case Opened(item=""):
                    nodes.append(self._case(token))
                case Opened():
                    self._at += 1
                    nodes.append(RawEach(token.live, token.item, self.body(), token.origin))
                    self._at += 1
                case _:
                    nodes.append(token)
                    self._at += 1
        return tuple(nodes)

    def _case(self, opened: Opened) -> RawCase:
        """Whatever a template writes before the first branch is white space between tags, and goes."""
        self._at += 1
        self.body()
        branches: list[tuple[str, Raws]] = []
        otherwise: Raws | None = None
        while isinstance(branch := self._tokens[self._at], Branch):
            self._at += 1
            body = self.body()
            if branch.words:
                branches += [(word, body) for word in branch.words]
            else:
                otherwise = body
        self._at += 1
        return RawCase(opened.live, opened.format, tuple(branches), otherwise, opened.origin)
