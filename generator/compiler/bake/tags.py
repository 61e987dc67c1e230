"""What a template may do with live names: `{% when %}`, `{% each %}`, `{% case %}`, decided when a page is asked for.

`{% if %}` and `{% for %}` stay Jinja's and are decided at build.
"""

from collections.abc import Callable
from typing import Any

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from generator.compiler.bake.live import Live, LiveProblem, dotted, item, kind
from generator.compiler.bake.raw import Branch, Closed, Mark, Opened, Origin
from generator.model.nearest import suggestion

Keep = Callable[[Mark], Markup]


class LiveTags(Extension):
    """`environment.keep` turns a mark into its stand-in; it is set anew for each page."""

    tags = {"when", "each", "case"}  # noqa: RUF012 - Jinja wants a set here

    def parse(self, parser: Parser) -> list[nodes.Node]:
        tag = next(parser.stream)
        match tag.value:
            case "when":
                return self._parse_when(parser, tag.lineno)
            case "each":
                return self._parse_each(parser, tag.lineno)
            case _:
                return self._parse_case(parser, tag.lineno)

    def _parse_when(self, parser: Parser, line: int) -> list[nodes.Node]:
        """`{% when NAME %}…{% otherwise %}…{% endwhen %}`: the one where it is true, or has a value; else the other."""
        asked = parser.parse_expression()
        then = parser.parse_statements(("name:otherwise", "name:endwhen"))
        otherwise: list[nodes.Node] = []
        if next(parser.stream).value == "otherwise":
            otherwise = parser.parse_statements(("name:endwhen",), drop_needle=True)
        return [
            self._emit("open_when", [asked, nodes.Const(line)], line),
            self._emit("branch", [nodes.Const("true")], line),
            nodes.Scope(then, lineno=line),
            self._emit("branch", [], line),
            nodes.Scope(otherwise, lineno=line),
            self._emit("close", [], line),
        ]

    def _parse_each(self, parser: Parser, line: int) -> list[nodes.Node]:
        """`{% each NAME as item %}…{% endeach %}`: once for each thing in a list, under a name of the template's
        own, so that macros and texts can be handed it."""
        asked = parser.parse_expression()
        parser.stream.expect("name:as")
        name = parser.stream.expect("name").value
        body = parser.parse_statements(("name:endeach",), drop_needle=True)
        held = nodes.Assign(
            nodes.Name(name, "store", lineno=line), self.call_method("item", [asked, nodes.Const(name)], lineno=line)
        ).set_lineno(line)
        return [
            self._emit("open_each", [asked, nodes.Const(name), nodes.Const(line)], line),
            nodes.Scope([held, *body], lineno=line),
            self._emit("close", [], line),
        ]

    def _parse_case(self, parser: Parser, line: int) -> list[nodes.Node]:
        """`{% case NAME %}{% is "…", "…" %}…{% otherwise %}…{% endcase %}`: by the word that it is. Every word needs a
        branch, or there is an `otherwise`."""
        asked = parser.parse_expression()
        parser.parse_statements(("name:is", "name:otherwise", "name:endcase"))
        parsed: list[nodes.Node] = [self._emit("open_case", [asked, nodes.Const(line)], line)]
        words: list[nodes.Expr] = []
        while (token := next(parser.stream)).value != "endcase":
            branch: list[nodes.Expr] = []
            while token.value == "is" and parser.stream.current.type != "block_end":
                branch.append(parser.parse_expression())
                parser.stream.skip_if("comma")
            body = parser.parse_statements(("name:is", "name:otherwise", "name:endcase"))
            parsed += [
                self._emit("branch", branch, token.lineno),
                nodes.Scope(body, lineno=token.lineno),
            ]
            words += branch or [nodes.Const(None)]
        return [*parsed, self._emit("close_case", [asked, nodes.Tuple(words, "load")], line)]

    def _emit(self, method: str, arguments: list[nodes.Expr], line: int) -> nodes.Output:
        return nodes.Output([self.call_method(method, arguments, lineno=line)], lineno=line)

    def call_method(self, name: str, args: Any = None, *rest: Any, **more: Any) -> nodes.Call:
        """With the template's name as the first argument, which no extension is told otherwise."""
        return super().call_method(name, [nodes.ContextReference(), *(args or [])], *rest, **more)

    def open_when(self, context: Any, live: object, line: int) -> Markup:
        asked = _live(live, "{% if %}")
        if kind(asked).sort != "flag" and not kind(asked).optional:
            says = f'"{dotted(asked)}" is {kind(asked).in_words} and neither holds nor not'
            raise LiveProblem(
                "wrong-kind", says, "{% when %} asks what is true or false, or may be lacking", dotted(asked)
            )
        format = "present" if kind(asked).optional else "flag"
        return self._keep(Opened(asked, format, "", Origin(context.name, line)))

    def open_each(self, context: Any, live: object, name: str, line: int) -> Markup:
        asked = _live(live, "{% for %}")
        item(asked, name)
        return self._keep(Opened(asked, "", name, Origin(context.name, line)))

    def open_case(self, context: Any, live: object, line: int) -> Markup:
        asked = _live(live, "{% if %}")
        if kind(asked).sort not in ("word", "text"):
            says = f'"{dotted(asked)}" is {kind(asked).in_words} and has no words to choose by'
            raise LiveProblem("wrong-kind", says, "{% case %} chooses by one of a few words", dotted(asked))
        return self._keep(Opened(asked, "", "", Origin(context.name, line)))

    def close_case(self, context: Any, live: object, words: tuple[str | None, ...]) -> Markup:
        """All words of a closed set must have a branch, so that no state is ever shown as nothing by mistake."""
        asked = _live(live, "{% if %}")
        known = kind(asked).words
        for word in words:
            if known and word is not None and word not in known:
                says = f'"{dotted(asked)}" is never "{word}"'
                raise LiveProblem("unknown-word", says, suggestion(word, filter(None, known)), word)
        missing = [word for word in known if word not in words]
        if missing and None not in words:
            states = ", ".join(word or '""' for word in missing)
            says = f'nothing is said for "{dotted(asked)}" being {states}'
            raise LiveProblem("missing-branch", says, "add {% is %} for it, or {% otherwise %}", dotted(asked))
        return self._keep(Closed())

    def item(self, context: Any, live: object, name: str) -> Live:
        return item(_live(live, "{% for %}"), name)

    def branch(self, context: Any, *words: str) -> Markup:
        return self._keep(Branch(words))

    def close(self, context: Any) -> Markup:
        return self._keep(Closed())

    def _keep(self, mark: Mark) -> Markup:
        keep: Keep = self.environment.keep  # type: ignore[attr-defined]
        return keep(mark)


def _live(value: object, instead: str) -> Live:
    if not isinstance(value, Live):
        says = f"{value!r} is known at build and needs no live tag"
        raise LiveProblem("not-live", says, f"write {instead}", str(value))
    return value
