"""What is placed in a page without being escaped: its letters could become markup."""

from collections.abc import Iterator

from jinja2 import nodes

from generator.compiler.bake.contract.sources import Source, Sources
from generator.model.problem import Problem


def check(sources: Sources) -> Iterator[Problem]:
    """The filter `safe`, and `{% autoescape false %}`: everything is escaped for its place without anybody asking."""
    for source in sources.own:
        for line, word in _unescaped(source):
            says = f"`{word}` places words as they are: a name such as `<b>` would become markup"
            hint = "leave it away: pages escape everything for the place where it stands"
            yield Problem("unescaped-output", source.at(line, word), says, hint)


def _unescaped(source: Source) -> Iterator[tuple[int, str]]:
    for filter in source.tree.find_all(nodes.Filter):
        if filter.name == "safe":
            yield filter.lineno, "safe"
    for scope in source.tree.find_all(nodes.ScopedEvalContextModifier):
        if any(option.key == "autoescape" and not _on(option.value) for option in scope.options):
            yield scope.lineno, "autoescape"


def _on(said: nodes.Expr) -> bool:
    return isinstance(said, nodes.Const) and bool(said.value)
