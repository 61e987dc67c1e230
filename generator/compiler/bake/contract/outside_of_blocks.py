"""What stands outside of every block of a template that extends another: it is never shown."""

from collections.abc import Iterator

from jinja2 import nodes

from generator.compiler.bake.contract.sources import Sources
from generator.model.problem import Problem


def check(sources: Sources) -> Iterator[Problem]:
    """Jinja passes over it in silence; macros, names that are set and comments are meant to stand there."""
    for source in sources.own:
        outputs = (node for node in source.tree.body if isinstance(node, nodes.Output)) if source.extends else ()
        for part in (part for output in outputs for part in output.nodes):
            words = part.data if isinstance(part, nodes.TemplateData) else "{{"
            first = next(iter(words.split()), "")
            if first:
                says = "this stands outside of every block, and is never shown"
                hint = "put it into a block of the template that is extended"
                yield Problem("outside-of-blocks", source.at(part.lineno, first), says, hint)
                break
